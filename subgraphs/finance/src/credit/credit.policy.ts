import type { Viewer } from "@lentera/kit";

/** Vendors, purchases, prices and allocations are the platform's business. */
export function canManageCredits(viewer: Viewer): boolean {
  return viewer.role === "PLATFORM_ADMIN" && viewer.permissions.includes("credits:manage");
}

/** Staff who may spend the organization's money buy its credits and say when to be warned. */
export function canBuyCredits(viewer: Viewer): boolean {
  return viewer.staff && viewer.organizationId !== null && viewer.permissions.includes("payments:create");
}

/** Who sends messages for an organization spends its credits. */
export function canSpendCredits(viewer: Viewer): boolean {
  return viewer.staff && viewer.organizationId !== null && viewer.permissions.includes("messages:send");
}

/** Staff who keep the books or send messages see what there is. */
export function canSeeCredits(viewer: Viewer, organizationId: string): boolean {
  if (canManageCredits(viewer)) return true;
  const mayRead = viewer.permissions.includes("payments:read") || viewer.permissions.includes("messages:send");
  return viewer.staff && viewer.organizationId === organizationId && mayRead;
}
