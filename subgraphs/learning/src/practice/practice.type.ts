import { DateTime, connectionOf } from "@lentera/kit";
import { ItemKind, PracticeEnd } from "@lentera/prisma/learning";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { AttemptOption, Passage, Score } from "../attempt/attempt.type.js";

registerEnumType(PracticeEnd, {
  name: "PracticeEnd",
  description:
    "PRECISION: the estimate is as sure as wanted. CLASSIFICATION: surely above or below the wanted score. LENGTH: so many items were wanted. EXHAUSTED: there are no more items. STUDENT: the student ended it.",
});

@ObjectType({
  description: "A run of practice that gives each item by the answers to those before it. Only for the student.",
})
export class PracticeSession {
  @Field(() => ID)
  id!: string;
  @Field(() => String, { nullable: true, description: "Null: all of the exam." })
  subtest!: string | null;
  @Field(() => Int, { description: "Scored items at most." })
  maximumItems!: number;
  @Field(() => DateTime)
  startedAt!: Date;
  @Field(() => DateTime, { nullable: true, description: "Null while it is open." })
  endedAt!: Date | null;
  @Field(() => PracticeEnd, { nullable: true, description: "Null while it is open." })
  endReason!: PracticeEnd | null;

  examTypeId!: string;
  ability!: number;
  abilityError!: number;
}

export const PracticeSessionConnection = connectionOf(PracticeSession);

@ObjectType({ description: "An item as it is given in practice: without its key." })
export class PracticeItem {
  @Field(() => ID)
  id!: string;
  @Field(() => Int, { description: "From 1, in the order in which they were given." })
  position!: number;
  @Field(() => String)
  subtest!: string;
  @Field(() => String)
  topic!: string;
  @Field(() => ItemKind, { description: "How to answer it." })
  kind!: ItemKind;
  @Field(() => Passage, { nullable: true })
  passage!: Passage | null;
  @Field(() => String, { description: "Text with mathematics as LaTeX between dollar signs." })
  stem!: string;
  @Field(() => [AttemptOption])
  options!: AttemptOption[];
}

@ObjectType({ description: "What became of one answer." })
export class PracticeResult {
  @Field(() => ID)
  clientId!: string;
  @Field(() => ID)
  itemId!: string;
  @Field(() => Boolean)
  isRight!: boolean;
  @Field(() => [String], {
    nullable: true,
    description: "Keys of all right options; null for an item that is being tried out, which does not count.",
  })
  rightKeys!: string[] | null;
  @Field(() => String, { nullable: true, description: "Null for an item that is being tried out." })
  explanation!: string | null;
  @Field(() => Score, { description: "The estimate after this answer." })
  estimate!: Score;
}

@ObjectType()
export class StartPracticePayload {
  @Field(() => PracticeSession)
  session!: PracticeSession;
}

@ObjectType()
export class AnswerPracticePayload {
  @Field(() => PracticeSession)
  session!: PracticeSession;
  @Field(() => PracticeResult)
  result!: PracticeResult;
}

@ObjectType()
export class EndPracticePayload {
  @Field(() => PracticeSession)
  session!: PracticeSession;
}
