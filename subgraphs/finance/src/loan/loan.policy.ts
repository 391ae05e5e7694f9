import type { Viewer } from "@lentera/kit";
import { canManageBanks } from "../bank-partner/bank-partner.policy.js";
import { reviewsLoans } from "../loan-application/loan-application.policy.js";

/** Borrowers see their own, a bank's staff what it has lent, the platform all. */
export function visibleTo(viewer: Viewer): object {
  if (canManageBanks(viewer)) return {};
  return {
    OR: [
      { borrowerId: viewer.userId ?? "00000000-0000-0000-0000-000000000000" },
      ...(reviewsLoans(viewer) ? [{ application: { bank: { organizationId: viewer.organizationId } } }] : []),
    ],
  };
}
