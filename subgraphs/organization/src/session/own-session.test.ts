import { anonymous } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildUser, connectOrganization } from "@lentera/prisma/factories";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;
const now = new Date("2026-11-20T08:00:00.000Z");
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
const WEEK = 7 * 24 * 60;

beforeAll(async () => {
  test = await startTestSubgraph("organization", createSubgraph, { clock: () => now });
  db = connectOrganization(test.ownerUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

const SESSIONS = `query ($first: Int, $after: String) { viewer { sessions(first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } edges { node { id userAgent createdAt lastUsedAt current } }
} } }`;
const REVOKE = `mutation ($id: ID!) { revokeSession(input: { sessionId: $id }) { sessionId } }`;
const REVOKE_OTHERS = `mutation { revokeOtherSessions { endedSessions } }`;

interface Listed {
  viewer: {
    sessions: {
      totalCount: number;
      pageInfo: { hasNextPage: boolean; endCursor: string };
      edges: { node: { id: string } }[];
    };
  };
}

/** Somebody with sessions made so many minutes ago, who asks from the last of them. */
async function buildPerson(minutes: readonly number[]) {
  const { id: userId } = await buildUser(db);
  const sessions = [];
  for (const minute of minutes)
    sessions.push(
      await db.session.create({
        data: { userId, userAgent: `Device ${minute}`, createdAt: ago(minute), lastUsedAt: ago(minute) },
      }),
    );
  const viewer = { ...buildViewer({ userId }), sessionId: sessions.at(-1)?.id ?? randomUUID() };
  return { userId, sessions, client: test.as(viewer) };
}

describe("the caller's sessions (003-23)", () => {
  it("are listed newest first by page, with the current one marked", async () => {
    const { sessions, client } = await buildPerson([30, 20, 10]);
    const first = await client.data<Listed>(SESSIONS, { first: 2 });
    expect(first.viewer.sessions).toMatchObject({
      totalCount: 3,
      pageInfo: { hasNextPage: true },
      edges: [
        { node: { id: sessions[2]!.id, userAgent: "Device 10", lastUsedAt: ago(10).toISOString(), current: true } },
        { node: { id: sessions[1]!.id, current: false } },
      ],
    });
    const { endCursor: after } = first.viewer.sessions.pageInfo;
    const second = await client.data<Listed>(SESSIONS, { first: 2, after });
    expect(second.viewer.sessions.edges.map(({ node }) => node.id)).toEqual([sessions[0]!.id]);
  });

  it("leave out those that ended or can no longer go on, and other people's", async () => {
    const { sessions, client } = await buildPerson([WEEK, WEEK - 1, 5]);
    await buildPerson([5]);
    await db.session.update({ where: { id: sessions[2]!.id }, data: { revokedAt: now } });
    const { viewer } = await client.data<Listed>(SESSIONS);
    expect(viewer.sessions.edges.map(({ node }) => node.id)).toEqual([sessions[1]!.id]);
    expect(viewer.sessions.totalCount).toBe(1);
  });

  it("end one by one, once, with an entry in the audit log", async () => {
    const { sessions, client, userId } = await buildPerson([20, 10]);
    const { id } = sessions[0]!;
    expect(await client.data(REVOKE, { id })).toEqual({ revokeSession: { sessionId: id } });
    expect((await client.run(REVOKE, { id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    const { rows } = await test.owner.query("select action, actor_id from app.audit_log where entity_id = $1", [id]);
    expect(rows).toEqual([{ action: "session.revoked", actor_id: userId }]);
    expect(await db.session.findUniqueOrThrow({ where: { id: sessions[1]!.id } })).toMatchObject({ revokedAt: null });
  });

  it("are nobody else's to end", async () => {
    const { sessions } = await buildPerson([10]);
    const { client: stranger } = await buildPerson([10]);
    const { id } = sessions[0]!;
    for (const wrong of [id, randomUUID(), "no id"])
      expect((await stranger.run(REVOKE, { id: wrong })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect((await test.as(anonymous).run(REVOKE, { id })).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
    expect((await test.as(anonymous).run(REVOKE_OTHERS)).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
    expect(await db.session.findUniqueOrThrow({ where: { id } })).toMatchObject({ revokedAt: null });
  });

  it("all end but the one that asks", async () => {
    const { sessions, client } = await buildPerson([30, 20, 10]);
    const { sessions: others } = await buildPerson([10]);
    expect(await client.data(REVOKE_OTHERS)).toEqual({ revokeOtherSessions: { endedSessions: 2 } });
    const { viewer } = await client.data<Listed>(SESSIONS);
    expect(viewer.sessions.edges.map(({ node }) => node.id)).toEqual([sessions[2]!.id]);
    expect(await db.session.findUniqueOrThrow({ where: { id: others[0]!.id } })).toMatchObject({ revokedAt: null });
  });
});
