import { DateTime, connectionOf } from "@lentera/kit";
import { Directive, Field, ID, ObjectType } from "type-graphql";

@Directive('@key(fields: "id")')
@ObjectType({ description: "What one participant of a conversation has written. It never changes." })
export class Message {
  @Field(() => ID)
  id!: string;
  @Field(() => String, { description: "Plain text of 1 to 4000 characters." })
  text!: string;
  @Field(() => DateTime)
  sentAt!: Date;

  conversationId!: string;
  authorId!: string;
  /** Counts from 1 in each conversation. */
  sequence!: number;
}

export const MessageConnection = connectionOf(Message);

@ObjectType()
export class SendMessagePayload {
  @Field(() => Message)
  message!: Message;
}

@ObjectType()
export class MessageAdded {
  @Field(() => Message)
  message!: Message;
}
