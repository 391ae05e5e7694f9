import { ChallengeGoal } from "@lentera/prisma/learning";
import { Field, ID, InputType, Int } from "type-graphql";
import { z } from "zod";

@InputType()
export class CreateChallengeInput {
  @Field(() => String, { description: "1 to 100 characters." })
  title!: string;
  @Field(() => ChallengeGoal)
  goal!: ChallengeGoal;
  @Field(() => String, { nullable: true, description: "For ACCURACY, and only there." })
  topic?: string | null;
  @Field(() => Int, { description: "1 to 31, from when it becomes active." })
  durationDays!: number;
  @Field(() => [ID], { nullable: true, description: "The 1 to 20 users to invite. Either this or `cohortId`." })
  userIds?: string[] | null;
  @Field(() => ID, { nullable: true, description: "Invites everybody else in a class or study group of the caller's." })
  cohortId?: string | null;
  @Field(() => String, { description: "Chosen by the client; the same key gives the same challenge again." })
  idempotencyKey!: string;
}

@InputType()
export class AnswerChallengeInput {
  @Field(() => ID)
  challengeId!: string;
  @Field(() => Boolean)
  accept!: boolean;
}

@InputType()
export class CancelChallengeInput {
  @Field(() => ID)
  challengeId!: string;
}

const challengeId = z.guid("Use the `id` of a challenge.");

export const createChallengeRules = z
  .object({
    title: z.string().trim().min(1, "Use 1 to 100 characters.").max(100, "Use 1 to 100 characters."),
    goal: z.enum(ChallengeGoal),
    topic: z.string().trim().min(1).max(200).nullish(),
    durationDays: z.int().min(1, "Use 1 to 31 days.").max(31, "Use 1 to 31 days."),
    userIds: z
      .array(z.guid("Use ids of users."))
      .min(1, "Invite 1 to 20 users.")
      .max(20, "Invite 1 to 20 users.")
      .nullish(),
    cohortId: z.guid("Use the id of a class or group.").nullish(),
    idempotencyKey: z.string().min(8, "Use 8 to 200 characters.").max(200),
  })
  .refine(({ goal, topic }) => (goal === "ACCURACY") === (topic != null), {
    path: ["topic"],
    message: "Give a topic for ACCURACY, and only there.",
  })
  .refine(({ userIds, cohortId }) => (userIds == null) !== (cohortId == null), {
    path: ["userIds"],
    message: "Give either `userIds` or `cohortId`.",
  });
export const answerChallengeRules = z.object({ challengeId, accept: z.boolean() });
export const cancelChallengeRules = z.object({ challengeId });
