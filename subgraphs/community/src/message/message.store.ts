import type { EachQuery } from "@lentera/kit";
import { Prisma } from "@lentera/prisma/community";
import type { Transaction } from "../context.js";
import type { Message } from "./message.type.js";

const COLUMNS = Prisma.sql`m.id, m.text, m.sent_at as "sentAt", m.conversation_id as "conversationId",
  m.author_id as "authorId", m.sequence`;

/**
 * Puts a message at the end of its conversation; the conversation's row is the queue of those who write at once.
 * @returns its id, or undefined when the author does not take part
 */
export async function insertMessage(
  tx: Transaction,
  { conversationId, authorId, text, sentAt }: Omit<Message, "id" | "sequence">,
): Promise<string | undefined> {
  const [message] = await tx.$queryRaw<{ id: string }[]>`
    with conversation as (
      update conversations
      set last_sequence = last_sequence + 1, last_message_at = greatest(last_message_at, ${sentAt})
      where id = ${conversationId}::uuid
        and id in (select p.conversation_id from conversation_participants p where p.user_id = ${authorId}::uuid)
      returning id, last_sequence
    )
    insert into messages (conversation_id, sequence, author_id, text, sent_at)
    select id, last_sequence, ${authorId}::uuid, ${text}, ${sentAt} from conversation
    returning id`;
  return message?.id;
}

export function findMessages(
  tx: Transaction,
  visibleConversations: object,
  ids: readonly string[],
): Promise<Message[]> {
  return tx.message.findMany({ where: { id: { in: [...ids] }, conversation: visibleConversations } });
}

/** The newest message of each conversation that has one. */
export function findLastMessages(tx: Transaction, conversationIds: readonly string[]): Promise<Message[]> {
  return tx.$queryRaw`
    select ${COLUMNS}
    from conversations c join messages m on m.conversation_id = c.id and m.sequence = c.last_sequence
    where c.id = any(${[...conversationIds]}::uuid[])`;
}

/** The messages of each conversation, newest first. */
export function findMessagePages(
  tx: Transaction,
  conversationIds: readonly string[],
  { take, beyond }: EachQuery,
): Promise<Message[]> {
  return tx.$queryRaw`
    select message.*
    from unnest(${[...conversationIds]}::uuid[]) as conversation(id)
    cross join lateral (
      select ${COLUMNS}
      from messages m
      where m.conversation_id = conversation.id
        and (${beyond === null} or m.sequence < ${Number(beyond?.value ?? 0)})
      order by m.sequence desc
      limit ${take}
    ) message
    order by message.sequence desc`;
}

export async function countMessages(tx: Transaction, conversationIds: readonly string[]): Promise<Map<string, number>> {
  const groups = await tx.message.groupBy({
    by: ["conversationId"],
    where: { conversationId: { in: [...conversationIds] } },
    _count: true,
  });
  return new Map(groups.map((group) => [group.conversationId, group._count]));
}
