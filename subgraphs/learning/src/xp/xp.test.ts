import { randomUUID } from "node:crypto";
import { asSystem } from "@lentera/kit";
import { type TestClient, type TestSubgraph, buildViewer, eventually, startTestSubgraph } from "@lentera/kit/testing";
import { buildAttempt, buildTryout, connectLearning } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LearningContext } from "../context.js";
import { creditStudyDay } from "../streak/streak.service.js";
import { createSubgraph } from "../subgraph.js";
import { reconcile } from "./xp.service.js";

const DAY_MS = 24 * 60 * 60 * 1000;
let test: TestSubgraph;
let db: ReturnType<typeof connectLearning>;
let ctx: LearningContext;
let now = new Date("2026-03-02T03:00:00Z");

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

const SUBMIT = `mutation ($id: ID!) { submitAttempt(input: { attemptId: $id }) { attempt { status } } }`;
const LEARNER = `query ($people: [_Any!]!) { _entities(representations: $people) { ... on User {
  xp level { level points nextLevelPoints } streak { current longest freezes lastStudyDay studiedToday timeZone }
} } }`;
interface Log {
  xpEvents: {
    totalCount: number;
    edges: { node: { kind: string; points: number } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}
interface LearnerData {
  xp: number;
  level: { level: number; points: number; nextLevelPoints: number };
  streak: { current: number; freezes: number; lastStudyDay: string; studiedToday: boolean; timeZone: string };
}

async function learner(client: TestClient, viewScores = true, userId = client.viewer.userId): Promise<LearnerData> {
  const people = [{ __typename: "User", id: userId, viewerAccess: { viewScores } }];
  return (await client.data<{ _entities: [LearnerData] }>(LEARNER, { people }))._entities[0];
}

/** Sits a practice tryout without any answer: 20 points. */
async function study(client: TestClient, tryoutId?: string): Promise<void> {
  const { userId: studentId, organizationId } = client.viewer;
  const of = tryoutId === undefined ? {} : { tryoutId };
  const deadline = new Date(now.getTime() + 60_000);
  const { id } = await buildAttempt(db, { studentId: studentId!, organizationId, startedAt: now, deadline, ...of });
  await client.data(SUBMIT, { id });
}

const learn = (): TestClient => test.as(buildViewer({ organizationId: randomUUID() }));

describe("000-33: experience points", () => {
  it("are a log that nobody changes, not even its owner, and that each learner reads page by page", async () => {
    const client = learn();
    await study(client);
    await study(client);
    for (const statement of ["update xp_events set points = 9", "delete from xp_events", "truncate xp_events"])
      await expect(test.owner.query(statement)).rejects.toThrow("never changed");
    const LOG = `query ($after: String) { xpEvents(first: 1, after: $after) {
      totalCount edges { node { kind points createdAt } } pageInfo { hasNextPage endCursor } } }`;
    const { xpEvents } = await client.data<Log>(LOG);
    expect(xpEvents).toMatchObject({ totalCount: 2, edges: [{ node: { kind: "TRYOUT", points: 20 } }] });
    const rest = await client.data<Log>(LOG, { after: xpEvents.pageInfo.endCursor });
    expect(rest.xpEvents.edges).toHaveLength(1);
    expect(rest.xpEvents.pageInfo.hasNextPage).toBe(false);
    expect((await learn().data<Log>(LOG)).xpEvents.totalCount).toBe(0);
  });

  it("are earned once per source, however concurrently it is told", async () => {
    const client = learn();
    const tryoutId = (await buildTryout(db)).id;
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const deadline = new Date(now.getTime() + 60_000);
        const over = {
          studentId: client.viewer.userId!,
          status: "SUBMITTED" as const,
          tryoutId,
          startedAt: now,
          deadline,
        };
        const { id } = await buildAttempt(db, { ...over, submittedAt: now });
        await client.data(SUBMIT, { id });
      }),
    );
    expect((await learner(client)).xp).toBe(20);
  });

  it("reach levels on the published curve", async () => {
    const client = learn();
    const { levels } = await client.data<{ levels: { level: number; points: number }[] }>(
      "{ levels { level points } }",
    );
    expect(levels.slice(0, 4).map(({ points }) => points)).toEqual([0, 100, 300, 600]);
    expect((await learner(client)).level).toEqual({ level: 1, points: 0, nextLevelPoints: 100 });
    for (let index = 0; index < 5; index++) await study(client);
    expect((await learner(client)).level).toEqual({ level: 2, points: 100, nextLevelPoints: 300 });
  });

