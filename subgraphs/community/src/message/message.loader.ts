import { LenteraError, defineLoader, definePageLoader, inOrderOf, paginateEach, requireSignedIn } from "@lentera/kit";
import type { CommunityContext } from "../context.js";
import { visibleTo } from "../conversation/conversation.policy.js";
import * as store from "./message.store.js";
import type { Message } from "./message.type.js";

/** Messages by id, for those who take part in their conversation at this moment. */
export const messageLoader = defineLoader<CommunityContext, string, Message>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await store.findMessages(ctx.db, visibleTo(requireSignedIn(ctx.viewer)), ids),
    ({ id }) => id,
    () => new LenteraError("NOT_FOUND"),
  ),
);

/** The newest message of each conversation. */
export const lastMessageLoader = defineLoader<CommunityContext, string, Message | null>(async (ctx, conversationIds) =>
  inOrderOf(
    conversationIds,
    await store.findLastMessages(ctx.db, conversationIds),
    ({ conversationId }) => conversationId,
    () => null,
  ),
);

/** One page of messages, newest first, for each conversation. */
export const messagesLoader = definePageLoader<CommunityContext, Message>((ctx, conversationIds, args) =>
  paginateEach({
    args,
    parentIds: conversationIds,
    rows: (query) => store.findMessagePages(ctx.db, conversationIds, query),
    parentOf: ({ conversationId }) => conversationId,
    sortValueOf: ({ sequence }) => String(sequence),
    counts: () => store.countMessages(ctx.db, conversationIds),
  }),
);
