import { DateTime, connectionOf } from "@lentera/kit";
import { AttemptStatus, ItemKind } from "@lentera/prisma/learning";
import { Directive, Field, Float, ID, Int, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(AttemptStatus, {
  name: "AttemptStatus",
  description:
    "IN_PROGRESS until it is submitted or its time is over, SUBMITTED while it waits for its score, then SCORED.",
});

@Directive('@key(fields: "id")')
@ObjectType({ description: "One sitting of a tryout by one student." })
export class Attempt {
  @Field(() => ID)
  id!: string;
  @Field(() => AttemptStatus)
  status!: AttemptStatus;
  @Field(() => DateTime)
  startedAt!: Date;
  @Field(() => DateTime, { description: "By the server's clock. What is saved by then counts, submitted or not." })
  deadline!: Date;
  @Field(() => DateTime, { nullable: true })
  submittedAt!: Date | null;

  tryoutId!: string;
  studentId!: string;
  organizationId!: string | null;
  /** What the order of the items is drawn from. */
  seed!: number;
}

export const AttemptConnection = connectionOf(Attempt);

@ObjectType({ description: "A text to which several items refer." })
export class Passage {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  title!: string;
  @Field(() => String, { description: "Paragraphs are separated by blank lines." })
  text!: string;
}

@ObjectType()
export class AttemptOption {
  @Field(() => String, { description: "What to send as the response." })
  key!: string;
  @Field(() => String)
  text!: string;
}

@ObjectType({ description: "An item in another language; its keys stay the same." })
export class AttemptItemTranslation {
  @Field(() => String, { description: "E.g. `en`." })
  language!: string;
  @Field(() => String)
  stem!: string;
  @Field(() => [AttemptOption])
  options!: AttemptOption[];
}

@ObjectType({ description: "An item as the student sees it: without its key." })
export class AttemptItem {
  @Field(() => ID)
  id!: string;
  @Field(() => Int, { description: "From 1, in the order of the sitting." })
  position!: number;
  @Field(() => String)
  subtest!: string;
  @Field(() => Passage, { nullable: true })
  passage!: Passage | null;
  @Field(() => String, { description: "Text with mathematics as LaTeX between dollar signs." })
  stem!: string;
  @Field(() => ItemKind)
  kind!: ItemKind;
  @Field(() => [AttemptOption], { description: "Options or statements; empty for NUMERIC." })
  options!: AttemptOption[];
  @Field(() => [ID], { description: "Files of the pictures that belong to the stem." })
  imageIds!: string[];
  @Field(() => [AttemptItemTranslation])
  translations!: AttemptItemTranslation[];
  @Field(() => [String], { description: "The keys that are saved at the moment; empty for none." })
  response!: readonly string[];
}

@ObjectType({ description: "A section of a sitting, with when it is worked on by the server's clock." })
export class AttemptSection {
  @Field(() => String)
  subtest!: string;
  @Field(() => DateTime)
  opensAt!: Date;
  @Field(() => DateTime, { description: "There is no way back afterwards." })
  closesAt!: Date;
}

@ObjectType({ description: "An item with its key, when review is allowed." })
export class ReviewedItem {
  @Field(() => ID)
  itemId!: string;
  @Field(() => [String])
  response!: readonly string[];
  @Field(() => Boolean)
  isRight!: boolean;
  @Field(() => Float, { description: "The share of the points, from 0 to 1." })
  credit!: number;
  @Field(() => [String], { description: "The response that is all right; see `QuestionKind`." })
  correct!: readonly string[];
  @Field(() => String)
  explanation!: string;
}

@ObjectType({ description: "A 95 % interval in points of the scale." })
export class ScoreInterval {
  @Field(() => Float)
  low!: number;
  @Field(() => Float)
  high!: number;
}

@ObjectType({ description: "An estimate of what the student can do, with how sure it is." })
export class Score {
  @Field(() => Float, {
    description: "On the scale of the exam type, e.g. 200 to 1000. An estimate, not an official score.",
  })
  scaled!: number;
  @Field(() => Float, {
    description: "EAP of the three-parameter logistic model; 0 is the norm group's mean, 1 its deviation.",
  })
  ability!: number;
  @Field(() => Float, { description: "Of `scaled`, in points." })
  standardError!: number;
  @Field(() => ScoreInterval)
  interval!: ScoreInterval;
}

@ObjectType()
export class SubtestScore {
  @Field(() => String)
  subtest!: string;
  @Field(() => Float)
  scaled!: number;
  @Field(() => Float, { description: "Of `scaled`, in points." })
  standardError!: number;
  @Field(() => Int, { description: "Items answered right." })
  correct!: number;
  @Field(() => Int)
  total!: number;
}

export enum AnswerStatus {
  SAVED = "SAVED",
  ALREADY_SAVED = "ALREADY_SAVED",
  REJECTED_UNKNOWN_ITEM = "REJECTED_UNKNOWN_ITEM",
  REJECTED_INVALID_RESPONSE = "REJECTED_INVALID_RESPONSE",
  REJECTED_LATE = "REJECTED_LATE",
  REJECTED_NOT_OPEN = "REJECTED_NOT_OPEN",
}
registerEnumType(AnswerStatus, {
  name: "AnswerStatus",
  description:
    "SAVED and ALREADY_SAVED: the server holds the answer. REJECTED_…: it does not, and sending it again will not help (NOT_OPEN: not before the section opens).",
});

@ObjectType()
export class AnswerResult {
  @Field(() => ID)
  clientId!: string;
  @Field(() => AnswerStatus)
  status!: AnswerStatus;
}

@ObjectType()
export class StartAttemptPayload {
  @Field(() => Attempt)
  attempt!: Attempt;
}

@ObjectType()
export class SaveAnswersPayload {
  @Field(() => Attempt)
  attempt!: Attempt;
  @Field(() => [AnswerResult], { description: "One for each answer sent, in the same order." })
  results!: AnswerResult[];
}

@ObjectType()
export class SubmitAttemptPayload {
  @Field(() => Attempt)
  attempt!: Attempt;
}
