import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";

@InputType()
export class RequestDataExportInput {
  @Field(() => String, { description: "The same key again gives the first answer again." })
  idempotencyKey!: string;
}

@InputType()
export class RequestErasureInput {
  @Field(() => String, { description: "The same key again gives the first answer again." })
  idempotencyKey!: string;
}

export const keyRules = z.object({
  idempotencyKey: z.string().min(1, "Give a key.").max(200, "A key has at most 200 characters."),
});

@InputType()
export class CancelErasureInput {
  @Field(() => ID)
  id!: string;
}
