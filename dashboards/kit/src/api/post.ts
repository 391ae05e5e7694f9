import { Client, type AnyVariables, CombinedError, fetchExchange, type TypedDocumentNode } from "@urql/core";
import { getLocale } from "../i18n/locale.js";

/** The one address of the API: the origin that served the page. */
export const ENDPOINT = "/graphql";

const TIMEOUT_MS = 20_000;

const client = new Client({
  url: ENDPOINT,
  preferGetMethod: false,
  fetchOptions: () => ({ headers: { "accept-language": getLocale() }, signal: AbortSignal.timeout(TIMEOUT_MS) }),
  exchanges: [fetchExchange],
});

/**
 * Sends one mutation without a session, cache or retry: signing in and out, and renewing the session.
 * @throws CombinedError when the network or the API refuses
 */
export async function post<Data, Variables extends AnyVariables>(
  mutation: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const { data, error } = await client.mutation(mutation, variables).toPromise();
  if (error || !data) throw error ?? new CombinedError({ networkError: new Error("The API sent an empty answer.") });
  return data;
}
