import { connectionOf } from "@lentera/kit";
import { Directive, Field, ID, ObjectType } from "type-graphql";

@Directive('@key(fields: "id")')
@ObjectType({ description: "What 2 to 50 people write to each other. Nobody else can read it, not even staff." })
export class Conversation {
  @Field(() => ID)
  id!: string;

  /** Of the last message, or of the beginning while there is none. */
  lastMessageAt!: Date;
}

export const ConversationConnection = connectionOf(Conversation);

@ObjectType()
export class MarkConversationReadPayload {
  @Field(() => Conversation)
  conversation!: Conversation;
}
