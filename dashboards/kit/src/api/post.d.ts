import { type AnyVariables, type TypedDocumentNode } from "@urql/core";
/** The one address of the API: the origin that served the page. */
export declare const ENDPOINT = "/graphql";
/**
 * Sends one mutation without a session, cache or retry: signing in and out, and renewing the session.
 * @throws CombinedError when the network or the API refuses
 */
export declare function post<Data, Variables extends AnyVariables>(mutation: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<Data>;
