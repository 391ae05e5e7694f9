import type { PageQuery } from "@lentera/kit";
import type { Prisma, ReportFrequency } from "@lentera/prisma/organization";
import type { Transaction } from "../context.js";

export type ReportScheduleRecord = NonNullable<Awaited<ReturnType<typeof findSchedule>>>;

export interface Timetable {
  readonly frequency: ReportFrequency;
  readonly dayOfWeek: number | null;
  readonly dayOfMonth: number | null;
  readonly localTime: string;
  readonly timeZone: string;
}

export async function findSchedule(tx: Transaction, where: { id: string; createdById?: string }) {
  return await tx.reportSchedule.findFirst({ where });
}

export async function findSchedulePage(tx: Transaction, visible: object, page: PageQuery) {
  return await tx.reportSchedule.findMany({ ...page, where: { AND: [visible, page.where] } });
}

export function countSchedules(tx: Transaction, where: object): Promise<number> {
  return tx.reportSchedule.count({ where });
}

/** Two schedules that one person makes at once are counted one after the other. */
export async function lockMaker(tx: Transaction, userId: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${userId}, 3))`;
}

export async function insertSchedule(
  tx: Transaction,
  data: Prisma.ReportScheduleUncheckedCreateInput,
): Promise<string> {
  const { id } = await tx.reportSchedule.create({ data, select: { id: true } });
  return id;
}

export function updateSchedule(tx: Transaction, id: string, data: Prisma.ReportScheduleUncheckedUpdateInput) {
  return tx.reportSchedule.update({ where: { id }, data });
}

/** @returns whether there was one of this maker */
export async function deleteSchedule(tx: Transaction, where: { id: string; createdById: string }): Promise<boolean> {
  const { count } = await tx.reportSchedule.deleteMany({ where });
  return count === 1;
}

/** When a timetable is next due after an instant. PostgreSQL knows the clocks of every zone. */
export async function nextRunAt(tx: Transaction, timetable: Timetable, after: Date): Promise<Date> {
  const { frequency, dayOfWeek, dayOfMonth, localTime, timeZone } = timetable;
  const [row] = await tx.$queryRaw<{ at: Date }[]>`
    select next_run_at(${frequency}::"ReportFrequency", ${dayOfWeek}::int, ${dayOfMonth}::int, ${localTime}, ${timeZone}, ${after}) as at`;
  if (row === undefined) throw new Error("A timetable is always due again.");
  return row.at;
}

/** One schedule that is due, which no other worker is looking at; locked until the transaction ends. */
export async function lockDue(tx: Transaction, now: Date): Promise<ReportScheduleRecord | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    select id from report_schedules where not is_paused and next_run_at <= ${now}
    order by next_run_at limit 1 for update skip locked`;
  return row === undefined ? null : await findSchedule(tx, { id: row.id });
}

/** What a person may do in an organization today; null for somebody who does not work there, or has no account. */
export async function findMaker(tx: Transaction, organizationId: string, userId: string) {
  return await tx.membership.findFirst({
    where: { organizationId, userId, user: { account: { status: "ACTIVE" } } },
    select: { role: true, permissions: true, organization: { select: { status: true } } },
  });
}
