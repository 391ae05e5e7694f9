import { Field, Float, ID, InputType, Int } from "type-graphql";
import { z } from "zod";
import { LEAST_ITEMS } from "./practice.rules.js";

@InputType()
export class StartPracticeInput {
  @Field(() => String, { description: "Code of the exam type, e.g. `UTBK-SNBT`." })
  examType!: string;
  @Field(() => String, { nullable: true, description: "Code of one subtest; without it all of the exam." })
  subtest?: string | null;
  @Field(() => Int, { defaultValue: 20, description: "Scored items at most, 5 to 50." })
  maximumItems!: number;
  @Field(() => Float, {
    nullable: true,
    description: "End when the standard error of the score is that small, in points of the exam's scale.",
  })
  targetStandardError?: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "End when the score is surely (95 %) above or below this one, in points of the exam's scale.",
  })
  decisiveScore?: number | null;
  @Field(() => String, { description: "Chosen by the client; the same key gives the same session again." })
  idempotencyKey!: string;
}

@InputType()
export class AnswerPracticeInput {
  @Field(() => ID)
  sessionId!: string;
  @Field(() => ID, { description: "A UUID chosen by the client; sending it again gives the same result again." })
  clientId!: string;
  @Field(() => ID, { description: "The current item." })
  itemId!: string;
  @Field(() => [String], { description: "Keys of the chosen options; empty for not knowing." })
  response!: string[];
  @Field(() => Int, { description: "Time spent on the item, in milliseconds." })
  elapsedMs!: number;
}

@InputType()
export class EndPracticeInput {
  @Field(() => ID)
  sessionId!: string;
}

const sessionId = z.guid("Use the `id` of a practice session.");

export const startPracticeRules = z.object({
  examType: z.string().min(1, "Use the code of an exam type.").max(100),
  subtest: z.string().max(100).nullish(),
  maximumItems: z.int().min(LEAST_ITEMS, "Use a number from 5 to 50.").max(50, "Use a number from 5 to 50."),
  targetStandardError: z.number().positive("Use a number above 0.").max(10_000).nullish(),
  decisiveScore: z.number().min(-10_000).max(10_000).nullish(),
  idempotencyKey: z.string().min(8, "Use 8 to 200 characters.").max(200),
});

export const answerPracticeRules = z.object({
  sessionId,
  clientId: z.guid("Use a UUID."),
  itemId: z.guid("Use the `id` of the current item."),
  response: z.array(z.string().max(20)).max(20),
  elapsedMs: z
    .int()
    .min(0)
    .max(24 * 60 * 60 * 1000),
});

export const endPracticeRules = z.object({ sessionId });
