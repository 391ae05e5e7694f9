import type { Viewer } from "@lentera/kit";

/** Whoever made a schedule sees it; with `reports:read` also those that are shared with everybody or with them. */
export function visibleTo({ userId, organizationId, permissions }: Viewer): object {
  if (organizationId === null || userId === null) return { id: { in: [] } };
  const shared = permissions.includes("reports:read") ? [{ isShared: true }, { sharedWithIds: { has: userId } }] : [];
  return { organizationId, OR: [{ createdById: userId }, ...shared] };
}
