import { LenteraError, defineLoader, inOrderOf, requireSignedIn } from "@lentera/kit";
import type { CommunityContext } from "../context.js";
import type { User } from "../stubs.js";
import { conversationId } from "./conversation.input.js";
import { visibleTo } from "./conversation.policy.js";
import * as store from "./conversation.store.js";
import type { Conversation } from "./conversation.type.js";

export const conversationLoader = defineLoader<CommunityContext, string, Conversation>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await store.findConversations(
      ctx.db,
      visibleTo(requireSignedIn(ctx.viewer)),
      ids.filter((id) => conversationId.safeParse(id).success),
    ),
    ({ id }) => id,
    () => new LenteraError("NOT_FOUND"),
  ),
);

export const participantsLoader = defineLoader<CommunityContext, string, User[]>(async (ctx, conversationIds) => {
  const participantIds = await store.findParticipantIds(ctx.db, conversationIds);
  return conversationIds.map((conversationId) => (participantIds.get(conversationId) ?? []).map((id) => ({ id })));
});

export const unreadCountLoader = defineLoader<CommunityContext, string, number>(async (ctx, conversationIds) => {
  const counts = await store.countUnread(ctx.db, requireSignedIn(ctx.viewer).userId, conversationIds);
  return conversationIds.map((conversationId) => counts.get(conversationId) ?? 0);
});
