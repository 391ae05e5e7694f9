import { defineLoader } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { isOn, variantOf } from "./feature-flag.rules.js";
import * as store from "./feature-flag.store.js";

/** A feature that somebody has, with the arm of its experiment if it has one. */
export interface Feature {
  readonly key: string;
  readonly variant: string | null;
}

/** The features of the viewer: the only key is their own id. */
export const featureLoader = defineLoader<OrganizationContext, string, readonly Feature[]>(async (ctx, userIds) => {
  const { organizationId, role } = ctx.viewer;
  const flags = await store.findEnabled(ctx.db);
  const needsPlan = organizationId !== null && flags.some(({ plans }) => plans.length > 0);
  const plan = needsPlan ? await store.findPlan(ctx.db, organizationId) : null;
  return userIds.map((userId) => {
    const subject = { userId, organizationId, role, plan };
    return flags
      .filter((flag) => isOn(flag, subject))
      .map((flag) => ({ key: flag.key, variant: variantOf(flag, subject) }));
  });
});
