import { type ConnectionArguments, LenteraError, type Page, paginate, requireSignedIn, validate } from "@lentera/kit";
import type { CommunityContext } from "../context.js";
import { type MarkConversationReadInput, markConversationReadRules } from "./conversation.input.js";
import { conversationLoader } from "./conversation.loader.js";
import { visibleTo } from "./conversation.policy.js";
import * as store from "./conversation.store.js";
import type { Conversation, MarkConversationReadPayload } from "./conversation.type.js";

/** The viewer's conversations, the liveliest first. */
export async function listConversations(ctx: CommunityContext, args: ConnectionArguments): Promise<Page<Conversation>> {
  const visible = visibleTo(requireSignedIn(ctx.viewer));
  return paginate<Conversation>({
    args,
    orderBy: [
      { field: "lastMessageAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (page) => store.findConversationPage(ctx.db, visible, page),
    count: () => store.countConversations(ctx.db, visible),
  });
}

/** @throws NOT_FOUND for a conversation in which the viewer does not take part */
export function getConversation(ctx: CommunityContext, id: string): Promise<Conversation> {
  return conversationLoader(ctx).load(id);
}

/**
 * Notes that the viewer has read everything that a conversation holds now.
 * @throws VALIDATION_ERROR for what is no id
 * @throws NOT_FOUND for a conversation in which the viewer does not take part
 */
export async function markConversationRead(
  ctx: CommunityContext,
  input: MarkConversationReadInput,
): Promise<MarkConversationReadPayload> {
  const { conversationId } = validate(markConversationReadRules, input);
  const { userId } = requireSignedIn(ctx.viewer);
  const marked = await ctx.transaction((tx) => store.markRead(tx, userId, conversationId));
  if (!marked) throw new LenteraError("NOT_FOUND");
  return { conversation: await getConversation(ctx, conversationId) };
}
