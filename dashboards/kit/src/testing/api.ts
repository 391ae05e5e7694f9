import { PASSWORD } from "./browser.js";
import { lenteraUrl } from "./env.js";

async function post(query: string, variables: object, token?: string): Promise<unknown> {
  const response = await fetch(`${lenteraUrl()}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const answer: { data?: unknown; errors?: unknown } = await response.json();
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}

/** The step `path` into an answer. @throws when the answer has no such place */
export function pick(answer: unknown, ...path: (string | number)[]): unknown {
  return path.reduce((place: unknown, step) => {
    if (typeof place !== "object" || place === null) throw new Error(`The answer has no ${path.join(".")}.`);
    return Reflect.get(place, step);
  }, answer);
}

/** Speaks to the API as one demo account, to compare with what a dashboard shows. */
export async function apiAs(email: string): Promise<(query: string, variables?: object) => Promise<unknown>> {
  const answer = await post("mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }", {
    input: { email, password: PASSWORD },
  });
  const token = String(pick(answer, "signIn", "accessToken"));
  return (query, variables = {}) => post(query, variables, token);
}
