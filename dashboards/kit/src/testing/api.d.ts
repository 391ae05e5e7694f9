/** The step `path` into an answer. @throws when the answer has no such place */
export declare function pick(answer: unknown, ...path: (string | number)[]): unknown;
/** Speaks to the API as one demo account, to compare with what a dashboard shows. */
export declare function apiAs(email: string): Promise<(query: string, variables?: object) => Promise<unknown>>;
