import { LenteraError } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { emailLoader, userLoader, viewerAccessLoader } from "./user.loader.js";
import type { User } from "./user.type.js";

/** The caller, or null for nobody. */
export async function findViewer(ctx: OrganizationContext): Promise<User | null> {
  return ctx.viewer.userId === null ? null : userLoader(ctx).load(ctx.viewer.userId);
}

/** A person whose page the viewer may open. @throws NOT_FOUND for everybody else, existing or not. */
export async function getUser(ctx: OrganizationContext, id: string): Promise<User> {
  const { viewProfile } = await viewerAccessLoader(ctx).load(id);
  if (!viewProfile) throw new LenteraError("NOT_FOUND");
  return userLoader(ctx).load(id);
}

/** The address, for the person, and for staff whose students they are; null for others. */
export async function findEmail(ctx: OrganizationContext, userId: string): Promise<string | null> {
  const { viewProfile } = await viewerAccessLoader(ctx).load(userId);
  return viewProfile ? emailLoader(ctx).load(userId) : null;
}
