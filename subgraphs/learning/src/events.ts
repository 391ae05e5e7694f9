import type { EventDefinition } from "@lentera/kit";
import { z } from "zod";

/** An attempt has its score. Not sent for attempts that are scored long after they were sat. */
export const attemptScored = {
  type: "attempt.scored",
  version: 1,
  data: z.object({
    attemptId: z.uuid(),
    studentId: z.uuid(),
    tryoutTitle: z.string(),
    /** On the scale of the exam type. */
    scaled: z.number(),
    /** Experience points earned by it; 0 for the second practice of a day. */
    points: z.int().nonnegative(),
  }),
} satisfies EventDefinition<unknown>;

/** A learner has reached a tier of an achievement. Sent once for each; not for what was reached long ago. */
export const achievementGranted = {
  type: "achievement.granted",
  version: 1,
  data: z.object({
    userId: z.uuid(),
    code: z.string(),
    tier: z.enum(["BRONZE", "SILVER", "GOLD"]),
    /** What it is called, by language. */
    name: z.object({ id: z.string(), en: z.string() }),
  }),
} satisfies EventDefinition<unknown>;

/** A student has reached a goal. Sent once, to tell the student and who set it. */
export const goalCompleted = {
  type: "goal.completed",
  version: 1,
  data: z.object({
    goalId: z.uuid(),
    studentId: z.uuid(),
    /** Who set it: the student, a guardian or a teacher. */
    createdById: z.uuid(),
    title: z.string(),
    /** What was promised, which the student can now claim. */
    rewardNote: z.string().nullable(),
  }),
} satisfies EventDefinition<unknown>;

/** A report of a week or month is there for a guardian to read, if they may read reports about the student. Sent once. */
export const guardianReportCreated = {
  type: "guardian-report.created",
  version: 1,
  data: z.object({
    reportId: z.uuid(),
    guardianId: z.uuid(),
    studentId: z.uuid(),
    kind: z.enum(["WEEKLY", "MONTHLY"]),
    startsOn: z.iso.date(),
    /** The last day. */
    endsOn: z.iso.date(),
  }),
} satisfies EventDefinition<unknown>;
