import type { StudySource } from "@lentera/prisma/learning";
import type { Transaction } from "../context.js";
import type { Streak, Study } from "./streak.rules.js";

/** One time of study, as it is written down. */
export interface StudyFact extends Study {
  readonly userId: string;
  readonly day: string;
  readonly source: StudySource;
  readonly recordedAt: Date;
}

/** Writes down the days that were not known yet. @returns `user day` of the new ones */
export async function insertStudyDays(tx: Transaction, facts: readonly StudyFact[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ userId: string; day: string }[]>`
    insert into study_days (user_id, day, at, time_zone, source, recorded_at)
    select "userId", day, at, zone, source, "recordedAt"
    from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb)
      as f("userId" uuid, day date, at timestamptz, zone text, source "StudySource", "recordedAt" timestamptz)
    order by "userId", at
    on conflict (user_id, day) do nothing
    returning user_id as "userId", to_char(day, 'YYYY-MM-DD') as day`;
  return new Set(rows.map(({ userId, day }) => `${userId} ${day}`));
}

/** All times of study of these learners, in the order in which they happened. */
export async function findStudies(tx: Transaction, userIds: readonly string[]): Promise<Map<string, Study[]>> {
  const rows = await tx.studyDay.findMany({ where: { userId: { in: [...userIds] } }, orderBy: [{ at: "asc" }] });
  return Map.groupBy(
    rows.map(({ userId, at, timeZone }) => ({ userId, at, zone: timeZone })),
    ({ userId }) => userId,
  );
}

export async function updateStreaks(tx: Transaction, streaks: ReadonlyMap<string, Streak>): Promise<void> {
  const rows = [...streaks].map(([userId, streak]) => ({ userId, ...streak }));
  await tx.$executeRaw`
    update learners set streak = s.streak, longest_streak = s.longest, freezes = s.freezes, last_study_day = s."lastDay",
      day_ends_at = s."dayEndsAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as s("userId" uuid, streak int, longest int, freezes int, "lastDay" date, "dayEndsAt" timestamptz)
    where learners.user_id = s."userId"`;
}
