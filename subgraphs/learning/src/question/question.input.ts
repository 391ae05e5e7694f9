import { ItemKind, ItemStatus } from "@lentera/prisma/learning";
import { Field, Float, ID, InputType } from "type-graphql";
import { z } from "zod";
import { problemOfMathematics } from "./latex.rules.js";
import { CognitiveLevel } from "./question.type.js";
import { parseNumber } from "./response.rules.js";

@InputType()
export class QuestionOptionInput {
  @Field(() => String, { description: "Up to 10 letters and digits, e.g. `A`." })
  key!: string;
  @Field(() => String)
  text!: string;
}

@InputType()
export class QuestionTranslationInput {
  @Field(() => String, { description: "E.g. `en`." })
  language!: string;
  @Field(() => String)
  stem!: string;
  @Field(() => [QuestionOptionInput], { defaultValue: [], description: "With the keys of the question itself." })
  options!: QuestionOptionInput[];
  @Field(() => String, { defaultValue: "" })
  explanation!: string;
}

@InputType()
export class QuestionContentInput {
  @Field(() => ID)
  examTypeId!: string;
  @Field(() => String, { description: "Code of a subtest of the examination." })
  subtest!: string;
  @Field(() => String)
  topic!: string;
  @Field(() => ID, { nullable: true })
  categoryId?: string | null;
  @Field(() => ID, { nullable: true })
  passageId?: string | null;
  @Field(() => ItemKind)
  kind!: ItemKind;
  @Field(() => String, { defaultValue: "id" })
  language!: string;
  @Field(() => CognitiveLevel)
  cognitiveLevel!: CognitiveLevel;
  @Field(() => String, { description: "Text with mathematics as LaTeX between dollar signs." })
  stem!: string;
  @Field(() => [QuestionOptionInput], { defaultValue: [], description: "Options or statements; none for NUMERIC." })
  options!: QuestionOptionInput[];
  @Field(() => [String], { description: "The response that is all right; see `QuestionKind`." })
  correct!: string[];
  @Field(() => Float, { defaultValue: 0, description: "How far a numeric answer may lie from the right one." })
  tolerance!: number;
  @Field(() => String)
  explanation!: string;
  @Field(() => [ID], { defaultValue: [], description: "Files of pictures." })
  imageIds!: string[];
  @Field(() => [QuestionTranslationInput], { defaultValue: [] })
  translations!: QuestionTranslationInput[];
}

