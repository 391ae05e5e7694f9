import { LenteraError, requirePermission, requireSignedIn, validate } from "@lentera/kit";
import type { CommunityContext } from "../context.js";
import { conversationLoader } from "../conversation/conversation.loader.js";
import { type SendMessageInput, sendMessageRules } from "./message.input.js";
import { messageLoader } from "./message.loader.js";
import * as store from "./message.store.js";
import type { MessageAdded, SendMessagePayload } from "./message.type.js";

/** Where the ids of a conversation's new messages are called out. Ids only: who listens reads with their own rights. */
function topicOf(conversationId: string): string {
  return `community:messages:${conversationId}`;
}

/**
 * Sends a message to a conversation, once per idempotency key.
 * @throws INSUFFICIENT_PERMISSIONS for a role that only reads
 * @throws VALIDATION_ERROR for an empty or too long text
 * @throws NOT_FOUND for a conversation in which the viewer does not take part
 * @throws IDEMPOTENCY_CONFLICT for a key that sent something else
 */
export async function sendMessage(ctx: CommunityContext, input: SendMessageInput): Promise<SendMessagePayload> {
  requirePermission(ctx.viewer, "messages:send");
  const { userId } = requireSignedIn(ctx.viewer);
  const { idempotencyKey, ...message } = validate(sendMessageRules, input);
  const added: string[] = [];
  const once = { command: "sendMessage", key: idempotencyKey, input: message };
  const id = await ctx.transactionOnce(once, async (tx) => {
    const inserted = await store.insertMessage(tx, { ...message, authorId: userId, sentAt: ctx.now() });
    if (inserted === undefined) throw new LenteraError("NOT_FOUND");
    added.push(inserted);
    return inserted;
  });
  for (const messageId of added) ctx.pubSub.publish(topicOf(message.conversationId), messageId);
  return { message: await messageLoader(ctx).load(id) };
}

/**
 * The ids of the messages that are sent to a conversation from now on.
 * @throws UNAUTHORIZED for nobody
 * @throws NOT_FOUND for a conversation in which the viewer does not take part
 */
export async function listenToConversation(
  ctx: CommunityContext,
  conversationId: string,
): Promise<AsyncIterable<unknown>> {
  const { id } = await conversationLoader(ctx).load(conversationId);
  return ctx.pubSub.subscribe(topicOf(id));
}

/** A message that has just been called out. @throws NOT_FOUND for those who have left the conversation meanwhile */
export async function getAddedMessage(ctx: CommunityContext, messageId: string): Promise<MessageAdded> {
  return { message: await messageLoader(ctx).load(messageId) };
}
