import { type ConnectionArguments, LenteraError, type Page, paginate } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import type { User } from "../user/user.type.js";
import { classLoader, rosterLoader } from "./class.loader.js";
import { canSeeRoster, visibleTo } from "./class.policy.js";
import * as store from "./class.store.js";
import type { Class } from "./class.type.js";

/** The classes that the viewer may see, by name. */
export function listClasses(ctx: OrganizationContext, args: ConnectionArguments): Promise<Page<Class>> {
  const visible = visibleTo(ctx.viewer);
  return paginate<Class>({
    args,
    orderBy: [
      { field: "name", direction: "asc" },
      { field: "id", direction: "asc" },
    ],
    rows: (page) => store.findClassPage(ctx.db, visible, page),
    count: () => store.countClasses(ctx.db, visible),
  });
}

/** @throws NOT_FOUND for a class that the viewer may not see */
export function getClass(ctx: OrganizationContext, id: string): Promise<Class> {
  return classLoader(ctx).load(id);
}

/** The active students by name. @throws INSUFFICIENT_PERMISSIONS for classmates and other outsiders */
export async function listStudents(
  ctx: OrganizationContext,
  classId: string,
  args: ConnectionArguments,
): Promise<Page<User>> {
  if (!canSeeRoster(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  return rosterLoader(ctx).load({ parentId: classId, args });
}
