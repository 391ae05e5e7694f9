import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { CommunityContext } from "../context.js";
import { lastMessageLoader, messagesLoader } from "../message/message.loader.js";
import { Message, MessageConnection } from "../message/message.type.js";
import { User } from "../stubs.js";
import { MarkConversationReadInput } from "./conversation.input.js";
import { participantsLoader, unreadCountLoader } from "./conversation.loader.js";
import { getConversation, listConversations, markConversationRead } from "./conversation.service.js";
import { Conversation, ConversationConnection, MarkConversationReadPayload } from "./conversation.type.js";

@Resolver(() => Conversation)
export class ConversationResolver {
  @Authorized()
  @Query(() => ConversationConnection, {
    description: "The caller's conversations, the one with the newest message first.",
  })
  conversations(
    @Ctx() ctx: CommunityContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Conversation>> {
    return listConversations(ctx, args);
  }

  @Authorized()
  @Query(() => Conversation, { description: "`NOT_FOUND` for everybody who does not take part." })
  conversation(@Ctx() ctx: CommunityContext, @Arg("id", () => ID) id: string): Promise<Conversation> {
    return getConversation(ctx, id);
  }

  @Authorized()
  @Mutation(() => MarkConversationReadPayload, {
    description: "The caller has read everything up to now: `unreadCount` becomes 0.",
  })
  markConversationRead(
    @Ctx() ctx: CommunityContext,
    @Arg("input", () => MarkConversationReadInput) input: MarkConversationReadInput,
  ): Promise<MarkConversationReadPayload> {
    return markConversationRead(ctx, input);
  }

  @FieldResolver(() => [User], { description: "Everybody who reads and writes here, 2 to 50, the caller among them." })
  participants(@Ctx() ctx: CommunityContext, @Root() root: Conversation): Promise<User[]> {
    return participantsLoader(ctx).load(root.id);
  }

  @FieldResolver(() => Message, { nullable: true, description: "The newest message; null before the first one." })
  lastMessage(@Ctx() ctx: CommunityContext, @Root() root: Conversation): Promise<Message | null> {
    return lastMessageLoader(ctx).load(root.id);
  }

  @FieldResolver(() => MessageConnection, { description: "Newest first; paged forward, that is into the past." })
  messages(
    @Ctx() ctx: CommunityContext,
    @Root() root: Conversation,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Message>> {
    return messagesLoader(ctx).load({ parentId: root.id, args });
  }

  @FieldResolver(() => Int, { description: "How many messages of the others the caller has not read." })
  unreadCount(@Ctx() ctx: CommunityContext, @Root() root: Conversation): Promise<number> {
    return unreadCountLoader(ctx).load(root.id);
  }
}
