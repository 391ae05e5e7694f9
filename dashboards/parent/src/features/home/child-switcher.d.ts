interface ChildSwitcherProps {
    students: readonly {
        readonly id: string;
        readonly fullName: string;
    }[];
    selectedId: string;
}
/** The linked children; the chosen one is in the address bar. */
export declare function ChildSwitcher({ students, selectedId }: ChildSwitcherProps): import("react").JSX.Element;
export {};
