import { Arg, Authorized, Ctx, FieldResolver, ID, Mutation, Resolver, Root, Subscription } from "type-graphql";
import type { CommunityContext } from "../context.js";
import { User } from "../stubs.js";
import { SendMessageInput } from "./message.input.js";
import { getAddedMessage, listenToConversation, sendMessage } from "./message.service.js";
import { Message, MessageAdded, SendMessagePayload } from "./message.type.js";

@Resolver(() => Message)
export class MessageResolver {
  @Authorized()
  @Mutation(() => SendMessagePayload, {
    description:
      "Writes to a conversation in which the caller takes part; everybody who listens to it hears it at once.",
  })
  sendMessage(
    @Ctx() ctx: CommunityContext,
    @Arg("input", () => SendMessageInput) input: SendMessageInput,
  ): Promise<SendMessagePayload> {
    return sendMessage(ctx, input);
  }

  @Authorized()
  @Subscription(() => MessageAdded, {
    description:
      "Each message of a conversation in which the caller takes part, as it is sent. `NOT_FOUND` for others.",
    subscribe: ({ args, context }: { args: { conversationId: string }; context: CommunityContext }) =>
      listenToConversation(context, args.conversationId),
  })
  messageAdded(
    @Ctx() ctx: CommunityContext,
    @Root() messageId: string,
    @Arg("conversationId", () => ID) _conversationId: string,
  ): Promise<MessageAdded> {
    return getAddedMessage(ctx, messageId);
  }

  @FieldResolver(() => User)
  author(@Root() message: Message): User {
    return { id: message.authorId };
  }
}
