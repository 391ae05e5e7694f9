import type { CombinedError } from "@urql/core";
/** A failure as a person is told about it. */
export interface Problem {
    readonly kind: "offline" | "forbidden" | "failed";
    /** One sentence that says what to do. */
    readonly message: string;
    /** What support needs to find the failure in the logs; absent when the API never answered. */
    readonly requestId: string | undefined;
}
/** One refused field of a mutation's input. */
export interface FieldProblem {
    readonly field: string;
    readonly message: string;
}
/** Whether the caller's session, not the request, is what was refused. */
export declare function needsSignIn(error: CombinedError): boolean;
/** Whether the API declined the request for a reason of the caller's, such as a wrong password. */
export declare function isRefusal(error: CombinedError): boolean;
/** Turns a failure into what a person reads; the API's own messages are already in the reader's language. */
export declare function toProblem(error: CombinedError): Problem;
/** The refused fields of a failed mutation, each named by the last step of its path. */
export declare function toFieldProblems(error: CombinedError): FieldProblem[];
