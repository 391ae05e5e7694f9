/** For how long a person may use what they paid for. */
export interface Entitlement {
  readonly validFrom: Date;
  /** Null: without end. */
  readonly validUntil: Date | null;
}

/** Of tryouts whose access level is PREMIUM. */
export const PREMIUM = "PREMIUM";

/** The start counts, the end does not. */
export function isEntitled(entitlement: Entitlement | null, now: Date): boolean {
  if (entitlement === null || now < entitlement.validFrom) return false;
  return entitlement.validUntil === null || now < entitlement.validUntil;
}
