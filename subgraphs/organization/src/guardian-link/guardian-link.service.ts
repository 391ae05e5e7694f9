import type { OrganizationContext } from "../context.js";
import { findVerifiedLinksOf } from "./guardian-link.store.js";
import type { GuardianLink } from "./guardian-link.type.js";

const MAXIMUM_CHILDREN = 20;

/** The children whom the viewer may follow; nothing when `guardianId` is somebody else. */
export async function findVerifiedLinks(ctx: OrganizationContext, guardianId: string): Promise<GuardianLink[]> {
  if (ctx.viewer.userId !== guardianId) return [];
  const links = await findVerifiedLinksOf(ctx.db, guardianId, MAXIMUM_CHILDREN);
  return links.map((link) => ({ ...link, permissions: link }));
}
