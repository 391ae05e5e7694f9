import type { Viewer } from "@lentera/kit";

/** Whoever asked for a report sees it; with `reports:read` also those that are shared with everybody or with them. */
export function visibleTo(viewer: Viewer): object {
  const { userId, organizationId, permissions } = viewer;
  if (organizationId === null) return { id: { in: [] } };
  const own = userId === null ? [] : [{ requestedById: userId }];
  const named = userId === null ? [] : [{ sharedWithIds: { has: userId } }];
  const shared = permissions.includes("reports:read") ? [{ isShared: true }, ...named] : [];
  return { organizationId, OR: [...own, ...shared] };
}
