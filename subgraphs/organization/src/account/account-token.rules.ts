export type AccountTokenPurpose = "EMAIL_VERIFICATION" | "PASSWORD_RESET" | "EMAIL_CHANGE";

/** How long the link of a letter works. */
export const TOKEN_LIFETIME_MS: Record<AccountTokenPurpose, number> = {
  EMAIL_VERIFICATION: 24 * 60 * 60 * 1000,
  PASSWORD_RESET: 30 * 60 * 1000,
  EMAIL_CHANGE: 24 * 60 * 60 * 1000,
};

export interface AccountTokenFacts {
  readonly usedAt: Date | null;
  readonly expiresAt: Date;
}

/** What to do with a presented token; null is one that was never given out, or for something else. */
export function judgeAccountToken(token: AccountTokenFacts | null, now: Date): "GOOD" | "INVALID" | "EXPIRED" {
  if (token === null || token.usedAt !== null) return "INVALID";
  return token.expiresAt <= now ? "EXPIRED" : "GOOD";
}
