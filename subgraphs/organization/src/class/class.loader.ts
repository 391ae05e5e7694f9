import { LenteraError, defineLoader, definePageLoader, inOrderOf, paginateEach } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { visibleTo } from "./class.policy.js";
import * as store from "./class.store.js";
import type { Class } from "./class.type.js";

export const classLoader = defineLoader<OrganizationContext, string, Class>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await store.findClasses(ctx.db, visibleTo(ctx.viewer), ids),
    ({ id }) => id,
    () => new LenteraError("NOT_FOUND"),
  ),
);

export const studentCountLoader = defineLoader<OrganizationContext, string, number>(async (ctx, classIds) => {
  const counts = await store.countStudents(ctx.db, classIds);
  return classIds.map((classId) => counts.get(classId) ?? 0);
});

/** Ids of the active students. */
export const studentIdsLoader = defineLoader<OrganizationContext, string, string[]>(async (ctx, classIds) => {
  const studentIds = await store.findStudentIds(ctx.db, classIds);
  return classIds.map((classId) => studentIds.get(classId) ?? []);
});

/** Ids of those who teach, by name. */
export const teacherIdsLoader = defineLoader<OrganizationContext, string, string[]>(async (ctx, classIds) => {
  const teacherIds = await store.findTeacherIds(ctx.db, classIds);
  return classIds.map((classId) => teacherIds.get(classId) ?? []);
});

/** One page of students, by name, for each class. */
export const rosterLoader = definePageLoader<OrganizationContext, store.RosterRow>((ctx, classIds, args) =>
  paginateEach({
    args,
    parentIds: classIds,
    rows: (query) => store.findRosters(ctx.db, classIds, query),
    parentOf: (row) => row.classId,
    sortValueOf: (row) => row.fullName,
    counts: () => store.countStudents(ctx.db, classIds),
  }),
);
