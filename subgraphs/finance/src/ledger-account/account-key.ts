import { createHash } from "node:crypto";
import type { AccountOwnerKind, AccountPurpose } from "@lentera/prisma/finance";

/** An account by what it is for; it is opened when money first moves through it. */
export interface AccountKey {
  readonly ownerKind: AccountOwnerKind;
  readonly ownerId: string;
  readonly purpose: AccountPurpose;
  /** ISO 4217, or the code of a credit channel. */
  readonly currency: string;
}

/** The owner of the platform's accounts. */
const PLATFORM_ID = "00000000-0000-0000-0000-000000000000";

/** A person's own money. Never below zero. */
export function walletOf(userId: string, currency: string): AccountKey {
  return { ownerKind: "USER", ownerId: userId, purpose: "WALLET", currency };
}

/** An organization's own money or credits. Never below zero. */
export function organizationWallet(organizationId: string, currency: string): AccountKey {
  return { ownerKind: "ORGANIZATION", ownerId: organizationId, purpose: "WALLET", currency };
}

/** What a vendor of credits has sold (SUPPLY) and is owed (CLEARING). */
export function vendorAccount(vendorId: string, purpose: "SUPPLY" | "CLEARING", currency: string): AccountKey {
  return { ownerKind: "PROVIDER", ownerId: vendorId, purpose, currency };
}

/** What is set aside for one booking until it is completed or cancelled. Never below zero. */
export function escrowOf(bookingId: string, currency: string): AccountKey {
  return { ownerKind: "BOOKING", ownerId: bookingId, purpose: "ESCROW", currency };
}

/** One of the platform's books; many may post to it at once without waiting for each other. */
export function platformAccount(purpose: Exclude<AccountPurpose, "ESCROW">, currency: string): AccountKey {
  return { ownerKind: "PLATFORM", ownerId: PLATFORM_ID, purpose, currency };
}

/**
 * What a payment provider has of ours, with the sign turned: payments in make it negative, settlements and payouts bring
 * it back to zero. The owner's id follows from the provider's name.
 */
export function clearingOf(provider: string, currency: string): AccountKey {
  return { ownerKind: "PROVIDER", ownerId: providerOwnerId(provider), purpose: "CLEARING", currency };
}

/** A UUID (version 8) that is always the same for a name. */
function providerOwnerId(provider: string): string {
  const hex = createHash("sha256").update(`provider:${provider}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
