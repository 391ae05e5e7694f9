import { randomUUID } from "node:crypto";
import { anonymous, asSystem } from "@lentera/kit";
import { type TestClient, type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildAttempt, buildTryout, connectLearning } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LearningContext } from "../context.js";
import { createSubgraph } from "../subgraph.js";
import { award } from "../xp/xp.service.js";
import { beginChallenge, endChallenge } from "./challenge.service.js";

const DAY_MS = 24 * 60 * 60 * 1000;
const begin = new Date("2026-03-02T03:00:00Z");
let test: TestSubgraph;
let db: ReturnType<typeof connectLearning>;
let ctx: LearningContext;
let now = begin;
const later = (days: number): void => void (now = new Date(begin.getTime() + days * DAY_MS));

beforeAll(async () => {
  test = await startTestSubgraph("learning", createSubgraph, { clock: () => now });
  db = connectLearning(test.ownerUrl);
  const identity = { viewer: buildViewer(), requestId: "test", language: "en" } as const;
  ctx = new LearningContext(db, identity, test.pubSub, () => now);
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

interface Challenge {
  id: string;
  status: string;
  startsAt: string | null;
  endsAt: string | null;
  creator: { id: string };
  members: { status: string; result: number | null; rank: number | null; isWinner: boolean; user: { id: string } }[];
}
const CHALLENGE = `id status startsAt endsAt creator { id } members { status result rank isWinner user { id } }`;
const CREATE = `mutation ($input: CreateChallengeInput!) { createChallenge(input: $input) { challenge { ${CHALLENGE} } } }`;
const ANSWER = `mutation ($id: ID!, $accept: Boolean!) {
  answerChallenge(input: { challengeId: $id, accept: $accept }) { challenge { ${CHALLENGE} } } }`;
const CANCEL = `mutation ($id: ID!) { cancelChallenge(input: { challengeId: $id }) { challenge { status } } }`;
const READ = `query ($id: ID!) { challenge(id: $id) { ${CHALLENGE} } }`;

const student = (): TestClient => test.as(buildViewer({ permissions: ["attempts:create"] }));
const idOf = (client: TestClient): string => client.viewer.userId!;

async function challenge(maker: TestClient, invited: readonly TestClient[], over: object = {}): Promise<Challenge> {
  const facts = { title: "Siapa paling rajin?", goal: "XP", durationDays: 7, userIds: invited.map(idOf) };
  const input = { ...facts, idempotencyKey: randomUUID(), ...over };
  return (await maker.data<{ createChallenge: { challenge: Challenge } }>(CREATE, { input })).createChallenge.challenge;
}
const reply = (client: TestClient, id: string, accept: boolean) =>
  client.run<{ answerChallenge: { challenge: Challenge } }>(ANSWER, { id, accept });
const read = async (client: TestClient, id: string): Promise<Challenge> =>
  (await client.data<{ challenge: Challenge }>(READ, { id })).challenge;
const standings = ({ members }: Challenge) =>
  Object.fromEntries(members.map(({ user, result, rank, isWinner }) => [user.id, [result, rank, isWinner]]));

function earn(client: TestClient, points: number): Promise<unknown> {
  const earning = { userId: idOf(client), organizationId: null, source: randomUUID(), kind: "PRACTICE" as const };
  return asSystem(() => ctx.transaction((tx) => award(tx, [{ ...earning, points, earnedAt: now }], now)));
}

describe("000-33: challenges", () => {
  it("count what is done between beginning and end, and reward all who share the first place once", async () => {
    const [maker, friend, third] = [student(), student(), student()];
    await earn(maker, 500);
    const { id, status } = await challenge(maker, [friend, third]);
    expect(status).toBe("INVITING");
    later(1);
    expect((await reply(friend, id, true)).errors).toEqual([]);
    const last = await reply(third, id, true);
    expect(last.data!.answerChallenge.challenge).toMatchObject({
      status: "ACTIVE",
      startsAt: now.toISOString(),
      endsAt: new Date(begin.getTime() + 8 * DAY_MS).toISOString(),
    });
    later(2);
    for (const client of [maker, friend]) await earn(client, 30);
    await earn(third, 10);
    expect(standings(await read(third, id))).toEqual({
      [idOf(maker)]: [30, 1, false],
      [idOf(friend)]: [30, 1, false],
      [idOf(third)]: [10, 3, false],
    });
    await endChallenge(ctx, id);
    expect((await read(maker, id)).status).toBe("ACTIVE");
    later(8);
    await earn(third, 1000);
    await Promise.all(Array.from({ length: 4 }, () => endChallenge(ctx, id)));
    const ended = await read(maker, id);
    expect(ended.status).toBe("ENDED");
    expect(standings(ended)).toEqual({
      [idOf(maker)]: [30, 1, true],
      [idOf(friend)]: [30, 1, true],
      [idOf(third)]: [10, 3, false],
    });
    const { rows } = await test.owner.query(
      "select user_id, points from xp_events where kind = 'CHALLENGE' and source = $1 order by user_id",
      [`challenge:${id}`],
    );
    expect(rows.map(({ user_id, points }) => [user_id, points])).toEqual(
      [idOf(maker), idOf(friend)].toSorted().map((userId) => [userId, 50]),
    );
    later(0);
  });

  it("begin with those who accepted when the invitations run out, and not at all with nobody", async () => {
    const [maker, willing, silent] = [student(), student(), student()];
    const [some, none] = [await challenge(maker, [willing, silent]), await challenge(maker, [silent])];
    await reply(willing, some.id, true);
    await beginChallenge(ctx, some.id);
    expect((await read(maker, some.id)).status).toBe("INVITING");
    later(3);
    expect((await reply(silent, some.id, true)).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    for (const { id } of [some, none]) await beginChallenge(ctx, id);
    expect((await read(maker, some.id)).status).toBe("ACTIVE");
    expect((await read(maker, none.id)).status).toBe("CANCELLED");
    later(0);
    const declined = await challenge(maker, [silent]);
    const refusal = await reply(silent, declined.id, false);
    expect(refusal.data!.answerChallenge.challenge.status).toBe("CANCELLED");
  });

  it("take one answer from each, however it is repeated, and begin once when all answer at once", async () => {
    const [maker, ...friends] = [student(), student(), student(), student(), student()];
    const { id } = await challenge(maker, friends);
    const answers = await Promise.all([...friends, ...friends].map((friend) => reply(friend, id, true)));
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    expect((await read(maker, id)).status).toBe("ACTIVE");
    const { rows } = await test.owner.query("select count(*)::int from graphile_worker.jobs where key = $1", [
      `challenge.end:${id}`,
    ]);
    expect(rows).toEqual([{ count: 1 }]);
    expect((await reply(friends[0], id, false)).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
  });

  it("count finished tryouts, and accuracy on a topic from five answers on", async () => {
    const [maker, friend] = [student(), student()];
    const topic = `Topik ${randomUUID()}`;
    const tryout = await buildTryout(db, { itemCount: 6 });
    await test.owner.query(
      "update items set topic = $1 where id in (select item_id from tryout_items where tryout_id = $2)",
      [topic, tryout.id],
    );
    const [tryouts, accuracy] = [
      await challenge(maker, [friend], { goal: "TRYOUTS" }),
      await challenge(maker, [friend], { goal: "ACCURACY", topic }),
    ];
    for (const { id } of [tryouts, accuracy]) await reply(friend, id, true);
    later(1);
    const sit = async (client: TestClient, responses: readonly string[]) => {
      const deadline = new Date(now.getTime() + 60_000);
      const { id } = await buildAttempt(db, { studentId: idOf(client), tryoutId: tryout.id, startedAt: now, deadline });
      const answers = responses.map((key, index) => {
        const item = { itemId: tryout.items[index]!.itemId, clientId: randomUUID() };
        return { attemptId: id, ...item, response: [key], answeredAt: now, elapsedMs: 1 };
      });
      await db.answer.createMany({ data: answers });
      await client.data(`mutation ($id: ID!) { submitAttempt(input: { attemptId: $id }) { attempt { status } } }`, {
        id,
      });
    };
    await sit(maker, ["A", "A", "A", "B", "B"]);
    await sit(friend, ["A", "A"]);
    await sit(friend, ["A"]);
    expect(standings(await read(maker, tryouts.id))).toEqual({
      [idOf(maker)]: [1, 2, false],
      [idOf(friend)]: [2, 1, false],
    });
    expect(standings(await read(maker, accuracy.id))).toEqual({
      [idOf(maker)]: [0.6, 1, false],
      [idOf(friend)]: [null, null, false],
    });
    later(0);
  });

  it("000-28: of a class or study group invite its other members, for members only", async () => {
    const [maker, fellow, outsider] = [student(), student(), student()];
    const cohortId = randomUUID();
    await db.cohort.create({ data: { id: cohortId, scope: "GROUP" } });
    await db.cohortMember.createMany({
      data: [maker, fellow].map((client) => ({ cohortId, userId: idOf(client), joinedAt: begin })),
    });
    const made = await challenge(maker, [], { userIds: null, cohortId });
    expect(made.members.map(({ user }) => user.id).toSorted()).toEqual([idOf(maker), idOf(fellow)].toSorted());
    const facts = { title: "x", goal: "XP", durationDays: 1, cohortId, idempotencyKey: randomUUID() };
    expect((await outsider.run(CREATE, { input: facts })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });

  it("are seen by those who are invited, made by students, and taken back only by their maker before they begin", async () => {
    const [maker, friend, stranger] = [student(), student(), student()];
    const { id } = await challenge(maker, [friend]);
    for (const [query, variables] of [
      [READ, { id }],
      [ANSWER, { id, accept: true }],
      [CANCEL, { id }],
    ] as const)
      expect((await stranger.run(query, variables)).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    const rows = ["select * from challenges", "select * from challenge_members"];
    expect(await test.rowsAs(stranger.viewer, rows)).toEqual([[], []]);
    expect((await friend.run(CANCEL, { id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect((await maker.run(CANCEL, { id })).errors).toEqual([]);
    expect((await reply(friend, id, true)).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    const input = { title: "", goal: "XP", topic: "x", durationDays: 99, userIds: [], idempotencyKey: "short" };
    const { errors } = await maker.run(CREATE, { input });
    expect(errors[0]).toMatchObject({ code: "VALIDATION_ERROR" });
    const facts = { title: "x", goal: "XP", durationDays: 1, userIds: [idOf(friend)], idempotencyKey: randomUUID() };
    expect((await test.as(anonymous).run(CREATE, { input: facts })).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
    const guardian = test.as(buildViewer({ role: "GUARDIAN" }));
    expect((await guardian.run(CREATE, { input: facts })).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    const twice = [await maker.run(CREATE, { input: facts }), await maker.run(CREATE, { input: facts })];
    expect(twice[1]!.data).toEqual(twice[0]!.data);
  });

  it("take the same number of statements for one and for many", async () => {
    const maker = student();
    const LIST = `{ challenges(first: 50) { totalCount edges { node { ${CHALLENGE} } } } }`;
    const friends = [student(), student(), student()];
    const active = async (friend: TestClient) => reply(friend, (await challenge(maker, [friend])).id, true);
    await active(friends[0]!);
    const one = await test.statementsOf(() => maker.data(LIST));
    for (const friend of friends) await active(friend);
    expect((await test.statementsOf(() => maker.data(LIST))).length).toBe(one.length);
  });
});
