export interface StepAttempt {
    readonly running: boolean;
    readonly tryout: string;
    readonly deadline: Date;
    readonly submittedAt: Date | undefined;
    readonly subtests: readonly {
        readonly name: string;
        readonly scaled: number;
        readonly correct: number;
        readonly total: number;
    }[];
}
/** The one thing worth doing now. */
export type NextStep = {
    readonly kind: "start";
} | {
    readonly kind: "again";
} | {
    readonly kind: "finish";
    readonly tryout: string;
    readonly deadline: Date;
} | {
    readonly kind: "practice";
    readonly subtest: string;
    readonly correct: number;
    readonly total: number;
};
/**
 * Chooses the most pressing step: a tryout that still runs, else the first one ever, else the weakest subtest of the latest.
 * @param attempts newest first
 */
export declare function nextStep(attempts: readonly StepAttempt[], now: Date): NextStep;
