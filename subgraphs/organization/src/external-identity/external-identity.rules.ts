/** What decides whether an identity may open an account of the same address. */
export interface AddressHolder {
  readonly status: "ACTIVE" | "SUSPENDED" | "DELETED";
  readonly emailVerifiedAt: Date | null;
}

/**
 * What a provider's word about an address is worth here. Only when both sides have verified the address is its holder
 * one person: an unverified account can be a trap that somebody set up for the address's owner, and an unverified
 * address at a provider can be anybody's.
 */
export function mayLink({ status, emailVerifiedAt }: AddressHolder, verifiedByProvider: boolean): boolean {
  return verifiedByProvider && emailVerifiedAt !== null && status !== "DELETED";
}

const LONGEST_NAME = 120;

/** A name as an account may have one, from what a provider says; the address's local part without any. */
export function nameFor(said: string | null, email: string): string {
  const name = (said ?? "")
    .replaceAll(/\p{Cc}/gu, "")
    .trim()
    .slice(0, LONGEST_NAME)
    .trim();
  return name === "" ? (email.split("@")[0] ?? email).slice(0, LONGEST_NAME) : name;
}
