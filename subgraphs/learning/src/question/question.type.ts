import { DateTime, connectionOf } from "@lentera/kit";
import { ItemKind, ItemStatus } from "@lentera/prisma/learning";
import { Directive, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";

export const CognitiveLevel = {
  REMEMBER: "REMEMBER",
  UNDERSTAND: "UNDERSTAND",
  APPLY: "APPLY",
  ANALYZE: "ANALYZE",
  EVALUATE: "EVALUATE",
  CREATE: "CREATE",
} as const;
export type CognitiveLevel = keyof typeof CognitiveLevel;

export const DifficultyBands = { EASY: "EASY", MEDIUM: "MEDIUM", HARD: "HARD" } as const;

registerEnumType(CognitiveLevel, { name: "CognitiveLevel", description: "Bloom's taxonomy, as revised in 2001." });
registerEnumType(DifficultyBands, {
  name: "DifficultyBand",
  description: "Of the difficulty b: below -0.75 EASY, above 0.75 HARD.",
});
registerEnumType(ItemKind, {
  name: "QuestionKind",
  description:
    "And the response to it. SINGLE_CHOICE: one key. MULTIPLE_CHOICE: all right keys. TRUE_FALSE_TABLE: `A:TRUE` or `A:FALSE` for each statement. NUMERIC: one number, with a decimal point or comma.",
});
registerEnumType(ItemStatus, {
  name: "QuestionStatus",
  description: "DRAFT, REVIEW, APPROVED, PUBLISHED, ARCHIVED. Content changes in a DRAFT alone.",
});

@ObjectType({ description: "An option to choose, or a statement to judge." })
export class QuestionOption {
  @Field(() => String)
  key!: string;
  @Field(() => String, { description: "Text with mathematics as LaTeX between dollar signs." })
  text!: string;
}

@ObjectType({ description: "A question in another language; its keys stay the same." })
export class QuestionTranslation {
  @Field(() => String, { description: "E.g. `en`." })
  language!: string;
  @Field(() => String)
  stem!: string;
  @Field(() => [QuestionOption])
  options!: readonly QuestionOption[];
}

@ObjectType({ description: "An explanation in another language than the question's." })
export class ExplanationTranslation {
  @Field(() => String)
  language!: string;
  @Field(() => String)
  text!: string;
}

@ObjectType({ description: "The three-parameter logistic model of a question, for one examination." })
export class QuestionParameters {
  @Field(() => ID)
  examTypeId!: string;
  @Field(() => Float, { description: "a, above 0." })
  discrimination!: number;
  @Field(() => Float, { description: "b, on the scale of the ability." })
  difficulty!: number;
  @Field(() => Float, { description: "c, from 0 to below 1." })
  guessing!: number;
  @Field(() => DateTime, { nullable: true, description: "Null while the parameters are only an author's guess." })
  calibratedAt!: Date | null;
}

@ObjectType({ description: "What is right, and why: for those whose question it is." })
export class QuestionKey {
  @Field(() => [String], { description: "The response that is all right." })
  correct!: string[];
  @Field(() => Float, { description: "How far a numeric answer may lie from the right one." })
  tolerance!: number;
  @Field(() => String)
  explanation!: string;
  @Field(() => [ExplanationTranslation])
  explanations!: readonly ExplanationTranslation[];
  @Field(() => [QuestionParameters], { description: "The first is of the question's own examination." })
  parameters!: readonly QuestionParameters[];
}

@ObjectType()
export class QuestionUsage {
  @Field(() => Int, { description: "Tryouts it was put into." })
  tryoutCount!: number;
  @Field(() => Int, { description: "Sittings it was shown in." })
  exposureCount!: number;
  @Field(() => DateTime, { nullable: true })
  lastUsedAt!: Date | null;
}

@Directive('@key(fields: "id")')
@ObjectType({ description: "An item of the bank as its authors see it. Students meet it as an `AttemptItem`." })
export class Question {
  @Field(() => ID)
  id!: string;
  @Field(() => ItemStatus)
  status!: ItemStatus;
  @Field(() => ItemKind)
  kind!: ItemKind;
  @Field(() => String, { description: "Code of the subtest, e.g. `PK`." })
  subtest!: string;
  @Field(() => String)
  topic!: string;
  @Field(() => String, { description: "Of the stem, e.g. `id`." })
  language!: string;
  @Field(() => String, { description: "Text with mathematics as LaTeX between dollar signs, verbatim." })
  stem!: string;
  @Field(() => [QuestionOption], { description: "Empty for NUMERIC." })
  options!: QuestionOption[];
  @Field(() => CognitiveLevel)
  cognitiveLevel!: CognitiveLevel;
  @Field(() => [ID], { description: "Files of the pictures that belong to the stem." })
  imageIds!: string[];
  @Field(() => [QuestionTranslation])
  translations!: QuestionTranslation[];
  @Field(() => Int, { description: "Of the content as it stands, counted along the line of revisions." })
  version!: number;
  @Field(() => ID, { nullable: true, description: "The published question whose place this one takes." })
  replacesId!: string | null;
  @Field(() => String, { nullable: true, description: "What the last reviewer wrote." })
  reviewNote!: string | null;
  @Field(() => DateTime)
  createdAt!: Date;
  @Field(() => DateTime, { nullable: true })
  publishedAt!: Date | null;

  examTypeId!: string;
  organizationId!: string | null;
  categoryId!: string | null;
  passageId!: string | null;
  originId!: string | null;
  authorId!: string | null;
  reviewerId!: string | null;
}

export const QuestionConnection = connectionOf(Question);

@ObjectType()
export class QuestionChange {
  @Field(() => String, { description: "E.g. `stem`, `options`, `correct`." })
  field!: string;
  @Field(() => String, { description: "As JSON; `null` in a first version." })
  before!: string;
  @Field(() => String, { description: "As JSON." })
  after!: string;
}

@ObjectType({ description: "The content of a question as somebody saved it. Never changed." })
export class QuestionVersion {
  @Field(() => Int)
  version!: number;
  @Field(() => [QuestionChange])
  changes!: QuestionChange[];
  @Field(() => DateTime)
  createdAt!: Date;

  itemId!: string;
  originId!: string;
  authorId!: string;
}

export const QuestionVersionConnection = connectionOf(QuestionVersion);

@InputType()
export class QuestionFilter {
  @Field(() => ID, { nullable: true })
  examTypeId?: string | null;
  @Field(() => String, { nullable: true })
  subtest?: string | null;
  @Field(() => String, { nullable: true })
  topic?: string | null;
  @Field(() => ID, { nullable: true, description: "The category, or anything below it." })
  categoryId?: string | null;
  @Field(() => [ItemStatus], { nullable: true })
  statuses?: ItemStatus[] | null;
  @Field(() => ItemKind, { nullable: true })
  kind?: ItemKind | null;
  @Field(() => CognitiveLevel, { nullable: true })
  cognitiveLevel?: CognitiveLevel | null;
  @Field(() => String, { nullable: true, description: "Part of the stem or of the topic, in any case." })
  search?: string | null;
  @Field(() => Boolean, { nullable: true, description: "True: only those of the caller's organization." })
  isOwn?: boolean | null;
}

@ObjectType()
class QuestionPayload {
  @Field(() => Question)
  question!: Question;
}
@ObjectType()
export class CreateQuestionPayload extends QuestionPayload {}
@ObjectType()
export class UpdateQuestionPayload extends QuestionPayload {}
@ObjectType()
export class ReviseQuestionPayload extends QuestionPayload {}
@ObjectType()
export class MoveQuestionPayload extends QuestionPayload {}
@ObjectType()
export class SetQuestionParametersPayload extends QuestionPayload {}
