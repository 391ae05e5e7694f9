import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";

@InputType()
export class ImpersonateInput {
  @Field(() => ID)
  userId!: string;
  @Field(() => String, { description: "At least 10 characters; the person reads it." })
  reason!: string;
}

export const impersonateRules = z.object({
  userId: z.uuid("This is not an id."),
  reason: z
    .string()
    .trim()
    .min(10, "Say in at least 10 characters why you need to act as this person.")
    .max(1000, "A reason has at most 1000 characters."),
});

@InputType()
export class EndImpersonationInput {
  @Field(() => ID, { description: "By the admin who began it, as themselves or with the token it gave." })
  id!: string;
}
