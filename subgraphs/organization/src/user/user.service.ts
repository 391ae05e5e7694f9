import { LenteraError } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { noteGuardianAccess } from "../guardian-access/guardian-access.service.js";
import { emailLoader, userLoader, viewerAccessLoader } from "./user.loader.js";
import { accessKindsOf } from "./user.policy.js";
import type { User, ViewerAccess } from "./user.type.js";

/** The caller, or null for nobody. */
export async function findViewer(ctx: OrganizationContext): Promise<User | null> {
  return ctx.viewer.userId === null ? null : userLoader(ctx).load(ctx.viewer.userId);
}

/** A person whose page the viewer may open. @throws NOT_FOUND for everybody else, existing or not. */
export async function getUser(ctx: OrganizationContext, id: string): Promise<User> {
  const { viewProfile } = await readViewerAccess(ctx, id, ["viewProfile"]);
  if (!viewProfile) throw new LenteraError("NOT_FOUND");
  return userLoader(ctx).load(id);
}

/**
 * What the viewer may see of a person. A guardian who asks for the sake of some fields is about to read what they
 * permit; the student finds that in the access log.
 */
export async function readViewerAccess(
  ctx: OrganizationContext,
  userId: string,
  fields: readonly string[],
): Promise<ViewerAccess> {
  const access = await viewerAccessLoader(ctx).load(userId);
  if (access.isGuardian) noteGuardianAccess(ctx, userId, accessKindsOf(access, fields));
  return access;
}

/** The address, for the person, and for staff whose students they are; null for others. */
export async function findEmail(ctx: OrganizationContext, userId: string): Promise<string | null> {
  const { viewProfile } = await viewerAccessLoader(ctx).load(userId);
  return viewProfile ? emailLoader(ctx).load(userId) : null;
}
