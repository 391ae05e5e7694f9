import { type AnyVariables, Client, type RequestPolicy, type TypedDocumentNode } from "@urql/core";
/** When the API last answered a query in full. */
export declare function answeredAt(key: number): Date | undefined;
/** How a screen begins with a query: with what is at hand, and with the API unless that has just answered. */
export declare function policyFor(key: number): RequestPolicy;
/** A client with an empty cache, for one signed-in person. */
export declare function createApi(): Client;
/** Asks before the screen that needs the answer is there. */
export declare function prefetch<Data, Variables extends AnyVariables>(query: TypedDocumentNode<Data, Variables>, variables: Variables): void;
