/** How many fall between two scores; `to` belongs to the next bucket except in the last. */
export interface Bucket {
    readonly from: number;
    readonly to: number;
    readonly count: number;
}
interface HistogramProps {
    label: string;
    /** Lowest first; at least one. */
    buckets: readonly Bucket[];
    /** Marked with a line; absent when it is not known. */
    average: number | undefined;
    summary: string;
}
/** How scores are spread, not only their mean. */
export declare function Histogram({ label, buckets, average, summary }: HistogramProps): import("react").JSX.Element;
export {};
