import type { Viewer } from "@lentera/kit";
import type { LoanActor } from "@lentera/prisma/finance";
import { canManageBanks } from "../bank-partner/bank-partner.policy.js";

const NOBODY = "00000000-0000-0000-0000-000000000000";

/** Applicants see their own, the platform and a bank's staff what was submitted (to it). */
export function visibleTo(viewer: Viewer): object {
  const submitted = { status: { not: "DRAFT" } };
  return {
    OR: [
      { applicantId: viewer.userId ?? NOBODY },
      ...(canManageBanks(viewer) ? [submitted] : []),
      ...(reviewsLoans(viewer) ? [{ ...submitted, bank: { organizationId: viewer.organizationId } }] : []),
    ],
  };
}

/** Whether the viewer decides for a bank; for which one, its organization says. */
export function reviewsLoans(viewer: Viewer): boolean {
  return viewer.staff && viewer.organizationId !== null && viewer.permissions.includes("loans:review");
}

/** As whom the viewer acts on an application. Nobody decides about their own. */
export function actorFor(
  viewer: Viewer,
  { applicantId, bankOrganizationId }: { applicantId: string; bankOrganizationId: string | null },
): LoanActor | null {
  if (viewer.userId === applicantId) return "APPLICANT";
  if (reviewsLoans(viewer) && viewer.organizationId === bankOrganizationId) return "BANK";
  return canManageBanks(viewer) ? "PLATFORM" : null;
}
