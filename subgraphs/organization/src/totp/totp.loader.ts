import { defineLoader } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { isProtected, recoveryCodesLeft } from "./totp.service.js";

/** Whether the viewer's second factor is on; null for everybody else. */
export const twoFactorLoader = defineLoader<OrganizationContext, string, boolean | null>(async (ctx, userIds) => {
  const own = userIds.filter((userId) => userId === ctx.viewer.userId);
  const known = own.length === 0 ? new Set<string>() : await isProtected(ctx, own);
  return userIds.map((userId) => (userId === ctx.viewer.userId ? known.has(userId) : null));
});

/** One person of a selection is the viewer at most, and only theirs are counted; null for everybody else. */
export const recoveryCodesLoader = defineLoader<OrganizationContext, string, number | null>((ctx, userIds) =>
  Promise.all(userIds.map(async (id) => (id === ctx.viewer.userId ? recoveryCodesLeft(ctx, id) : null))),
);
