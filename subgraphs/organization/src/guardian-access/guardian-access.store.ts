import type { PageQuery } from "@lentera/kit";
import type { Transaction } from "../context.js";
import type { Access } from "./access-recorder.js";

/** One row for each guardian, student, kind and day of the student's calendar; its counter grows. */
export async function addAccesses(tx: Transaction, accesses: readonly Access[]): Promise<void> {
  await tx.$executeRaw`
    insert into guardian_accesses as known (guardian_id, student_id, day, kind, read_count, first_at, last_at)
    select noted."guardianId", noted."studentId", (noted.at at time zone student.time_zone)::date, noted.kind,
           sum(noted."readCount"), min(noted.at), max(noted.at)
    from jsonb_to_recordset(${JSON.stringify(accesses)}::jsonb)
      as noted("guardianId" uuid, "studentId" uuid, kind "GuardianAccessKind", "readCount" int, at timestamptz)
    join users student on student.id = noted."studentId"
    group by 1, 2, 3, 4
    order by 1, 2, 3, 4
    on conflict (guardian_id, student_id, day, kind) do update
      set read_count = known.read_count + excluded.read_count, last_at = greatest(known.last_at, excluded.last_at)`;
}

export async function findAccessPage(tx: Transaction, studentId: string, page: PageQuery) {
  return await tx.guardianAccess.findMany({ ...page, where: { AND: [{ studentId }, page.where] } });
}

export type GuardianAccessRow = Awaited<ReturnType<typeof findAccessPage>>[number];

export function countAccesses(tx: Transaction, studentId: string): Promise<number> {
  return tx.guardianAccess.count({ where: { studentId } });
}
