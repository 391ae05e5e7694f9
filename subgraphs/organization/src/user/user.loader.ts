import { LenteraError, defineLoader, inOrderOf } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { viewerAccessTo } from "./user.policy.js";
import * as store from "./user.store.js";
import type { User, ViewerAccess } from "./user.type.js";

export const userLoader = defineLoader<OrganizationContext, string, User>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await store.findUsers(ctx.db, ids),
    (user) => user.id,
    () => new LenteraError("NOT_FOUND"),
  ),
);

export const emailLoader = defineLoader<OrganizationContext, string, string | null>(async (ctx, userIds) => {
  const emails = await store.findEmails(ctx.db, userIds);
  return userIds.map((userId) => emails.get(userId) ?? null);
});

const STRANGER = { guardianPermissions: null, enrolledHere: false, taughtByViewer: false };

/** With what only the access log needs to know. */
export interface KnownAccess extends ViewerAccess {
  readonly isGuardian: boolean;
}

export const viewerAccessLoader = defineLoader<OrganizationContext, string, KnownAccess>(async (ctx, userIds) => {
  const others = userIds.filter((userId) => userId !== ctx.viewer.userId);
  const known =
    ctx.viewer.userId === null || others.length === 0
      ? null
      : await store.findRelationships(ctx.db, ctx.viewer, others);
  return userIds.map((userId) => {
    const relationship = known?.get(userId) ?? STRANGER;
    const isGuardian = relationship.guardianPermissions !== null;
    return Object.assign(viewerAccessTo(ctx.viewer, userId, relationship), { isGuardian });
  });
});
