import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";
import { conversationId } from "../conversation/conversation.input.js";

@InputType()
export class SendMessageInput {
  @Field(() => ID)
  conversationId!: string;

  @Field(() => String, { description: "1 to 4000 characters; white space at both ends is cut off." })
  text!: string;

  @Field(() => String, { description: "The caller's own name for this sending: repeating it sends nothing twice." })
  idempotencyKey!: string;
}

const MAXIMUM_TEXT_LENGTH = 4000;

/** PostgreSQL stores every character but this one. */
const storable = (text: string): boolean => !text.includes("\u0000");

export const sendMessageRules = z.object({
  conversationId,
  text: z
    .string()
    .trim()
    .min(1, "Write something first.")
    .max(MAXIMUM_TEXT_LENGTH, `A message has at most ${MAXIMUM_TEXT_LENGTH} characters.`)
    .refine(storable, "A message cannot hold the character U+0000."),
  idempotencyKey: z
    .string()
    .min(1, "Choose a key, for example a random UUID.")
    .max(200, "A key has at most 200 characters.")
    .refine(storable, "A key cannot hold the character U+0000."),
});
