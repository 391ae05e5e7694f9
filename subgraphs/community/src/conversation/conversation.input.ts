import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";

@InputType()
export class MarkConversationReadInput {
  @Field(() => ID)
  conversationId!: string;
}

export const conversationId = z.guid("Use the `id` of a conversation.");

export const markConversationReadRules = z.object({ conversationId });
