import { randomUUID } from "node:crypto";
import type pg from "pg";

/** A pool or a connection of the owner of the tables, who stands above row level security. */
type Database = Pick<pg.ClientBase, "query">;

export interface BuiltConversation {
  readonly id: string;
  readonly participantIds: readonly string[];
}

/** A conversation without messages; between two strangers unless they are given. */
export async function buildConversation(
  db: Database,
  parts: { participantIds?: readonly string[]; startedAt?: Date } = {},
): Promise<BuiltConversation> {
  const { participantIds = [randomUUID(), randomUUID()], startedAt = new Date() } = parts;
  const id = randomUUID();
  await db.query(
    `with conversation as (
       insert into conversations (id, created_at, last_message_at) values ($1, $2, $2) returning id
     )
     insert into conversation_participants (conversation_id, user_id, joined_at)
     select conversation.id, participant.id, $2 from conversation, unnest($3::uuid[]) as participant(id)`,
    [id, startedAt, participantIds],
  );
  return { id, participantIds };
}

export interface BuiltMessage {
  readonly id: string;
  readonly conversation: BuiltConversation;
}

/** The next message of a conversation, which is made when it is not given; by its first participant unless told. */
export async function buildMessage(
  db: Database,
  parts: { conversation?: BuiltConversation; authorId?: string; text?: string; sentAt?: Date } = {},
): Promise<BuiltMessage> {
  const conversation = parts.conversation ?? (await buildConversation(db));
  const { authorId = conversation.participantIds[0], text = "Halo!", sentAt = new Date() } = parts;
  const id = randomUUID();
  await db.query(
    `with conversation as (
       update conversations set last_sequence = last_sequence + 1, last_message_at = greatest(last_message_at, $4)
       where id = $2 returning last_sequence
     )
     insert into messages (id, conversation_id, sequence, author_id, text, sent_at)
     select $1, $2, last_sequence, $3, $5, $4 from conversation`,
    [id, conversation.id, authorId, sentAt, text],
  );
  return { id, conversation };
}

/** Unread news of a scored attempt. @returns its id */
export async function buildNotification(
  db: Database,
  parts: { userId?: string; createdAt?: Date } = {},
): Promise<string> {
  const { userId = randomUUID(), createdAt = new Date() } = parts;
  const id = randomUUID();
  const data = { attemptId: randomUUID(), tryoutTitle: "Tryout 1", scaled: 612.4, points: 120 };
  await db.query(
    "insert into notifications (id, user_id, type, data, created_at) values ($1, $2, 'ATTEMPT_SCORED', $3, $4)",
    [id, userId, data, createdAt],
  );
  return id;
}
