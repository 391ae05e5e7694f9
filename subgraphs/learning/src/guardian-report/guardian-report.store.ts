import type { EachQuery } from "@lentera/kit";
import type { Transaction } from "../context.js";
import type { Period } from "./guardian-report.rules.js";
import { type GuardianReport, type ReportContent, reportContent } from "./guardian-report.type.js";

/** A guardian may follow a student from now on. News that comes after the end of the link changes nothing. */
export async function beginFollow(
  tx: Transaction,
  follow: { linkId: string; guardianId: string; studentId: string; verifiedAt: Date },
): Promise<void> {
  await tx.guardianFollow.createMany({ data: [follow], skipDuplicates: true });
}

/** The link has ended, also when its beginning has not been told yet. */
export async function endFollow(
  tx: Transaction,
  { linkId, guardianId, studentId }: { linkId: string; guardianId: string; studentId: string },
  endedAt: Date,
): Promise<void> {
  await tx.guardianFollow.upsert({
    where: { linkId },
    create: { linkId, guardianId, studentId, verifiedAt: endedAt, endedAt },
    update: { endedAt },
  });
}

/** The zones in which guardians live who follow somebody. */
export async function findZones(tx: Transaction): Promise<string[]> {
  const rows = await tx.$queryRaw<{ zone: string }[]>`
    select distinct coalesce(l.time_zone, 'Asia/Jakarta') as zone
    from guardian_follows f left join learners l on l.user_id = f.guardian_id where f.ended_at is null`;
  return rows.map(({ zone }) => zone);
}

interface Follow {
  readonly guardianId: string;
  readonly studentId: string;
}

/** Who follows whom in a zone, did so before the period was over, and has no report of it. */
export function findUnreported(tx: Transaction, zone: string, period: Period, limit: number): Promise<Follow[]> {
  return tx.$queryRaw`
    select distinct f.guardian_id as "guardianId", f.student_id as "studentId"
    from guardian_follows f left join learners l on l.user_id = f.guardian_id
    where f.ended_at is null and f.verified_at < ${period.to} and coalesce(l.time_zone, 'Asia/Jakarta') = ${zone}
      and not exists (
        select from guardian_reports r where r.guardian_id = f.guardian_id and r.student_id = f.student_id
          and r.kind = ${period.kind}::"ReportKind" and r.starts_on = ${period.startsOn}::date)
    order by 1, 2 limit ${limit}`;
}

interface NewReport extends Follow {
  readonly kind: Period["kind"];
  readonly startsOn: string;
  readonly endsOn: string;
  readonly timeZone: string;
  readonly content: ReportContent;
  readonly createdAt: Date;
}

/** @returns the new ones; what another worker has written meanwhile is not among them */
export function insertReports(
  tx: Transaction,
  reports: readonly NewReport[],
): Promise<{ id: string; guardianId: string; studentId: string }[]> {
  return tx.$queryRaw`
    insert into guardian_reports (guardian_id, student_id, kind, starts_on, ends_on, time_zone, content, created_at)
    select "guardianId", "studentId", kind, "startsOn", "endsOn", "timeZone", content, "createdAt"
    from jsonb_to_recordset(${JSON.stringify(reports)}::jsonb)
      as r("guardianId" uuid, "studentId" uuid, kind "ReportKind", "startsOn" date, "endsOn" date, "timeZone" text,
           content jsonb, "createdAt" timestamptz)
    order by "guardianId", "studentId"
    on conflict (guardian_id, student_id, kind, starts_on) do nothing
    returning id, guardian_id as "guardianId", student_id as "studentId"`;
}

/** Titles of the goals that each student has reached within a time. */
export function findReachedGoals(
  tx: Transaction,
  studentIds: readonly string[],
  { from, to }: Period,
): Promise<{ studentId: string; title: string }[]> {
  return tx.goal.findMany({
    where: { studentId: { in: [...studentIds] }, completedAt: { gte: from, lt: to } },
    orderBy: { completedAt: "asc" },
    select: { studentId: true, title: true },
  });
}

const day = (date: Date): string => date.toISOString().slice(0, 10);

/** The reports to one guardian about each student, newest first. */
export async function findReportsOf(
  tx: Transaction,
  guardianId: string,
  studentIds: readonly string[],
  { take, beyond }: EachQuery,
): Promise<GuardianReport[]> {
  const rows = await tx.$queryRaw<
    (Omit<GuardianReport, "startsOn" | "endsOn" | "content"> & { startsOn: Date; endsOn: Date; content: unknown })[]
  >`
    select report.*
    from unnest(${[...studentIds]}::uuid[]) as student(id)
    cross join lateral (
      select r.id, r.kind, r.starts_on as "startsOn", r.ends_on as "endsOn", r.time_zone as "timeZone",
             r.created_at as "createdAt", r.read_at as "readAt", r.content, r.student_id as "studentId"
      from guardian_reports r
      where r.student_id = student.id and r.guardian_id = ${guardianId}::uuid
        and (${beyond === null} or (r.created_at, r.id) < (${beyond?.value ?? null}::timestamptz, ${beyond?.id ?? null}::uuid))
      order by r.created_at desc, r.id desc
      limit ${take}
    ) report`;
  return rows.map(({ startsOn, endsOn, content, ...row }) => ({
    ...row,
    startsOn: day(startsOn),
    endsOn: day(endsOn),
    content: reportContent.parse(content),
  }));
}

export async function countReportsOf(
  tx: Transaction,
  guardianId: string,
  studentIds: readonly string[],
): Promise<Map<string, number>> {
  const groups = await tx.guardianReport.groupBy({
    by: ["studentId"],
    where: { guardianId, studentId: { in: [...studentIds] } },
    _count: true,
  });
  return new Map(groups.map((group) => [group.studentId, group._count]));
}

/** Notes when a guardian has read a report, the first time. @returns null for none of theirs */
export async function markRead(tx: Transaction, id: string, guardianId: string, at: Date): Promise<Date | null> {
  const [row] = await tx.$queryRaw<{ readAt: Date }[]>`
    update guardian_reports set read_at = coalesce(read_at, ${at})
    where id = ${id}::uuid and guardian_id = ${guardianId}::uuid returning read_at as "readAt"`;
  return row?.readAt ?? null;
}
