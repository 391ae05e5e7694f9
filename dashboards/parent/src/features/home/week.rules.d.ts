/** One attempt as the week's sentences need it; scores in points. */
export interface WeekAttempt {
    /** Absent while the attempt runs. */
    readonly submittedAt: Date | undefined;
    readonly score: {
        readonly scaled: number;
        readonly standardError: number;
    } | undefined;
    readonly subtests: readonly SubtestResult[];
}
export interface SubtestResult {
    readonly name: string;
    readonly scaled: number;
}
/** How the latest score compares with the one before; points may be negative. */
export type ScoreChange = {
    readonly kind: "none";
} | {
    readonly kind: "first";
    readonly score: number;
} | {
    readonly kind: "up" | "down" | "steady";
    readonly points: number;
};
export interface WeekFacts {
    readonly finished: number;
    readonly finishedLastWeek: number;
    readonly change: ScoreChange;
    /** Absent without two subtests to compare. */
    readonly subtests: {
        readonly strongest: string;
        readonly weakest: string;
    } | undefined;
}
/** The highest and lowest scoring subtest; the first of equals. */
export declare function extremes<Result extends {
    readonly scaled: number;
}>(results: readonly Result[]): {
    strongest: Result;
    weakest: Result;
} | undefined;
/**
 * What happened since Monday, in the reader's time zone.
 * @param attempts newest first
 */
export declare function weekFacts(attempts: readonly WeekAttempt[], now: Date): WeekFacts;
