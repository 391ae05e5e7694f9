import { type ErrorDetail, LenteraError } from "@lentera/kit";
import type { OnboardingStatus } from "@lentera/prisma/organization";

export type OnboardingMove = "edit" | "submit" | "requestChanges" | "reject" | "approve";

/**
 * ```
 * DRAFT --submit--> SUBMITTED --approve--> APPROVED
 *                   SUBMITTED --reject--> REJECTED
 *                   SUBMITTED --requestChanges--> CHANGES_REQUESTED --submit--> SUBMITTED
 * ```
 * DRAFT and CHANGES_REQUESTED can be edited.
 */
const MOVES: Record<
  OnboardingMove,
  { readonly from: readonly OnboardingStatus[]; readonly to: OnboardingStatus | "same" }
> = {
  edit: { from: ["DRAFT", "CHANGES_REQUESTED"], to: "same" },
  submit: { from: ["DRAFT", "CHANGES_REQUESTED"], to: "SUBMITTED" },
  requestChanges: { from: ["SUBMITTED"], to: "CHANGES_REQUESTED" },
  reject: { from: ["SUBMITTED"], to: "REJECTED" },
  approve: { from: ["SUBMITTED"], to: "APPROVED" },
};

/** @throws ILLEGAL_STATE for a move that the table does not have */
export function statusAfter(move: OnboardingMove, status: OnboardingStatus): OnboardingStatus {
  const { from, to } = MOVES[move];
  if (!from.includes(status)) throw new LenteraError("ILLEGAL_STATE");
  return to === "same" ? status : to;
}

const REQUIRED = ["contactEmail", "phone", "address", "city", "province", "postalCode"] as const;

/** @throws VALIDATION_ERROR with a detail for everything that the platform must know before it can decide */
export function requireComplete(application: Readonly<Record<(typeof REQUIRED)[number], string | null>>): void {
  const details = REQUIRED.filter((field) => application[field] === null).map((field): ErrorDetail => ({
    path: `input.profile.${field}`,
    code: "REQUIRED_FIELD_MISSING",
    message: `Fill in ${field} before you submit.`,
  }));
  if (details.length > 0) throw new LenteraError("VALIDATION_ERROR", { details });
}
