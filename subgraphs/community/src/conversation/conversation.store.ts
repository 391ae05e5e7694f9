import type { PageQuery } from "@lentera/kit";
import type { Transaction } from "../context.js";
import type { Conversation } from "./conversation.type.js";

export function findConversationPage(tx: Transaction, visible: object, page: PageQuery): Promise<Conversation[]> {
  return tx.conversation.findMany({ ...page, where: { AND: [visible, page.where] } });
}

export function countConversations(tx: Transaction, visible: object): Promise<number> {
  return tx.conversation.count({ where: visible });
}

export function findConversations(tx: Transaction, visible: object, ids: readonly string[]): Promise<Conversation[]> {
  return tx.conversation.findMany({ where: { AND: [visible, { id: { in: [...ids] } }] } });
}

/** Who takes part in each conversation, those who joined first in front. */
export async function findParticipantIds(
  tx: Transaction,
  conversationIds: readonly string[],
): Promise<Map<string, string[]>> {
  const participants = await tx.participant.findMany({
    where: { conversationId: { in: [...conversationIds] } },
    orderBy: [{ joinedAt: "asc" }, { userId: "asc" }],
    select: { conversationId: true, userId: true },
  });
  const groups = Map.groupBy(participants, ({ conversationId }) => conversationId);
  return new Map([...groups].map(([id, members]) => [id, members.map(({ userId }) => userId)]));
}

/** How many messages of the others came after the last one that the reader has seen; nothing for 0. */
export async function countUnread(
  tx: Transaction,
  readerId: string,
  conversationIds: readonly string[],
): Promise<Map<string, number>> {
  const counts = await tx.$queryRaw<{ conversationId: string; unread: number }[]>`
    select p.conversation_id as "conversationId", count(*)::int as unread
    from conversation_participants p
    join messages m on m.conversation_id = p.conversation_id and m.sequence > p.read_sequence and m.author_id <> p.user_id
    where p.user_id = ${readerId}::uuid and p.conversation_id = any(${[...conversationIds]}::uuid[])
    group by p.conversation_id`;
  return new Map(counts.map(({ conversationId, unread }) => [conversationId, unread]));
}

/** Notes that the reader has seen everything up to now. @returns false when they do not take part */
export async function markRead(tx: Transaction, readerId: string, conversationId: string): Promise<boolean> {
  const marked = await tx.$executeRaw`
    update conversation_participants p set read_sequence = c.last_sequence
    from conversations c
    where c.id = p.conversation_id and c.id = ${conversationId}::uuid and p.user_id = ${readerId}::uuid`;
  return marked === 1;
}
