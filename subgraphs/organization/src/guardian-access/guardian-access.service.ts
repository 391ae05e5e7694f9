import { type ConnectionArguments, type Page, asSystem, mapPage, paginate, requireSignedIn } from "@lentera/kit";
import type { GuardianAccessKind } from "@lentera/prisma/organization";
import type { OrganizationContext } from "../context.js";
import * as store from "./guardian-access.store.js";
import type { GuardianAccess } from "./guardian-access.type.js";

/** Writes down that the viewer, a guardian, reads of a student; behind the answer, not before it. */
export function noteGuardianAccess(
  ctx: OrganizationContext,
  studentId: string,
  kinds: readonly GuardianAccessKind[],
): void {
  const { userId: guardianId } = ctx.viewer;
  if (guardianId === null) return;
  for (const kind of kinds)
    ctx.guardianAccesses.note({ guardianId, studentId, kind, readCount: 1, at: ctx.now() }, (accesses) =>
      asSystem(() => store.addAccesses(ctx.db, accesses)),
    );
}

/** Who looked at what of the viewer, latest day first. @throws UNAUTHORIZED for nobody */
export async function listAccesses(ctx: OrganizationContext, args: ConnectionArguments): Promise<Page<GuardianAccess>> {
  const { userId } = requireSignedIn(ctx.viewer);
  const page = await paginate<store.GuardianAccessRow>({
    args,
    orderBy: [
      { field: "day", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (query) => store.findAccessPage(ctx.db, userId, query),
    count: () => store.countAccesses(ctx.db, userId),
  });
  return mapPage(page, (row) => ({ ...row, day: row.day.toISOString().slice(0, 10) }));
}
