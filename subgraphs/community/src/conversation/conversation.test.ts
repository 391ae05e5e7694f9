import { randomUUID } from "node:crypto";
import { anonymous, asViewer } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildConversation, buildMessage } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

let community: TestSubgraph;
beforeAll(async () => {
  community = await startTestSubgraph("community", createSubgraph);
});
afterAll(() => community.stop());

interface Connection<Node> {
  edges: { cursor: string; node: Node }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  totalCount: number;
}
interface Conversation {
  id: string;
  unreadCount: number;
  participants: { id: string }[];
  lastMessage: { text: string; sentAt: string; author: { id: string } } | null;
  messages: Connection<{ text: string }>;
}

const CONVERSATIONS = `query ($first: Int, $after: String) {
  conversations(first: $first, after: $after) {
    edges { node { id unreadCount participants { id } lastMessage { text sentAt author { id } } messages(first: 2) { edges { node { text } } totalCount } } }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;
const CONVERSATION = `query ($id: ID!, $first: Int, $after: String) {
  conversation(id: $id) { id unreadCount messages(first: $first, after: $after) { edges { node { text } } pageInfo { hasNextPage endCursor } totalCount } }
}`;
const MARK_READ = `mutation ($id: ID!) {
  markConversationRead(input: { conversationId: $id }) { conversation { id unreadCount } }
}`;

const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);

/** Child and parent with one conversation, in which the parent has written `texts` one after the other. */
async function family(texts: readonly string[] = []) {
  const child = buildViewer({ permissions: ["messages:send"] });
  const parent = buildViewer({ role: "GUARDIAN", permissions: ["messages:send"] });
  const participantIds = [child.userId, parent.userId];
  const conversation = await buildConversation(community.owner, { participantIds, startedAt: minutesAgo(100) });
  for (const [index, text] of texts.entries())
    await buildMessage(community.owner, {
      conversation,
      authorId: parent.userId,
      text,
      sentAt: minutesAgo(90 - index),
    });
  return { child: community.as(child), parent: community.as(parent), conversation };
}

describe("conversations", () => {
  it("002-16: lists the caller's own, the one with the newest message first, with participants and last message", async () => {
    const { child, parent, conversation: older } = await family(["Selamat pagi", "Sudah belajar?"]);
    const teacherId = randomUUID();
    const newer = await buildConversation(community.owner, {
      participantIds: [teacherId, child.viewer.userId ?? ""],
      startedAt: minutesAgo(5),
    });
    await family(["not for this child"]);

    const { conversations } = await child.data<{ conversations: Connection<Conversation> }>(CONVERSATIONS);
    expect(conversations.totalCount).toBe(2);
    expect(conversations.edges.map(({ node }) => node.id)).toEqual([newer.id, older.id]);
    expect(conversations.edges[0]?.node).toMatchObject({ lastMessage: null, unreadCount: 0 });
    expect(conversations.edges[1]?.node).toMatchObject({
      unreadCount: 2,
      lastMessage: { text: "Sudah belajar?", author: { id: parent.viewer.userId } },
      messages: { totalCount: 2 },
    });
    const participantIds = conversations.edges[1]?.node.participants.map(({ id }) => id);
    expect(new Set(participantIds)).toEqual(new Set([child.viewer.userId, parent.viewer.userId]));
  });

  it("002-16: pages without repeating or losing any", async () => {
    const reader = buildViewer();
    const built: string[] = [];
    for (let index = 0; index < 5; index++) {
      const participantIds = [reader.userId, randomUUID()];
      const startedAt = minutesAgo(index < 2 ? 1 : index); // two began in the same instant
      built.push((await buildConversation(community.owner, { participantIds, startedAt })).id);
    }
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { conversations }: { conversations: Connection<Conversation> } = await community
        .as(reader)
        .data(CONVERSATIONS, { first: 2, after });
      seen.push(...conversations.edges.map(({ node }) => node.id));
      after = conversations.pageInfo.hasNextPage ? conversations.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toHaveLength(5);
    expect(seen.toSorted()).toEqual(built.toSorted());
  });

  it("002-17: gives the messages newest first, page by page", async () => {
    const { child, conversation } = await family(["one", "two", "three"]);
    const page = async (after: string | null) =>
      (await child.data<{ conversation: Conversation }>(CONVERSATION, { id: conversation.id, first: 2, after }))
        .conversation.messages;
    const first = await page(null);
    expect(first.edges.map(({ node }) => node.text)).toEqual(["three", "two"]);
    expect(first).toMatchObject({ pageInfo: { hasNextPage: true }, totalCount: 3 });
    const second = await page(first.pageInfo.endCursor);
    expect(second.edges.map(({ node }) => node.text)).toEqual(["one"]);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });

  it("refuses nobody", async () => {
    const { errors } = await community.as(anonymous).run(CONVERSATIONS);
    expect(errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
  });

  it("002-16: is NOT_FOUND for everybody else, staff and administrators too, and for what is no id", async () => {
    const { conversation } = await family(["private"]);
    const outsiders = [
      buildViewer(),
      buildViewer({ role: "TEACHER", staff: true, organizationId: randomUUID() }),
      buildViewer({ role: "PLATFORM_ADMIN" }),
    ];
    for (const outsider of outsiders) {
      const { errors } = await community.as(outsider).run(CONVERSATION, { id: conversation.id });
      expect(errors).toMatchObject([{ code: "NOT_FOUND" }]);
    }
    for (const id of [randomUUID(), "42"]) {
      const { errors } = await community.as(buildViewer()).run(CONVERSATION, { id });
      expect(errors).toMatchObject([{ code: "NOT_FOUND" }]);
    }
  });

  it("answers the gateway's reference for participants and for nobody else", async () => {
    const { child, conversation } = await family(["Halo"]);
    const query =
      "query ($of: [_Any!]!) { _entities(representations: $of) { ... on Conversation { id unreadCount } } }";
    const of = [{ __typename: "Conversation", id: conversation.id }];
    expect(await child.data(query, { of })).toEqual({ _entities: [{ id: conversation.id, unreadCount: 1 }] });
    expect((await community.as(buildViewer()).run(query, { of })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect((await community.as(anonymous).run(query, { of })).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
  });

  it("needs the same SQL statements for one conversation and for twelve", async () => {
    const reader = buildViewer();
    const grow = async (count: number): Promise<void> => {
      for (let index = 0; index < count; index++) {
        const conversation = await buildConversation(community.owner, {
          participantIds: [randomUUID(), reader.userId],
        });
        await buildMessage(community.owner, { conversation });
      }
    };
    await grow(1);
    const few = await community.statementsOf(() => community.as(reader).data(CONVERSATIONS));
    await grow(11);
    const many = await community.statementsOf(async () => {
      const { conversations } = await community
        .as(reader)
        .data<{ conversations: Connection<Conversation> }>(CONVERSATIONS);
      expect(conversations.edges).toHaveLength(12);
    });
    expect(many).toHaveLength(few.length);
    expect(few.length).toBeGreaterThan(0);
  });
});

describe("markConversationRead", () => {
  it("002-17: brings the unread count to 0 for the reader alone, and later messages count again", async () => {
    const { child, parent, conversation } = await family(["Satu", "Dua"]);
    await buildMessage(community.owner, { conversation, authorId: child.viewer.userId ?? "", text: "Tiga" });
    const unread = async (reader: typeof child): Promise<number> =>
      (await reader.data<{ conversation: Conversation }>(CONVERSATION, { id: conversation.id })).conversation
        .unreadCount;
    expect([await unread(child), await unread(parent)]).toEqual([2, 1]);

    const read = { markConversationRead: { conversation: { id: conversation.id, unreadCount: 0 } } };
    expect(await child.data(MARK_READ, { id: conversation.id })).toEqual(read);
    expect([await unread(child), await unread(parent)]).toEqual([0, 1]);

    await buildMessage(community.owner, { conversation, authorId: parent.viewer.userId ?? "", text: "Empat" });
    expect(await unread(child)).toBe(1);
  });

  it("is NOT_FOUND for who does not take part, UNAUTHORIZED for nobody, VALIDATION_ERROR for what is no id", async () => {
    const { conversation, child } = await family(["Halo"]);
    expect((await community.as(buildViewer()).run(MARK_READ, { id: conversation.id })).errors).toMatchObject([
      { code: "NOT_FOUND" },
    ]);
    expect((await community.as(anonymous).run(MARK_READ, { id: conversation.id })).errors).toMatchObject([
      { code: "UNAUTHORIZED" },
    ]);
    expect((await child.run(MARK_READ, { id: "42" })).errors).toMatchObject([
      { code: "VALIDATION_ERROR", details: [{ path: "input.conversationId" }] },
    ]);
  });
});

describe("the database", () => {
  const TABLES = {
    conversations: "id",
    conversation_participants: "conversation_id",
    messages: "conversation_id",
  } as const;

  it("002-16: shows a participant their own conversations when the query has no where, and others, even administrators, none", async () => {
    const { child, parent, conversation } = await family(["Rahasia"]);
    await family(["somebody else's"]);
    for (const [table, column] of Object.entries(TABLES)) {
      const seenBy = async (viewer: typeof child.viewer): Promise<unknown[]> => {
        const { rows } = await asViewer(viewer, () =>
          community.subgraph.pool.query<{ id: string }>(`select distinct ${column} as id from ${table}`),
        );
        return rows.map(({ id }) => id);
      };
      expect(await seenBy(child.viewer), table).toEqual([conversation.id]);
      expect(await seenBy(parent.viewer), table).toEqual([conversation.id]);
      expect(await seenBy(buildViewer()), table).toEqual([]);
      expect(await seenBy(buildViewer({ role: "PLATFORM_ADMIN" })), table).toEqual([]);
      expect(await seenBy(buildViewer({ role: "OWNER", staff: true, organizationId: randomUUID() })), table).toEqual(
        [],
      );
      expect(await seenBy(anonymous), table).toEqual([]);
    }
  });

  it("002-17: lets nobody write for somebody else, into a foreign conversation, or over a message", async () => {
    const { child, parent, conversation } = await family(["Rahasia"]);
    const foreign = await buildConversation(community.owner);
    const as = (sql: string, values: unknown[]) =>
      asViewer(child.viewer, () => community.subgraph.pool.query(sql, values));
    const insert =
      "insert into messages (conversation_id, sequence, author_id, text, sent_at) values ($1, 9, $2, 'x', now())";
    await expect(as(insert, [conversation.id, parent.viewer.userId])).rejects.toThrow(/row-level security/);
    await expect(as(insert, [foreign.id, child.viewer.userId])).rejects.toThrow(/row-level security/);
    const move = "update conversation_participants set conversation_id = $1 where user_id = $2";
    await expect(as(move, [foreign.id, child.viewer.userId])).rejects.toThrow(/row-level security/);
    expect((await as("update messages set text = 'x' where conversation_id = $1", [conversation.id])).rowCount).toBe(0);
    expect((await as("delete from messages where conversation_id = $1", [conversation.id])).rowCount).toBe(0);
  });

  it("002-16: keeps a conversation between 2 and 50 participants", async () => {
    const participants = (count: number) => Array.from({ length: count }, () => randomUUID());
    for (const count of [1, 51])
      await expect(buildConversation(community.owner, { participantIds: participants(count) })).rejects.toThrow(
        /2 to 50/,
      );
    await buildConversation(community.owner, { participantIds: participants(50) });
    const { id, participantIds } = await buildConversation(community.owner, { participantIds: participants(2) });
    await expect(
      community.owner.query("delete from conversation_participants where user_id = $1", [participantIds[0]]),
    ).rejects.toThrow(/2 to 50/);
    await community.owner.query("delete from conversations where id = $1", [id]);
  });
});
