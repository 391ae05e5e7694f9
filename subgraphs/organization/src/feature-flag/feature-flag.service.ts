import { type ConnectionArguments, type Page, audit, paginate, requirePermission, validate } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { type SaveFeatureFlagInput, saveRules } from "./feature-flag.input.js";
import { featureLoader } from "./feature-flag.loader.js";
import * as store from "./feature-flag.store.js";
import type { Experiment, FeatureFlag } from "./feature-flag.type.js";

/** By key. @throws INSUFFICIENT_PERMISSIONS without `system:settings` */
export async function listFeatureFlags(
  ctx: OrganizationContext,
  args: ConnectionArguments,
): Promise<Page<FeatureFlag>> {
  requirePermission(ctx.viewer, "system:settings");
  return paginate<FeatureFlag>({
    args,
    orderBy: [{ field: "key", direction: "asc" }],
    rows: (page) => store.findPage(ctx.db, page),
    count: () => store.countAll(ctx.db),
  });
}

/**
 * Makes or changes a flag. Saving the same twice is no second change.
 * @throws INSUFFICIENT_PERMISSIONS without `system:settings`; VALIDATION_ERROR
 */
export async function saveFeatureFlag(ctx: OrganizationContext, input: SaveFeatureFlagInput): Promise<FeatureFlag> {
  requirePermission(ctx.viewer, "system:settings");
  const wanted = validate(saveRules, input);
  return ctx.transaction(async (tx) => {
    const old = await store.lockFlag(tx, wanted.key);
    const saved = await store.saveFlag(tx, { ...wanted, updatedAt: ctx.now() });
    await audit(tx, ctx.identity, {
      action: old === null ? "feature_flag.created" : "feature_flag.updated",
      entityType: "FeatureFlag",
      entityId: wanted.key,
      organizationId: null,
      ...(old !== null && { oldValues: old }),
      newValues: wanted,
    });
    return saved;
  });
}

/** Keys of the features that the viewer has, sorted; none of anybody else. */
export async function findFeatures(ctx: OrganizationContext, userId: string): Promise<string[]> {
  return ctx.viewer.userId === userId ? (await featureLoader(ctx).load(userId)).map(({ key }) => key) : [];
}

/** The experiments in which the viewer is. */
export async function findExperiments(ctx: OrganizationContext, userId: string): Promise<Experiment[]> {
  const features = ctx.viewer.userId === userId ? await featureLoader(ctx).load(userId) : [];
  return features.flatMap(({ key, variant }) => (variant === null ? [] : [{ feature: key, variant }]));
}
