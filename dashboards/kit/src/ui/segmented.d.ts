interface SegmentedProps<Value extends string> {
    label: string;
    value: Value;
    options: readonly {
        readonly value: Value;
        readonly label: string;
        readonly name?: string;
    }[];
    onChange: (value: Value) => void;
}
/** A short choice of one, all options in sight. */
export declare function Segmented<Value extends string>({ label, value, options, onChange }: SegmentedProps<Value>): import("react").JSX.Element;
export {};
