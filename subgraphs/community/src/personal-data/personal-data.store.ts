import type { PersonalRecord } from "@lentera/kit";

/** Everything that this subgraph stores about people. */
export const PERSONAL_DATA: readonly PersonalRecord[] = [
  {
    name: "conversations",
    rows: "select conversation_id, read_sequence, joined_at from conversation_participants where user_id = $1::uuid",
    erasure: { kept: "The other side keeps the conversation; it says nothing of who somebody is." },
  },
  {
    name: "messages",
    rows: "select id, conversation_id, sequence, text, sent_at from messages where author_id = $1::uuid",
    erasure: ["update messages set text = '—' where author_id = $1::uuid"],
  },
  {
    name: "notifications",
    rows: "select id, type, data, created_at, read_at from notifications where user_id = $1::uuid",
    erasure: ["delete from notifications where user_id = $1::uuid"],
  },
];
