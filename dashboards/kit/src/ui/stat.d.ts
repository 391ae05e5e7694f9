import type { ReactNode } from "react";
interface StatProps {
    name: string;
    /** What exactly the number counts. */
    definition: string;
    value: ReactNode;
    /** A comparison or a remark under the number. */
    note?: ReactNode;
}
/** One number with its name and its definition. */
export declare function Stat({ name, definition, value, note }: StatProps): import("react").JSX.Element;
/** A `Stat` whose number is on its way, in the same size. */
export declare function StatSkeleton({ name, withNote }: {
    name: string;
    withNote?: boolean;
}): import("react").JSX.Element;
export {};
