import { type Answer, Visitor } from "./client.js";

const PASSWORD = "lentera-demo";

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: { readonly id: string; readonly fullName: string; readonly role: string };
}

export const SIGN_IN = `mutation ($email: String!, $password: String!) {
  signIn(input: { email: $email, password: $password }) { accessToken refreshToken expiresAt user { id fullName role } }
}`;
export const REFRESH = `mutation ($token: String!) {
  refreshSession(input: { refreshToken: $token }) { accessToken refreshToken expiresAt user { id fullName role } }
}`;

/** Somebody who has signed in. */
export interface Guest extends Visitor {
  readonly tokens: Tokens;
}

/** What one stop of the tour needs. */
export interface Guide {
  readonly baseUrl: string;
  readonly say: (line: string) => void;
  readonly signIn: (email: string) => Promise<Guest>;
}

/** Shows people around one running Lentera. */
export function guideTo(baseUrl: string, say: (line: string) => void): Guide {
  return {
    baseUrl,
    say,
    signIn: async (email) => {
      const { signIn } = await new Visitor(baseUrl).ask<{ signIn: Tokens }>(SIGN_IN, { email, password: PASSWORD });
      return Object.assign(new Visitor(baseUrl, signIn.accessToken), { tokens: signIn });
    },
  };
}

/** @throws unless `condition` holds: the tour's stop has failed */
export function insist(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}

export function codeOf(answer: Answer<unknown> | undefined): string {
  return answer?.errors[0]?.code ?? "none";
}
