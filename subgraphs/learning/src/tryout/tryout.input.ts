import { DateTime } from "@lentera/kit";
import { TryoutKind } from "@lentera/prisma/learning";
import { Field, Float, ID, InputType, Int } from "type-graphql";
import { z } from "zod";
import type { DifficultyBand } from "../question/question.rules.js";
import { DifficultyBands } from "../question/question.type.js";

@InputType()
export class TopicShareInput {
  @Field(() => String)
  topic!: string;
  @Field(() => Int)
  count!: number;
}

@InputType()
export class DifficultyShareInput {
  @Field(() => DifficultyBands)
  difficulty!: DifficultyBand;
  @Field(() => Int)
  count!: number;
}

@InputType({
  description: "A section: items named by hand, and as many more as `itemCount` wants, chosen by the shares.",
})
export class TryoutSectionInput {
  @Field(() => String, { description: "Code of a subtest of the examination." })
  subtest!: string;
  @Field(() => Int)
  durationMinutes!: number;
  @Field(() => Int, { nullable: true, description: "In all; without it just the items that are named." })
  itemCount?: number | null;
  @Field(() => [ID], { defaultValue: [], description: "PUBLISHED questions that are in it in any case." })
  itemIds!: string[];
  @Field(() => [TopicShareInput], { defaultValue: [], description: "None, or adding up to `itemCount`." })
  topics!: TopicShareInput[];
  @Field(() => [DifficultyShareInput], { defaultValue: [], description: "None, or adding up to `itemCount`." })
  difficulties!: DifficultyShareInput[];
}

@InputType({ description: "How precisely the paper shall measure whom." })
export class TargetInformationInput {
  @Field(() => Float)
  ability!: number;
  @Field(() => Float, { description: "Fisher information; the standard error there is one over its root." })
  minimum!: number;
}

@InputType()
export class CreateTryoutInput {
  @Field(() => ID)
  examTypeId!: string;
  @Field(() => String)
  title!: string;
  @Field(() => TryoutKind, { defaultValue: TryoutKind.SCHEDULED })
  kind!: TryoutKind;
  @Field(() => [TryoutSectionInput], { description: "In the order in which they are sat." })
  sections!: TryoutSectionInput[];
  @Field(() => TargetInformationInput, { nullable: true })
  targetInformation?: TargetInformationInput | null;
  @Field(() => Int, { nullable: true, description: "Questions that were shown in so many sittings are left out." })
  maximumExposure?: number | null;
  @Field(() => Boolean, { defaultValue: false, description: "True: students need a code, which is made up." })
  requiresAccessCode!: boolean;
  @Field(() => Boolean, { defaultValue: false, description: "True: each section has its own clock and no way back." })
  hasSectionClocks!: boolean;
  @Field(() => Boolean, {
    defaultValue: true,
    description: "True: every student meets the items in an order of their own.",
  })
  randomizeItems!: boolean;
  @Field(() => Boolean, { defaultValue: false, description: "False: scores are given out when the tryout is over." })
  showResultsImmediately!: boolean;
  @Field(() => Boolean, { defaultValue: true, description: "True: keys can be seen afterwards, see `Attempt.review`." })
  allowReview!: boolean;
  @Field(() => Int, { nullable: true, description: "Sittings of one student." })
  attemptLimit?: number | null;
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType()
export class ScheduleTryoutInput {
  @Field(() => ID)
  tryoutId!: string;
  @Field(() => DateTime, { nullable: true, description: "Without it: now." })
  opensAt?: Date | null;
  @Field(() => DateTime, { nullable: true, description: "Needed unless it is for PRACTICE." })
  closesAt?: Date | null;
}

@InputType()
export class CancelTryoutInput {
  @Field(() => ID)
  tryoutId!: string;
}

const id = z.uuid("This is not an id.");
const count = z.int().min(1, "At least 1.").max(200, "At most 200.");
const total = (shares: readonly { readonly count: number }[]): number =>
  shares.reduce((sum, { count }) => sum + count, 0);

const sectionRules = z
  .object({
    subtest: z.string().min(1, "Name a subtest."),
    durationMinutes: z.int().min(1, "At least a minute.").max(300, "At most 300 minutes."),
    itemCount: count.nullish(),
    itemIds: z
      .array(id)
      .max(200, "At most 200.")
      .refine((ids) => new Set(ids).size === ids.length, "An item is named twice."),
    topics: z.array(z.object({ topic: z.string().min(1, "Name a topic."), count })).max(50, "At most 50 topics."),
    difficulties: z.array(z.object({ difficulty: z.enum(DifficultyBands), count })).max(3, "At most 3."),
  })
  .transform((section) => ({ ...section, itemCount: section.itemCount ?? section.itemIds.length }))
  .superRefine(({ itemCount, itemIds, topics, difficulties }, ctx) => {
    const wrong = (path: string, message: string): void => ctx.addIssue({ code: "custom", path: [path], message });
    if (itemCount < Math.max(1, itemIds.length)) wrong("itemCount", "Give at least as many as items are named.");
    if (topics.length > 0 && total(topics) !== itemCount) wrong("topics", `The counts add up to ${total(topics)}.`);
    if (difficulties.length > 0 && total(difficulties) !== itemCount)
      wrong("difficulties", `The counts add up to ${total(difficulties)}.`);
  });

export const createTryoutRules = z
  .object({
    examTypeId: id,
    title: z.string().trim().min(1, "Give a title.").max(200, "A title has at most 200 characters."),
    kind: z.enum(TryoutKind),
    sections: z
      .array(sectionRules)
      .min(1, "Give a section.")
      .max(20, "At most 20 sections.")
      .refine((list) => new Set(list.map(({ subtest }) => subtest)).size === list.length, "A subtest is named twice."),
    targetInformation: z
      .object({
        ability: z.number().min(-6, "From -6 to 6.").max(6, "From -6 to 6."),
        minimum: z.number().min(0, "Not negative."),
      })
      .nullish()
      .transform((value) => value ?? null),
    maximumExposure: z
      .int()
      .min(1, "At least 1.")
      .nullish()
      .transform((value) => value ?? null),
    requiresAccessCode: z.boolean(),
    hasSectionClocks: z.boolean(),
    randomizeItems: z.boolean(),
    showResultsImmediately: z.boolean(),
    allowReview: z.boolean(),
    attemptLimit: z.int().min(1, "At least 1.").max(100, "At most 100.").nullish(),
    idempotencyKey: z.string().min(1, "Give a key.").max(200, "A key has at most 200 characters."),
  })
  .refine(({ kind, showResultsImmediately }) => kind === "SCHEDULED" || showResultsImmediately, {
    path: ["showResultsImmediately"],
    message: "A practice never ends, so its results cannot wait for the end.",
  });
/** What a tryout shall be, checked. */
export type TryoutPlan = Omit<z.output<typeof createTryoutRules>, "idempotencyKey">;

export const scheduleTryoutRules = z.object({
  tryoutId: id,
  opensAt: z.date().nullish(),
  closesAt: z
    .date()
    .nullish()
    .transform((value) => value ?? null),
});
export const cancelTryoutRules = z.object({ tryoutId: id });
