/** One scored attempt; all scores in points. */
export interface TrendPoint {
    readonly id: string;
    readonly date: Date;
    readonly title: string;
    readonly score: number;
    readonly low: number;
    readonly high: number;
}
interface ScoreTrendProps {
    label: string;
    /** Oldest first; at least one. */
    points: readonly TrendPoint[];
}
/** Scores over time inside the band that the true ability most likely lies in. */
export declare function ScoreTrend({ label, points }: ScoreTrendProps): import("react").JSX.Element | null;
export {};
