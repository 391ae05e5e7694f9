import { type Subgraph, type SubgraphConfiguration, consume, createSubgraphFrom, personalData } from "@lentera/kit";
import { attemptScored } from "@lentera/learning/events";
import { PrismaClient } from "@lentera/prisma/community";
import { CommunityContext, type Transaction } from "./context.js";
import { conversationLoader } from "./conversation/conversation.loader.js";
import { ConversationResolver } from "./conversation/conversation.resolver.js";
import { messageLoader } from "./message/message.loader.js";
import { MessageResolver } from "./message/message.resolver.js";
import { notifyOfScore } from "./notification/notification.job.js";
import { NotificationResolver } from "./notification/notification.resolver.js";
import { PERSONAL_DATA } from "./personal-data/personal-data.store.js";

/** Conversations and notifications. */
export function createSubgraph(configuration: SubgraphConfiguration): Promise<Subgraph> {
  return createSubgraphFrom<Transaction, PrismaClient, CommunityContext>(
    {
      name: "community",
      resolvers: [ConversationResolver, MessageResolver, NotificationResolver],
      references: {
        Conversation: ({ id }, ctx) => conversationLoader(ctx).load(id),
        Message: ({ id }, ctx) => messageLoader(ctx).load(id),
      },
      createClient: (adapter) => new PrismaClient({ adapter }),
      createContext: (db, identity, { pubSub, clock }) => new CommunityContext(db, identity, pubSub, clock),
      consumers: [consume(attemptScored, notifyOfScore), ...personalData("community", PERSONAL_DATA)],
    },
    configuration,
  );
}
