/** All organizations, ten at a time. */
export declare function Organizations({ after }: {
    after: string | undefined;
}): import("react").JSX.Element;
