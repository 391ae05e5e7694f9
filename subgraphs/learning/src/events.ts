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
