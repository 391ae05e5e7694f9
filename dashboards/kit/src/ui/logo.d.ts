/** The lantern. */
export declare function Logo({ className }: {
    className: string;
}): import("react").JSX.Element;
