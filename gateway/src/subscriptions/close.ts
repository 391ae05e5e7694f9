/** Why the gateway ends a connection; codes from 4400 on follow graphql-transport-ws. */
export const CLOSE = {
  goingAway: { code: 1001, reason: "The server is shutting down" },
  failed: { code: 1011, reason: "Something went wrong on our side" },
  unavailable: { code: 1013, reason: "Try again later" },
  invalidToken: { code: 4403, reason: "Invalid token" },
  tokenExpired: { code: 4403, reason: "Token expired" },
  /** Signed out elsewhere, no longer impersonated, or the API key was revoked. */
  accessEnded: { code: 4403, reason: "Access ended" },
  /** The viewer may see something else than before: connect and subscribe again. */
  accessChanged: { code: 4410, reason: "Access changed" },
  tooSlow: { code: 4413, reason: "Reading too slowly" },
  tooManyConnections: { code: 4429, reason: "Too many connections" },
} as const satisfies Record<string, CloseReason>;

export interface CloseReason {
  readonly code: number;
  readonly reason: string;
}
