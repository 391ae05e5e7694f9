import type { Viewer } from "@lentera/kit";
import type { TutorStatus, VerificationStatus } from "./tutor-profile.type.js";

/** A profile as far as visibility goes. */
export interface ProfileFacts {
  readonly userId: string;
  readonly status: TutorStatus;
  readonly verificationStatus: VerificationStatus;
}

const LISTED = { status: "ACTIVE", verificationStatus: "APPROVED" } as const;

/** Everybody sees active and verified profiles; the others only their owner and platform administrators. */
export function canSeeProfile(viewer: Viewer, { userId, status, verificationStatus }: ProfileFacts): boolean {
  if (seesAll(viewer) || userId === viewer.userId) return true;
  return status === LISTED.status && verificationStatus === LISTED.verificationStatus;
}

/** {@link canSeeProfile} as a filter; the two agree (tutor-profile.policy.test.ts). */
export function visibleTo(viewer: Viewer): object {
  if (seesAll(viewer)) return {};
  return { OR: [LISTED, ...(viewer.userId === null ? [] : [{ userId: viewer.userId }])] };
}

/** Who may write a profile of their own. */
export function canTeach(viewer: Viewer): boolean {
  return viewer.role === "TUTOR";
}

function seesAll(viewer: Viewer): boolean {
  return viewer.role === "PLATFORM_ADMIN" || viewer.kind === "SYSTEM";
}
