import { DateTime } from "@lentera/kit";
import { Field, ID, InputType, Int } from "type-graphql";
import { z } from "zod";

@InputType()
export class StartAttemptInput {
  @Field(() => ID)
  tryoutId!: string;
  @Field(() => String, { nullable: true, description: "When `Tryout.requiresAccessCode`." })
  accessCode?: string | null;
  @Field(() => String, { description: "Chosen by the client; the same key gives the same attempt again." })
  idempotencyKey!: string;
}

@InputType()
export class AnswerInput {
  @Field(() => ID, { description: "A UUID chosen by the client; sending it again changes nothing." })
  clientId!: string;
  @Field(() => ID)
  itemId!: string;
  @Field(() => [String], {
    description: "As the kind of the item wants it, see `QuestionKind`; empty takes the answer back.",
  })
  response!: string[];
  @Field(() => DateTime, {
    description: "When the student answered, by their clock; the latest answer to an item counts.",
  })
  answeredAt!: Date;
  @Field(() => Int, { description: "Time spent on the item so far." })
  elapsedMs!: number;
}

@InputType()
export class SaveAnswersInput {
  @Field(() => ID)
  attemptId!: string;
  @Field(() => [AnswerInput], { description: "At most 500." })
  answers!: AnswerInput[];
}

@InputType()
export class SubmitAttemptInput {
  @Field(() => ID)
  attemptId!: string;
}

const id = z.uuid("This is not an id.");

export const startAttemptRules = z.object({
  tryoutId: id,
  accessCode: z.string().max(20, "A code has at most 20 characters.").nullish(),
  idempotencyKey: z.string().min(1, "Give a key.").max(200, "A key has at most 200 characters."),
});

export const saveAnswersRules = z.object({
  attemptId: id,
  answers: z
    .array(
      z.object({
        clientId: id,
        itemId: id,
        response: z.array(z.string().max(200)).max(20, "An answer has at most 20 parts."),
        answeredAt: z.date(),
        elapsedMs: z.int().min(0, "Elapsed time is not negative."),
      }),
    )
    .max(500, "Send at most 500 answers at once."),
});
export type ParsedAnswer = z.output<typeof saveAnswersRules>["answers"][number];

export const submitAttemptRules = z.object({ attemptId: id });
