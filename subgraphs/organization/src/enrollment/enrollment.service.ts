import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  asSystem,
  audit,
  emit,
  paginate,
  paginateEach,
  requirePermission,
  requireSignedIn,
  validate,
} from "@lentera/kit";
import type { EnrollmentStatus } from "@lentera/prisma/organization";
import { findClassOf, requireSeats } from "../class/class.service.js";
import type { OrganizationContext, Transaction } from "../context.js";
import { userCreated } from "../events.js";
import { sendMail } from "../mail/mail.service.js";
import { requireWorking } from "../organization/organization.rules.js";
import { lockWorkingOrganization } from "../organization/organization.service.js";
import { lockOrganization } from "../organization/organization.store.js";
import type { Organization } from "../organization/organization.type.js";
import { requireFeature, requireRoom } from "../organization/plan.rules.js";
import {
  type EndEnrollmentInput,
  type EnrollStudentInput,
  type StudentFilter,
  type StudentOrder,
  type TransferStudentInput,
  endEnrollmentRules,
  enrollStudentRules,
  studentFilterRules,
} from "./enrollment.input.js";
import { reachOf } from "./enrollment.policy.js";
import { requireMove } from "./enrollment.rules.js";
import * as store from "./enrollment.store.js";
import type { Enrollment } from "./enrollment.type.js";

/**
 * The students of the viewer's organization; a teacher sees those of own classes.
 * @throws INSUFFICIENT_PERMISSIONS for all but staff with `students:read`
 */
export async function listStudents(
  ctx: OrganizationContext,
  filter: StudentFilter | null | undefined,
  order: StudentOrder,
  args: ConnectionArguments,
): Promise<Page<Enrollment>> {
  const { organizationId, userId } = ctx.viewer;
  const reach = reachOf(ctx.viewer);
  if (organizationId === null || reach === "NONE") throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  const { classId = null, status = null, search = null } = validate(studentFilterRules, filter ?? {}, "filter");
  const query = { organizationId, teacherId: reach === "TAUGHT" ? userId : null, classId, status, search };
  const [page] = await paginateEach<store.StudentRow>({
    args,
    parentIds: [organizationId],
    rows: (beyond) => store.findStudents(ctx.db, query, order, beyond),
    parentOf: (row) => row.organizationId,
    sortValueOf: (row) => row.sortValue,
    counts: async () => new Map([[organizationId, await store.countStudents(ctx.db, query)]]),
  });
  if (page === undefined) throw new Error("no page");
  return page;
}

/** Invitations to be a student that the viewer has not answered, oldest first. */
export function listEnrollmentInvitations(
  ctx: OrganizationContext,
  args: ConnectionArguments,
): Promise<Page<Enrollment>> {
  const { userId } = requireSignedIn(ctx.viewer);
  return paginate<Enrollment>({
    args,
    orderBy: [
      { field: "enrolledAt", direction: "asc" },
      { field: "id", direction: "asc" },
    ],
    rows: (page) => store.findInvitationPage(ctx.db, userId, page),
    count: () => store.countInvitations(ctx.db, userId),
  });
}

/**
 * Enrolls the person with an address: at once, with a new account, when there is none; by invitation when there is one,
 * as the account is its holder's and not the organization's.
 * @throws INSUFFICIENT_PERMISSIONS without `students:create`
 * @throws LIMIT_EXCEEDED when the quota, the class or the plan has no room
 * @throws RESOURCE_ALREADY_EXISTS for somebody who is enrolled or invited, NOT_FOUND for a class that is not here
 */
