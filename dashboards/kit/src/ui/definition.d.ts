import type { ReactNode } from "react";
/** A small button that explains what a number counts. */
export declare function Definition({ of, children }: {
    of: string;
    children: ReactNode;
}): import("react").JSX.Element;
