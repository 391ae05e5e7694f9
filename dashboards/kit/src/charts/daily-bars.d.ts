/** What was started and what was handed in on one day. */
export interface Day {
    readonly date: Date;
    readonly started: number;
    readonly submitted: number;
}
interface DailyBarsProps {
    label: string;
    /** Oldest first; at least one. */
    days: readonly Day[];
    summary: string;
}
/** One bar a day: the light bar was started, the solid bar in it was handed in. */
export declare function DailyBars({ label, days, summary }: DailyBarsProps): import("react").JSX.Element;
export {};