export async function enrollStudent(ctx: OrganizationContext, input: EnrollStudentInput): Promise<Enrollment> {
  requirePermission(ctx.viewer, "students:create");
  const { idempotencyKey, ...valid } = validate(enrollStudentRules, input);
  const { email, fullName, ...details } = valid;
  const { id } = await ctx.transactionOnce(
    { command: "enrollStudent", key: idempotencyKey, input: valid },
    async (tx) => {
      const organization = await lockWorkingOrganization(ctx, tx);
      requireFeature(organization, "STUDENT_MANAGEMENT");
      if (details.classId != null) await findActiveClass(tx, organization.id, details.classId);
      const { userId, isNew } = await store.registerStudent(tx, email, fullName);
      const status = isNew ? "ACTIVE" : "INVITED";
      if (isNew) await requireSeat(tx, organization, details.classId ?? null);
      const enrollment = await enter(ctx, tx, organization, userId, { ...details, status });
      if (isNew) {
        const language = ctx.identity.language;
        await emit(tx, userCreated, { userId, emailVerified: false, role: "STUDENT", language });
      }
      await sendMail(tx, {
        to: email,
        template: isNew ? "student-enrolled" : "student-invitation",
        language: ctx.identity.language,
        values: { organizationName: organization.name },
      });
      return { id: enrollment.id };
    },
  );
  return store.findEnrollment(ctx.db, { organizationId: ctx.viewer.organizationId ?? "" }, id);
}

/** A new enrollment, or the one of former times again. */
async function enter(
  ctx: OrganizationContext,
  tx: Transaction,
  { id: organizationId }: Organization,
  studentId: string,
  values: { readonly status: EnrollmentStatus; readonly classId?: string | null | undefined },
): Promise<Enrollment> {
  const former = await store.findEnrollmentOf(tx, organizationId, studentId);
  if (former?.status === "ACTIVE" || former?.status === "INVITED") throw new LenteraError("RESOURCE_ALREADY_EXISTS");
  const classId = values.classId ?? null;
  const enrollment =
    former === null
      ? await store.insertEnrollment(tx, { ...values, classId, organizationId, studentId })
      : await store.updateEnrollment(tx, former.id, { ...values, classId, enrolledAt: ctx.now(), endedAt: null });
  const action = values.status === "ACTIVE" ? "enrollment.started" : "enrollment.invited";
  await note(ctx, tx, enrollment, action, { newValues: { classId } });
  return enrollment;
}

/**
 * The student's answer to an invitation. Whoever declines has no enrollment.
 * @throws NOT_FOUND, ILLEGAL_STATE for one that is answered already, LIMIT_EXCEEDED when the seats are taken meanwhile
 */
export async function answerEnrollment(
  ctx: OrganizationContext,
  enrollmentId: string,
  isAccepted: boolean,
): Promise<Enrollment | null> {
  const { userId: studentId } = requireSignedIn(ctx.viewer);
  return asSystem(() =>
    ctx.transaction(async (tx) => {
      const { organizationId } = await store.findEnrollment(tx, { studentId }, enrollmentId);
      const organization = await lockOrganization(tx, organizationId);
      if (organization === undefined) throw new LenteraError("NOT_FOUND");
      const enrollment = await store.findEnrollment(tx, { studentId }, enrollmentId);
      requireMove("accept", enrollment.status);
      if (!isAccepted) return withdraw(ctx, tx, enrollment, "enrollment.declined");
      requireWorking(organization.status);
      await requireSeat(tx, organization, enrollment.classId);
      await note(ctx, tx, enrollment, "enrollment.started", {});
      return store.updateEnrollment(tx, enrollment.id, { status: "ACTIVE", enrolledAt: ctx.now() });
    }),
  );
}

/**
 * Puts a student into another class of the organization.
 * @throws INSUFFICIENT_PERMISSIONS without `students:update`, NOT_FOUND, ILLEGAL_STATE unless ACTIVE, LIMIT_EXCEEDED when
 * the class is full
 */
export async function transferStudent(ctx: OrganizationContext, input: TransferStudentInput): Promise<Enrollment> {
  requirePermission(ctx.viewer, "students:update");
  return ctx.transaction(async (tx) => {
    const { id: organizationId } = await lockWorkingOrganization(ctx, tx);
    const enrollment = await store.findEnrollment(tx, inReach(ctx, organizationId), input.enrollmentId);
    requireMove("transfer", enrollment.status);
    const { id: classId, capacity } = await findActiveClass(tx, organizationId, input.classId);
    if (classId === enrollment.classId) return enrollment;
    await requireSeats(tx, classId, capacity, 1);
    const values = { oldValues: { classId: enrollment.classId }, newValues: { classId } };
    await note(ctx, tx, enrollment, "enrollment.transferred", values);
    return store.updateEnrollment(tx, enrollment.id, { classId });
  });
}

