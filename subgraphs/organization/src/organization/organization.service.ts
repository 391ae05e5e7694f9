import { type ConnectionArguments, type Page, paginate, requirePermission } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { organizationLoader } from "./organization.loader.js";
import { visibleTo } from "./organization.policy.js";
import * as store from "./organization.store.js";
import type { Organization, PlatformOverview } from "./organization.type.js";

/** The organization for which the viewer acts; null when `userId` is somebody else. */
export async function findViewerOrganization(ctx: OrganizationContext, userId: string): Promise<Organization | null> {
  const { organizationId } = ctx.viewer;
  return ctx.viewer.userId === userId && organizationId !== null ? organizationLoader(ctx).load(organizationId) : null;
}

/** Oldest first. */
export function listOrganizations(ctx: OrganizationContext, args: ConnectionArguments): Promise<Page<Organization>> {
  const visible = visibleTo(ctx.viewer);
  return paginate<Organization>({
    args,
    orderBy: [
      { field: "createdAt", direction: "asc" },
      { field: "id", direction: "asc" },
    ],
    rows: (page) => store.findOrganizationPage(ctx.db, visible, page),
    count: () => store.countOrganizations(ctx.db, visible),
  });
}

/** @throws INSUFFICIENT_PERMISSIONS without `platform:read` */
export async function getPlatformOverview(ctx: OrganizationContext): Promise<PlatformOverview> {
  requirePermission(ctx.viewer, "platform:read");
  return store.countPlatform(ctx.db);
}
