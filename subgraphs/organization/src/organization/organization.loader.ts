import { defineLoader, inOrderOf } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { seesNoTenant } from "./organization.policy.js";
import * as store from "./organization.store.js";
import type { Organization, OrganizationStatistics } from "./organization.type.js";

export const organizationLoader = defineLoader<OrganizationContext, string, Organization | null>(async (ctx, ids) =>
  inOrderOf(
    ids,
    seesNoTenant(ctx.viewer) ? [] : await store.findOrganizations(ctx.db, ids),
    (organization) => organization.id,
    () => null,
  ),
);

export const memberCountLoader = defineLoader<OrganizationContext, string, number>(async (ctx, ids) => {
  const counts = await store.countMembers(ctx.db, ids);
  return ids.map((id) => counts.get(id) ?? 0);
});

export const studentCountLoader = defineLoader<OrganizationContext, string, number>(async (ctx, ids) => {
  const counts = await store.countStudents(ctx.db, ids);
  return ids.map((id) => counts.get(id) ?? 0);
});

export const statisticsLoader = defineLoader<OrganizationContext, string, OrganizationStatistics>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await store.findStatistics(ctx.db, ids, ctx.now()),
    ({ organizationId }) => organizationId,
    (id) => new Error(`No statistics of ${id}`),
  ),
);