/**
 * Ends an enrollment and frees its seat; an invitation is withdrawn.
 * @throws INSUFFICIENT_PERMISSIONS without `students:update`, NOT_FOUND, ILLEGAL_STATE for one that has ended
 */
export async function endEnrollment(ctx: OrganizationContext, input: EndEnrollmentInput): Promise<Enrollment | null> {
  requirePermission(ctx.viewer, "students:update");
  const { enrollmentId, status } = validate(endEnrollmentRules, input);
  return ctx.transaction(async (tx) => {
    const { id: organizationId } = await lockWorkingOrganization(ctx, tx);
    const enrollment = await store.findEnrollment(tx, inReach(ctx, organizationId), enrollmentId);
    if (enrollment.status === "INVITED") return withdraw(ctx, tx, enrollment, "enrollment.withdrawn");
    requireMove("end", enrollment.status);
    const values = { oldValues: { status: enrollment.status }, newValues: { status } };
    await note(ctx, tx, enrollment, "enrollment.ended", values);
    return store.updateEnrollment(tx, enrollment.id, { status, endedAt: ctx.now() });
  });
}

/**
 * Makes an INACTIVE enrollment ACTIVE again.
 * @throws INSUFFICIENT_PERMISSIONS without `students:update`, NOT_FOUND, ILLEGAL_STATE, LIMIT_EXCEEDED
 */
export async function resumeEnrollment(ctx: OrganizationContext, enrollmentId: string): Promise<Enrollment> {
  requirePermission(ctx.viewer, "students:update");
  return ctx.transaction(async (tx) => {
    const organization = await lockWorkingOrganization(ctx, tx);
    const enrollment = await store.findEnrollment(tx, inReach(ctx, organization.id), enrollmentId);
    requireMove("resume", enrollment.status);
    await requireSeat(tx, organization, enrollment.classId);
    await note(ctx, tx, enrollment, "enrollment.resumed", {});
    return store.updateEnrollment(tx, enrollment.id, { status: "ACTIVE", endedAt: null });
  });
}

/** Which enrollments the viewer can change: a teacher those of own classes. */
function inReach({ viewer }: OrganizationContext, organizationId: string) {
  const taught = { class: { teachers: { some: { teacherId: viewer.userId ?? "" } } } };
  return { organizationId, ...(viewer.role === "TEACHER" && taught) };
}

/** @throws LIMIT_EXCEEDED; the organization's lock makes it true until the transaction ends */
async function requireSeat(tx: Transaction, organization: Organization, classId: string | null): Promise<void> {
  requireRoom(organization, "maxStudents", await store.countActive(tx, organization.id));
  if (classId === null) return;
  const { capacity } = await findClassOf(tx, organization.id, classId);
  await requireSeats(tx, classId, capacity, 1);
}

async function findActiveClass(tx: Transaction, organizationId: string, classId: string) {
  const found = await findClassOf(tx, organizationId, classId);
  if (!found.isActive) throw new LenteraError("ILLEGAL_STATE");
  return found;
}

async function withdraw(
  ctx: OrganizationContext,
  tx: Transaction,
  enrollment: Enrollment,
  action: string,
): Promise<null> {
  await note(ctx, tx, enrollment, action, {});
  await store.deleteEnrollment(tx, enrollment.id);
  return null;
}

function note(
  ctx: OrganizationContext,
  tx: Transaction,
  { id, organizationId }: Enrollment,
  action: string,
  values: { readonly oldValues?: object; readonly newValues?: object },
): Promise<void> {
  return audit(tx, ctx.identity, { action, entityType: "Enrollment", entityId: id, organizationId, ...values });
}
