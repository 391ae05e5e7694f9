import { randomUUID } from "node:crypto";
import { anonymous } from "@lentera/kit";
import { type TestClient, type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { type BuiltConversation, buildConversation, buildMessage } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

let community: TestSubgraph;
beforeAll(async () => {
  community = await startTestSubgraph("community", createSubgraph);
});
afterAll(() => community.stop());

const SEND = `mutation ($conversationId: ID!, $text: String!, $idempotencyKey: String!) {
  sendMessage(input: { conversationId: $conversationId, text: $text, idempotencyKey: $idempotencyKey }) {
    message { id text sentAt author { id } }
  }
}`;
const ADDED = `subscription ($conversationId: ID!) {
  messageAdded(conversationId: $conversationId) { message { id text author { id } } }
}`;

interface Sent {
  sendMessage: { message: { id: string; text: string; sentAt: string; author: { id: string } } };
}
interface Added {
  messageAdded: { message: { id: string; text: string; author: { id: string } } };
}

const writer = () => buildViewer({ permissions: ["messages:send"] });

/** A conversation of three. */
async function friends() {
  const [ani, budi, citra] = [writer(), writer(), writer()];
  const participantIds = [ani.userId, budi.userId, citra.userId];
  const conversation = await buildConversation(community.owner, { participantIds });
  return { ani: community.as(ani), budi: community.as(budi), citra: community.as(citra), conversation };
}

async function textsOf({ id }: BuiltConversation): Promise<string[]> {
  const { rows } = await community.owner.query<{ text: string }>(
    "select text from messages where conversation_id = $1 order by sequence",
    [id],
  );
  return rows.map(({ text }) => text);
}

function sending(conversation: BuiltConversation, text: string, idempotencyKey: string = randomUUID()) {
  return { conversationId: conversation.id, text, idempotencyKey };
}

describe("sendMessage", () => {
  it("002-17: sends the trimmed text, with its author and the server's time, and moves the conversation up", async () => {
    const { ani, conversation } = await friends();
    const before = Date.now();
    const { sendMessage } = await ani.data<Sent>(SEND, sending(conversation, "  Semangat belajar! \n"));
    expect(sendMessage.message).toMatchObject({ text: "Semangat belajar!", author: { id: ani.viewer.userId } });
    expect(Date.parse(sendMessage.message.sentAt)).toBeGreaterThanOrEqual(before);
    const { rows } = await community.owner.query<{ at: Date; sequence: number }>(
      "select last_message_at as at, last_sequence as sequence from conversations where id = $1",
      [conversation.id],
    );
    expect(rows).toEqual([{ at: new Date(sendMessage.message.sentAt), sequence: 1 }]);
  });

  it("002-16: is NOT_FOUND for who does not take part, whoever they are", async () => {
    const { conversation } = await friends();
    const administrator = buildViewer({ role: "PLATFORM_ADMIN", permissions: ["messages:send"] });
    for (const outsider of [writer(), administrator]) {
      const { errors } = await community.as(outsider).run(SEND, sending(conversation, "Halo"));
      expect(errors).toMatchObject([{ code: "NOT_FOUND" }]);
    }
    expect(await textsOf(conversation)).toEqual([]);
  });

  it("refuses nobody, and who may only read", async () => {
    const reader = buildViewer({ role: "VIEWER" });
    const conversation = await buildConversation(community.owner, { participantIds: [reader.userId, randomUUID()] });
    const input = sending(conversation, "Halo");
    expect((await community.as(anonymous).run(SEND, input)).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
    expect((await community.as(reader).run(SEND, input)).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    expect(await textsOf(conversation)).toEqual([]);
  });

  it("002-17: takes 1 to 4000 characters and names every wrong field at once", async () => {
    const { ani, conversation } = await friends();
    for (const text of ["", " \n ", "a".repeat(4001), "a\u0000b"]) {
      const { errors } = await ani.run(SEND, sending(conversation, text));
      expect(errors).toMatchObject([{ code: "VALIDATION_ERROR", details: [{ path: "input.text" }] }]);
    }
    const { errors } = await ani.run(SEND, { conversationId: "42", text: "", idempotencyKey: "" });
    expect(errors).toMatchObject([
      {
        code: "VALIDATION_ERROR",
        details: [{ path: "input.conversationId" }, { path: "input.text" }, { path: "input.idempotencyKey" }],
      },
    ]);
    await ani.data(SEND, sending(conversation, "a".repeat(4000)));
    expect(await textsOf(conversation)).toEqual(["a".repeat(4000)]);
  });

  it("sends once however often it is repeated, at once and later, and tells it once", async () => {
    const { ani, budi, conversation } = await friends();
    const added = await budi.subscribe<Added>(ADDED, { conversationId: conversation.id });
    const first = added.next();
    const input = sending(conversation, "Satu kali saja");
    const sent = await Promise.all([1, 2, 3].map(() => ani.data<Sent>(SEND, input)));
    sent.push(await ani.data<Sent>(SEND, input));
    expect(new Set(sent.map(({ sendMessage }) => sendMessage.message.id)).size).toBe(1);
    expect(await textsOf(conversation)).toEqual(["Satu kali saja"]);

    await ani.data(SEND, sending(conversation, "Yang berikutnya"));
    expect((await first).value).toMatchObject({ messageAdded: { message: { text: "Satu kali saja" } } });
    expect((await added.next()).value).toMatchObject({ messageAdded: { message: { text: "Yang berikutnya" } } });
    await added.return?.();
  });

  it("is IDEMPOTENCY_CONFLICT for a key that sent something else, and another person's key is another key", async () => {
    const { ani, budi, conversation } = await friends();
    await ani.data(SEND, sending(conversation, "Satu", "the-key"));
    expect((await ani.run(SEND, sending(conversation, "Dua", "the-key"))).errors).toMatchObject([
      { code: "IDEMPOTENCY_CONFLICT" },
    ]);
    await budi.data(SEND, sending(conversation, "Tiga", "the-key"));
    expect(await textsOf(conversation)).toEqual(["Satu", "Tiga"]);
  });

  it("002-17: numbers messages without gaps when many write at once", async () => {
    const { ani, budi, citra, conversation } = await friends();
    const writers = Array.from({ length: 12 }, (_, index) => [ani, budi, citra][index % 3] ?? ani);
    await Promise.all(writers.map((person) => person.data(SEND, sending(conversation, "Serentak"))));
    const { rows } = await community.owner.query<{ sequence: number }>(
      "select sequence from messages where conversation_id = $1 order by sequence",
      [conversation.id],
    );
    expect(rows.map(({ sequence }) => sequence)).toEqual(writers.map((_, index) => index + 1));
  });
});

describe("messageAdded", () => {
  it("002-17: brings each message to those who listen, and only of their conversation", async () => {
    const { ani, budi, conversation } = await friends();
    const other = await friends();
    const added = await budi.subscribe<Added>(ADDED, { conversationId: conversation.id });
    const next = added.next();
    await other.ani.data(SEND, sending(other.conversation, "elsewhere"));
    const { sendMessage } = await ani.data<Sent>(SEND, sending(conversation, "Halo Budi"));
    const { id, text, author } = sendMessage.message;
    expect((await next).value).toEqual({ messageAdded: { message: { id, text, author } } });
    await added.return?.();
    expect((await added.next()).done).toBe(true);
  });

  it("is NOT_FOUND for who does not take part and UNAUTHORIZED for nobody", async () => {
    const { conversation } = await friends();
    const variables = { conversationId: conversation.id };
    await expect(community.as(writer()).subscribe(ADDED, variables)).rejects.toThrow(/NOT_FOUND/);
    await expect(community.as(anonymous).subscribe(ADDED, variables)).rejects.toThrow(/UNAUTHORIZED/);
    await expect(community.as(writer()).subscribe(ADDED, { conversationId: "42" })).rejects.toThrow(/NOT_FOUND/);
  });

  it("brings nothing more to who has left the conversation", async () => {
    const { ani, budi, citra, conversation } = await friends();
    const listen = (person: TestClient) => person.subscribe<Added>(ADDED, { conversationId: conversation.id });
    const [stays, leaves] = [await listen(budi), await listen(citra)];
    const first = stays.next();
    const second = leaves.next().catch(String);
    await community.owner.query("delete from conversation_participants where user_id = $1", [citra.viewer.userId]);
    await ani.data(SEND, sending(conversation, "Rahasia"));
    expect((await first).value).toMatchObject({ messageAdded: { message: { text: "Rahasia" } } });
    expect(await second).toMatch(/NOT_FOUND/);
    expect(await second).not.toMatch(/Rahasia/);
    await Promise.all([stays.return?.(), leaves.return?.()]);
  });

  it("calls out nothing but the id", async () => {
    const { ani, conversation } = await friends();
    const heard = community.pubSub.subscribe(`community:messages:${conversation.id}`)[Symbol.asyncIterator]();
    const next = heard.next();
    const { sendMessage } = await ani.data<Sent>(SEND, sending(conversation, "Rahasia"));
    expect((await next).value).toBe(sendMessage.message.id);
    await heard.return?.();
  });
});

describe("a message's reference", () => {
  it("002-17: is there for participants and for nobody else", async () => {
    const { ani, conversation } = await friends();
    const { id } = await buildMessage(community.owner, { conversation, text: "Halo" });
    const query = "query ($of: [_Any!]!) { _entities(representations: $of) { ... on Message { text } } }";
    const of = [{ __typename: "Message", id }];
    expect(await ani.data(query, { of })).toEqual({ _entities: [{ text: "Halo" }] });
    expect((await community.as(writer()).run(query, { of })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });
});
