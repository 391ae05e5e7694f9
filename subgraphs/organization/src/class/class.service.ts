import {
  type ConnectionArguments,
  type ErrorDetail,
  LenteraError,
  type Page,
  audit,
  paginate,
  requirePermission,
  validate,
} from "@lentera/kit";
import type { OrganizationContext, Transaction } from "../context.js";
import { findMemberUserIds } from "../membership/membership.store.js";
import { lockWorkingOrganization } from "../organization/organization.service.js";
import { limitExceeded, requireRoom } from "../organization/plan.rules.js";
import { userLoader } from "../user/user.loader.js";
import type { User } from "../user/user.type.js";
import {
  type AssignTeachersInput,
  type CreateClassInput,
  type UpdateClassInput,
  assignTeachersRules,
  createClassRules,
  updateClassRules,
} from "./class.input.js";
import { classLoader, rosterLoader, teacherIdsLoader } from "./class.loader.js";
import { canSeeRoster, visibleTo } from "./class.policy.js";
import * as store from "./class.store.js";
import type { Class } from "./class.type.js";

/** The classes that the viewer may see, by name; all of them, or only those that are (not) active. */
export function listClasses(
  ctx: OrganizationContext,
  isActive: boolean | null | undefined,
  args: ConnectionArguments,
): Promise<Page<Class>> {
  const visible = { AND: [visibleTo(ctx.viewer), isActive == null ? {} : { isActive }] };
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

/** Those who teach the class, by name. */
export async function listTeachers(ctx: OrganizationContext, classId: string): Promise<User[]> {
  return Promise.all((await teacherIdsLoader(ctx).load(classId)).map((id) => userLoader(ctx).load(id)));
}

/**
 * @throws INSUFFICIENT_PERMISSIONS without `classes:manage`, LIMIT_EXCEEDED when the plan has no room for another class,
 * RESOURCE_ALREADY_EXISTS for a name that the year has, VALIDATION_ERROR for teachers who are not of the staff
 */
export async function createClass(ctx: OrganizationContext, input: CreateClassInput): Promise<Class> {
  requirePermission(ctx.viewer, "classes:manage");
  const { idempotencyKey, ...valid } = validate(createClassRules, input);
  const { teacherIds, capacity, ...rest } = valid;
  const { id, organizationId } = await ctx.transactionOnce(
    { command: "createClass", key: idempotencyKey, input: valid },
    async (tx) => {
      const organization = await lockWorkingOrganization(ctx, tx);
      requireRoom(organization, "maxClasses", await store.countActiveClasses(tx, organization.id));
      await requireFreeName(tx, { ...rest, organizationId: organization.id });
      await requireStaff(tx, organization.id, teacherIds ?? []);
      const data = { ...rest, organizationId: organization.id, ...(capacity != null && { capacity }) };
      const created = await store.insertClass(tx, data);
      await store.replaceTeachers(tx, created, teacherIds ?? []);
      await note(ctx, tx, created, "class.created", { newValues: { ...data, teacherIds } });
      return { id: created.id, organizationId: created.organizationId };
    },
  );
  const created = await store.findClassOf(ctx.db, organizationId, id);
  if (created === null) throw new LenteraError("NOT_FOUND");
  return created;
}

/**
 * @throws INSUFFICIENT_PERMISSIONS without `classes:manage`, NOT_FOUND, RESOURCE_ALREADY_EXISTS for a name that the year
 * has, LIMIT_EXCEEDED for fewer seats than students and for one active class too many
 */
export async function updateClass(ctx: OrganizationContext, input: UpdateClassInput): Promise<Class> {
  requirePermission(ctx.viewer, "classes:manage");
  const { classId, name, gradeLevel, capacity, isActive } = validate(updateClassRules, input);
  return ctx.transaction(async (tx) => {
    const organization = await lockWorkingOrganization(ctx, tx);
    const before = await findClassOf(tx, organization.id, classId);
    const { id, academicYear, organizationId } = before;
    if (name != null) await requireFreeName(tx, { id, academicYear, organizationId, name });
    if (capacity != null) await requireSeats(tx, before.id, capacity);
    if (isActive === true && !before.isActive)
      requireRoom(organization, "maxClasses", await store.countActiveClasses(tx, organization.id));
    const changes = {
      ...(name != null && { name }),
      ...(gradeLevel != null && { gradeLevel }),
      ...(capacity != null && { capacity }),
      ...(isActive != null && { isActive }),
    };
    await note(ctx, tx, before, "class.updated", { oldValues: before, newValues: changes });
    return store.updateClass(tx, before.id, changes);
  });
}

/**
 * Says who teaches a class: they see it and its students, and whoever is not named no longer does.
 * @throws INSUFFICIENT_PERMISSIONS without `classes:manage`, NOT_FOUND, VALIDATION_ERROR for people who are not of the staff
 */
export async function assignTeachers(ctx: OrganizationContext, input: AssignTeachersInput): Promise<Class> {
  requirePermission(ctx.viewer, "classes:manage");
  const { classId, teacherIds } = validate(assignTeachersRules, input);
  return ctx.transaction(async (tx) => {
    const { id: organizationId } = await lockWorkingOrganization(ctx, tx);
    const found = await findClassOf(tx, organizationId, classId);
    await requireStaff(tx, organizationId, teacherIds);
    const before = (await store.findTeacherIds(tx, [found.id])).get(found.id) ?? [];
    await store.replaceTeachers(tx, found, teacherIds);
    const values = { oldValues: { teacherIds: before }, newValues: { teacherIds } };
    await note(ctx, tx, found, "class.teachers_assigned", values);
    return found;
  });
}

/** A class of the organization. @throws NOT_FOUND */
export async function findClassOf(tx: Transaction, organizationId: string, classId: string): Promise<Class> {
  const found = await store.findClassOf(tx, organizationId, classId);
  if (found === null) throw new LenteraError("NOT_FOUND");
  return found;
}

/** @throws LIMIT_EXCEEDED when `adding` more students do not fit into a class; hold the organization's lock meanwhile */
export async function requireSeats(tx: Transaction, classId: string, capacity: number, adding = 0): Promise<void> {
  const students = (await store.countStudents(tx, [classId])).get(classId) ?? 0;
  if (students + adding <= capacity) return;
  throw limitExceeded("class.capacity", `The class has ${students} active students and ${capacity} seats.`);
}

async function requireFreeName(tx: Transaction, named: Parameters<typeof store.isNameTaken>[1]): Promise<void> {
  if (!(await store.isNameTaken(tx, named))) return;
  const message = `A class of ${named.academicYear} has this name already.`;
  throw new LenteraError("RESOURCE_ALREADY_EXISTS", {
    details: [{ path: "input.name", code: "DUPLICATE_ENTRY", message }],
  });
}

async function requireStaff(tx: Transaction, organizationId: string, userIds: readonly string[]): Promise<void> {
  const staff = await findMemberUserIds(tx, organizationId, userIds);
  const details = userIds.flatMap((userId, index): ErrorDetail[] =>
    staff.has(userId)
      ? []
      : [{ path: `input.teacherIds.${index}`, code: "NOT_FOUND", message: "Choose somebody of your staff." }],
  );
  if (details.length > 0) throw new LenteraError("VALIDATION_ERROR", { details });
}

function note(
  ctx: OrganizationContext,
  tx: Transaction,
  { id, organizationId }: Class,
  action: string,
  values: { readonly oldValues?: object; readonly newValues?: object },
): Promise<void> {
  return audit(tx, ctx.identity, { action, entityType: "Class", entityId: id, organizationId, ...values });
}
