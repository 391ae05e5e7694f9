import { CalendarDate } from "@lentera/kit";
import { GoalKind, GoalStatus } from "@lentera/prisma/learning";
import { Field, Float, ID, InputType } from "type-graphql";
import { z } from "zod";

const PERMIT = "`User.goalPermit` of the student; not for the student themself.";

@InputType()
export class CreateGoalInput {
  @Field(() => String, { nullable: true, description: PERMIT })
  permit?: string | null;
  @Field(() => GoalKind)
  kind!: GoalKind;
  @Field(() => String)
  title!: string;
  @Field(() => Float, { description: "In the unit of the kind, see `GoalKind`." })
  target!: number;
  @Field(() => ID, { nullable: true, description: "For TARGET_SCORE." })
  examTypeId?: string | null;
  @Field(() => ID, { nullable: true, description: "For UNIVERSITY_TARGET." })
  programId?: string | null;
  @Field(() => CalendarDate, { description: "The last day that counts, in the student's zone; a year ahead at most." })
  endsOn!: string;
  @Field(() => String, { nullable: true, description: "What is promised for reaching it." })
  rewardNote?: string | null;
  @Field(() => String, { description: "Chosen by the client; the same key gives the same goal again." })
  idempotencyKey!: string;
}

@InputType()
export class ChangeGoalStatusInput {
  @Field(() => String, { nullable: true, description: PERMIT })
  permit?: string | null;
  @Field(() => ID)
  goalId!: string;
  @Field(() => GoalStatus, { description: "ACTIVE, PAUSED or CANCELLED." })
  status!: GoalStatus;
}

@InputType()
export class ClaimGoalRewardInput {
  @Field(() => ID)
  goalId!: string;
}

const text = z.string().trim().min(1, "Use 1 to 200 characters.").max(200, "Use 1 to 200 characters.");
const permit = z.string().max(2000).nullish();
const id = z.guid("This is not an id.");

export const createGoalRules = z
  .object({
    permit,
    kind: z.enum(GoalKind),
    title: text,
    target: z.number().positive("Use a number above 0.").max(10_000, "Use 10,000 at most."),
    examTypeId: id.nullish(),
    programId: id.nullish(),
    endsOn: z.iso.date("Use a day, `YYYY-MM-DD`."),
    rewardNote: text.nullish(),
    idempotencyKey: z.string().min(8, "Use 8 to 200 characters.").max(200),
  })
  .refine(({ kind, examTypeId }) => (kind === "TARGET_SCORE") === (examTypeId != null), {
    path: ["examTypeId"],
    message: "Give an examination for TARGET_SCORE, and only there.",
  })
  .refine(({ kind, programId }) => (kind === "UNIVERSITY_TARGET") === (programId != null), {
    path: ["programId"],
    message: "Give a programme for UNIVERSITY_TARGET, and only there.",
  })
  .refine(({ kind, target }) => kind !== "UNIVERSITY_TARGET" || target < 1, {
    path: ["target"],
    message: "Use a chance above 0 and below 1.",
  });
export const changeGoalStatusRules = z.object({
  permit,
  goalId: id,
  status: z.enum(["ACTIVE", "PAUSED", "CANCELLED"], "Use ACTIVE, PAUSED or CANCELLED."),
});
export const claimGoalRewardRules = z.object({ goalId: id });