@InputType()
export class CreateQuestionInput {
  @Field(() => QuestionContentInput)
  content!: QuestionContentInput;
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType()
export class UpdateQuestionInput {
  @Field(() => ID)
  questionId!: string;
  @Field(() => QuestionContentInput, { description: "The whole content as it shall stand." })
  content!: QuestionContentInput;
}

@InputType()
export class ReviseQuestionInput {
  @Field(() => ID, { description: "A PUBLISHED question." })
  questionId!: string;
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType()
export class MoveQuestionInput {
  @Field(() => ID)
  questionId!: string;
  @Field(() => ItemStatus)
  to!: ItemStatus;
  @Field(() => String, { nullable: true, description: "From the reviewer to the author." })
  note?: string | null;
}

@InputType()
export class SetQuestionParametersInput {
  @Field(() => ID)
  questionId!: string;
  @Field(() => ID)
  examTypeId!: string;
  @Field(() => Float)
  discrimination!: number;
  @Field(() => Float)
  difficulty!: number;
  @Field(() => Float)
  guessing!: number;
}

const id = z.uuid("This is not an id.");
const idempotencyKey = z.string().min(1, "Give a key.").max(200, "A key has at most 200 characters.");
const LONGEST_TEXT = 20_000;

/** Text that is shown: not endless, and with its mathematics closed. Kept as it was written. */
const text = z
  .string()
  .max(LONGEST_TEXT, `A text has at most ${LONGEST_TEXT} characters.`)
  .superRefine((value, ctx) => {
    const message = problemOfMathematics(value);
    if (message !== undefined) ctx.addIssue({ code: "custom", message });
  });
const filled = text.refine((value) => value.trim() !== "", "Write something.");
const label = z.string().trim().min(1, "Write something.").max(100, "At most 100 characters.");
const language = z.string().regex(/^[a-z]{2}$/, "A language is two small letters, e.g. id.");
const options = z
  .array(
    z.object({
      key: z.string().regex(/^[A-Za-z0-9]{1,10}$/, "A key has 1 to 10 letters and digits."),
      text: filled,
    }),
  )
  .max(20, "At most 20 options.")
  .refine((list) => new Set(list.map(({ key }) => key)).size === list.length, "Two options have the same key.");

export const contentRules = z
  .object({
    examTypeId: id,
    subtest: label,
    topic: label,
    categoryId: id.nullish().transform((value) => value ?? null),
    passageId: id.nullish().transform((value) => value ?? null),
    kind: z.enum(ItemKind),
    language,
    cognitiveLevel: z.enum(CognitiveLevel),
    stem: filled,
    options,
    correct: z.array(z.string()).min(1, "Say what is right.").max(20, "At most 20 parts."),
    tolerance: z.number().min(0, "A tolerance is not negative.").max(1e15, "A tolerance is at most 10^15."),
    explanation: text,
    imageIds: z.array(id).max(10, "At most 10 pictures."),
    translations: z
      .array(z.object({ language, stem: filled, options, explanation: text }))
      .max(10, "At most 10 translations.")
      .refine((list) => new Set(list.map((one) => one.language)).size === list.length, "Two are of the same language."),
  })
  .superRefine(({ kind, options, correct, tolerance, translations }, ctx) => {
    const wrong = (path: (string | number)[], message: string): void => ctx.addIssue({ code: "custom", path, message });
    const keys = options.map(({ key }) => key);
    if (kind === "NUMERIC" ? keys.length > 0 : keys.length < (kind === "TRUE_FALSE_TABLE" ? 1 : 2))
      wrong(["options"], OPTIONS_OF[kind]);
    if (!isKey(kind, keys, correct)) wrong(["correct"], KEY_OF[kind]);
    if (kind !== "NUMERIC" && tolerance !== 0) wrong(["tolerance"], "Only a number has a tolerance.");
    for (const [index, translation] of translations.entries())
      if (translation.options.map(({ key }) => key).join() !== keys.join())
        wrong(["translations", index, "options"], "A translation has the same keys in the same order.");
  });

/** A question's content, checked. */
export type QuestionContent = z.output<typeof contentRules>;

const OPTIONS_OF: Readonly<Record<ItemKind, string>> = {
  SINGLE_CHOICE: "Give at least two options.",
  MULTIPLE_CHOICE: "Give at least two options.",
  TRUE_FALSE_TABLE: "Give at least one statement.",
  NUMERIC: "A numeric question has no options.",
};
const KEY_OF: Readonly<Record<ItemKind, string>> = {
  SINGLE_CHOICE: "Name the key of the one right option.",
  MULTIPLE_CHOICE: "Name the keys of the right options, each once.",
  TRUE_FALSE_TABLE: "Judge every statement once, e.g. A:TRUE and B:FALSE.",
  NUMERIC: "Write one number.",
};

function isKey(kind: ItemKind, keys: readonly string[], correct: readonly string[]): boolean {
  const distinct = new Set(correct).size === correct.length;
  switch (kind) {
    case "SINGLE_CHOICE":
      return correct.length === 1 && correct.every((key) => keys.includes(key));
    case "MULTIPLE_CHOICE":
      return distinct && correct.every((key) => keys.includes(key));
    case "TRUE_FALSE_TABLE":
      return (
        correct.length === keys.length &&
        keys.every((key) => correct.includes(`${key}:TRUE`) !== correct.includes(`${key}:FALSE`))
      );
    case "NUMERIC":
      return correct.length === 1 && parseNumber(correct[0] ?? "") !== undefined;
  }
}

export const createRules = z.object({ content: contentRules, idempotencyKey });
export const updateRules = z.object({ questionId: id, content: contentRules });
export const reviseRules = z.object({ questionId: id, idempotencyKey });
export const moveRules = z.object({
  questionId: id,
  to: z.enum(ItemStatus),
  note: z.string().trim().max(2000, "A note has at most 2000 characters.").nullish(),
});
export const parametersRules = z.object({
  questionId: id,
  examTypeId: id,
  discrimination: z.number().gt(0, "Above 0.").max(10, "At most 10."),
  difficulty: z.number().min(-10, "From -10 to 10.").max(10, "From -10 to 10."),
  guessing: z.number().min(0, "From 0 to below 1.").lt(1, "From 0 to below 1."),
});
