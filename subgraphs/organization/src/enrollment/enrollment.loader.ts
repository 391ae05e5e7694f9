import { asSystem, defineLoader } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { findOrganizations } from "../organization/organization.store.js";

/** The name alone is no secret to whoever sees an enrollment, while the organization itself is another's. */
export const organizationNameLoader = defineLoader<OrganizationContext, string, string>(async (ctx, ids) => {
  const organizations = await asSystem(() => findOrganizations(ctx.db, ids));
  const names = new Map(organizations.map(({ id, name }) => [id, name]));
  return ids.map((id) => names.get(id) ?? new Error(`No organization ${id}`));
});
