import { asSystem, defineLoader } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import * as store from "./guardian-link.store.js";
import type { CoGuardian } from "./guardian-link.type.js";

const MAXIMUM_CO_GUARDIANS = 20;

/** The other verified guardians of students; none for those to whom the viewer has no verified tie. */
export const coGuardiansLoader = defineLoader<OrganizationContext, string, CoGuardian[]>(async (ctx, studentIds) => {
  const viewerId = ctx.viewer.userId;
  if (viewerId === null) return studentIds.map(() => []);
  const rows = await asSystem(() => store.findCoGuardians(ctx.db, viewerId, studentIds, MAXIMUM_CO_GUARDIANS));
  const byStudent = Map.groupBy(rows, ({ studentId }) => studentId);
  return studentIds.map((studentId) => byStudent.get(studentId) ?? []);
});
