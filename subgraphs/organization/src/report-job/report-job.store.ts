import type { PageQuery } from "@lentera/kit";
import type { EnrollmentStatus, Prisma } from "@lentera/prisma/organization";
import type { Transaction } from "../context.js";

export type ReportJobRecord = NonNullable<Awaited<ReturnType<typeof findReportJob>>>;

export async function findReportJob(tx: Transaction, id: string) {
  return await tx.reportJob.findFirst({ where: { id } });
}

export async function findReportJobs(tx: Transaction, visible: object, ids: readonly string[]) {
  return await tx.reportJob.findMany({ where: { AND: [visible, { id: { in: [...ids] } }] } });
}

export async function findReportJobPage(tx: Transaction, visible: object, page: PageQuery) {
  return await tx.reportJob.findMany({ ...page, where: { AND: [visible, page.where] } });
}

export function countReportJobs(tx: Transaction, visible: object): Promise<number> {
  return tx.reportJob.count({ where: visible });
}

export async function insertReportJob(tx: Transaction, data: Prisma.ReportJobUncheckedCreateInput): Promise<string> {
  const { id } = await tx.reportJob.create({ data, select: { id: true } });
  return id;
}

export async function updateReportJob(
  tx: Transaction,
  id: string,
  data: Prisma.ReportJobUncheckedUpdateInput,
): Promise<void> {
  await tx.reportJob.update({ where: { id }, data, select: { id: true } });
}

/** How many of these people are staff of the organization. */
export function countMembers(tx: Transaction, organizationId: string, userIds: readonly string[]): Promise<number> {
  return tx.membership.count({ where: { organizationId, userId: { in: [...userIds] } } });
}

/** Which enrollments a list shows. */
export interface EnrollmentFilter {
  readonly organizationId: string;
  readonly classId: string | null;
  readonly status: EnrollmentStatus;
  readonly search: string;
  /** Only the classes that this person teaches; null for all. */
  readonly taughtBy: string | null;
}

function matching({ organizationId, classId, status, search, taughtBy }: EnrollmentFilter) {
  return {
    organizationId,
    status,
    ...(classId !== null && { classId }),
    ...(search !== "" && { student: { fullName: { contains: search, mode: "insensitive" as const } } }),
    ...(taughtBy !== null && { class: { teachers: { some: { teacherId: taughtBy } } } }),
  };
}

export function countEnrollments(tx: Transaction, filter: EnrollmentFilter): Promise<number> {
  return tx.enrollment.count({ where: matching(filter) });
}

/** The next enrollments in the order in which they were made. */
export async function findEnrollments(tx: Transaction, filter: EnrollmentFilter, afterId: string | null, take: number) {
  return await tx.enrollment.findMany({
    where: { AND: [matching(filter), afterId === null ? {} : { id: { gt: afterId } }] },
    orderBy: { id: "asc" },
    take,
    select: {
      id: true,
      studentIdentifier: true,
      status: true,
      enrolledAt: true,
      class: { select: { name: true, academicYear: true } },
      student: { select: { fullName: true, account: { select: { email: true } } } },
    },
  });
}