  it("C-04: counters that differ from their facts are mended by the nightly job, standings and ranks too", async () => {
    const [client, other] = [learn(), learn()];
    await study(client);
    await study(other);
    const userId = client.viewer.userId;
    await test.owner.query("update learners set xp = 7 where user_id = $1", [userId]);
    await test.owner.query("update leaderboard_entries set points = 900 where user_id = $1", [userId]);
    await test.owner.query("delete from leaderboard_entries where user_id = $1", [other.viewer.userId]);
    await test.owner.query("insert into ranking_counts select id, 0, 77, 5 from leaderboards where scope = 'GLOBAL'");
    expect((await reconcile(ctx)).totals).toBe(1);
    expect((await learner(client)).xp).toBe(20);
    const { rows } = await test.owner.query(
      `select (select count(*)::int from leaderboard_entries where user_id = any($1) and points = 20) as entries,
         (select sum(members) from ranking_counts where level = 0 and bucket = 77)
           + (select sum(delta) from ranking_changes where points = 77) as ghosts`,
      [[userId, other.viewer.userId]],
    );
    expect(rows).toEqual([{ entries: 12, ghosts: "0" }]);
    await test.owner.query("delete from ranking_counts where bucket = 77");
    await test.owner.query("delete from ranking_changes where points = 77");
    expect(await reconcile(ctx)).toEqual({ totals: 0, standings: 0 });
  });

  it("are shown to nobody whom the relationship's owner does not let see them", async () => {
    const client = learn();
    await study(client);
    const stranger = learn();
    expect(await learner(stranger, false, client.viewer.userId)).toEqual({ xp: null, level: null, streak: null });
    const tables = ["xp_events", "learners", "study_days"];
    const rows = await test.rowsAs(
      stranger.viewer,
      tables.map((table) => `select * from ${table}`),
    );
    expect(rows).toEqual([[], [], []]);
  });
});

describe("000-13, C-21: streaks", () => {
  it("grow by a local day of study and are lost by a missed one", async () => {
    const client = learn();
    const begin = now;
    await study(client);
    await study(client);
    expect((await learner(client)).streak).toMatchObject({
      current: 1,
      studiedToday: true,
      lastStudyDay: "2026-03-02",
    });
    now = new Date(begin.getTime() + DAY_MS);
    expect((await learner(client)).streak).toMatchObject({ current: 1, studiedToday: false });
    await study(client);
    expect((await learner(client)).streak).toMatchObject({ current: 2, timeZone: "Asia/Jakarta" });
    now = new Date(begin.getTime() + 3 * DAY_MS);
    expect((await learner(client)).streak).toMatchObject({ current: 0, longest: 2 });
    now = begin;
  });

  it("follow the zone that the person has set, and an older message does not set it back", async () => {
    await test.subgraph.startWorkers();
    const client = learn();
    const userId = client.viewer.userId!;
    const tell = (timeZone: string, occurredAt: string) =>
      test.events.publish({
        id: randomUUID(),
        type: "user.time-zone-set",
        version: 1,
        occurredAt,
        data: { userId, timeZone },
      });
    await tell("Asia/Jayapura", "2026-03-01T00:00:00Z");
    await eventually(async () => ((await learner(client)).streak.timeZone === "Asia/Jayapura" ? true : undefined));
    await tell("Asia/Kolkata", "2026-02-01T00:00:00Z");
    await test.subgraph.jobsDone();
    const begin = now;
    now = new Date("2026-03-02T15:30:00Z"); // 00:30 on the 3rd in Jayapura, 22:30 on the 2nd in Jakarta
    await study(client);
    expect((await learner(client)).streak).toMatchObject({ timeZone: "Asia/Jayapura", lastStudyDay: "2026-03-03" });
    now = begin;
  });

  it("C-02: take days from a device inside the signed window, also late, once each, and nothing beyond it", async () => {
    const client = learn();
    const userId = client.viewer.userId!;
    const credit = (daysAgo: number) =>
      asSystem(() =>
        ctx.transaction((tx) =>
          creditStudyDay(tx, { userId, at: new Date(now.getTime() - daysAgo * DAY_MS), source: "OFFLINE" }, now),
        ),
      );
    await study(client);
    expect(await Promise.all([credit(2), credit(2), credit(2)])).toEqual(
      expect.arrayContaining(["CREDITED", "ALREADY_CREDITED", "ALREADY_CREDITED"]),
    );
    expect((await learner(client)).streak.current).toBe(1);
    expect(await credit(1)).toBe("CREDITED");
    expect((await learner(client)).streak.current).toBe(3);
    expect(await credit(7.01)).toBe("REJECTED_OUT_OF_WINDOW");
    expect(await credit(-0.01)).toBe("REJECTED_OUT_OF_WINDOW");
    expect((await learner(client)).streak.current).toBe(3);
    const backdated = `insert into study_days values ($1, '2026-01-01', '2026-01-01', 'Asia/Jakarta', 'OFFLINE', '2026-03-02')`;
    await expect(test.owner.query(backdated, [userId])).rejects.toThrow("study_days_window_check");
  });
});
