import { randomUUID } from "node:crypto";
import { type Viewer, asSystem } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { connectLearning } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LearningContext } from "../context.js";
import { createSubgraph } from "../subgraph.js";
import { award } from "../xp/xp.service.js";
import { foldRankings } from "./leaderboard.service.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectLearning>;
let ctx: LearningContext;
const now = new Date("2026-03-04T03:00:00Z"); // a Wednesday

beforeAll(async () => {
  test = await startTestSubgraph("learning", createSubgraph, { clock: () => now });
  db = connectLearning(test.ownerUrl);
  const identity = { viewer: buildViewer(), requestId: "test", language: "en" } as const;
  ctx = new LearningContext(db, identity, test.pubSub, () => now);
  await test.subgraph.startWorkers();
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

type Standing = { rank: number; points: number; user: { id: string } };
interface Board {
  id: string;
  startsOn: string | null;
  entries: Standing[];
  me: Standing | null;
  aroundMe: Standing[];
}
interface RankingPage {
  leaderboard: {
    ranking: {
      totalCount: number;
      edges: { node: Standing }[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  };
}
const BOARD = `query ($scope: LeaderboardScope!, $period: LeaderboardPeriod, $cohortId: ID) {
  leaderboard(scope: $scope, period: $period, cohortId: $cohortId) {
    id startsOn entries(first: 100) { rank points user { id } } me { rank points user { id } }
    aroundMe(neighbours: 2) { rank points user { id } }
  }
}`;
const PAGE = `query ($after: String, $first: Int, $before: String, $last: Int) { leaderboard(scope: ORGANIZATION) {
  ranking(first: $first, after: $after, last: $last, before: $before) {
    totalCount edges { cursor node { rank points user { id } } } pageInfo { hasNextPage hasPreviousPage endCursor startCursor }
  }
} }`;

async function board(viewer: Viewer, scope: string, over: { period?: string; cohortId?: string } = {}): Promise<Board> {
  return (await test.as(viewer).data<{ leaderboard: Board }>(BOARD, { scope, ...over })).leaderboard;
}

let earned = 0;
function earn(viewer: Viewer, points: number, earnedAt = now): Promise<unknown> {
  const { userId, organizationId } = viewer;
  const earning = { userId: userId!, organizationId, source: `test:${(earned += 1)}`, kind: "PRACTICE" as const };
  return asSystem(() => ctx.transaction((tx) => award(tx, [{ ...earning, points, earnedAt }], now)));
}

async function tell(type: string, data: Record<string, unknown>, occurredAt: string): Promise<void> {
  await test.events.publish({ id: randomUUID(), type, version: 1, occurredAt, data });
  await test.subgraph.jobsDone();
}

const member = (organizationId: string): Viewer => buildViewer({ organizationId });

describe("000-33: leaderboards of a week, a month and ever", () => {
  it("C-21: hold what was earned since Monday or the first, by the clock of Jakarta", async () => {
    const viewer = member(randomUUID());
    await earn(viewer, 1, new Date("2026-02-28T16:59:59Z")); // 23:59 on 28 February
    await earn(viewer, 10, new Date("2026-02-28T17:00:00Z")); // 00:00 on 1 March, a Sunday
    await earn(viewer, 100, new Date("2026-03-01T16:59:59Z"));
    await earn(viewer, 1000, new Date("2026-03-01T17:00:00Z")); // 00:00 on Monday
    const of = async (period: string) => {
      const { startsOn, me } = await board(viewer, "ORGANIZATION", { period });
      return [startsOn, me?.points];
    };
    expect(await of("WEEK")).toEqual(["2026-03-02", 1000]);
    expect(await of("MONTH")).toEqual(["2026-03-01", 1110]);
    expect(await of("ALL_TIME")).toEqual([null, 1111]);
  });

  it("begin empty when nobody has earned anything yet, one leaderboard for all who ask at once", async () => {
    const viewer = member(randomUUID());
    await earn(viewer, 5, new Date("2026-01-10T00:00:00Z"));
    const boards = await Promise.all(
      Array.from({ length: 4 }, () => board(viewer, "ORGANIZATION", { period: "WEEK" })),
    );
    expect(new Set(boards.map(({ id }) => id)).size).toBe(1);
    expect(boards[0]).toMatchObject({ entries: [], me: null, aroundMe: [] });
  });
});

describe("000-28, 000-33: leaderboards of a class and of a study group", () => {
  it("hold what members earn from joining on, for members and the class's staff only", async () => {
    const [organizationId, classId] = [randomUUID(), randomUUID()];
    const [one, two, outside] = [member(organizationId), member(organizationId), member(organizationId)];
    await earn(one, 7, new Date("2026-02-01T00:00:00Z"));
    const joined = [one.userId, two.userId];
    await tell("class.members-changed", { classId, organizationId, joined, left: [] }, "2026-03-01T00:00:00.000Z");
    await earn(one, 30);
    await earn(two, 40);
    await earn(outside, 50);
    const { id, entries } = await board(one, "CLASS", { cohortId: classId });
    expect(entries.map(({ rank, points }) => [rank, points])).toEqual([
      [1, 40],
      [2, 30],
    ]);
    const staff = buildViewer({ role: "TEACHER", staff: true, organizationId });
    expect((await board(staff, "CLASS", { cohortId: classId })).id).toBe(id);
    const strangers = [outside, buildViewer({ role: "TEACHER", staff: true, organizationId: randomUUID() })];
    for (const stranger of strangers) {
      const { errors } = await test.as(stranger).run(BOARD, { scope: "CLASS", cohortId: classId });
      expect(errors).toMatchObject([{ code: "NOT_FOUND" }]);
      const rows = `select e.* from leaderboard_entries e join leaderboards l on l.id = e.leaderboard_id where cohort_id is not null`;
      expect(await test.rowsAs(stranger, [rows, "select * from cohorts"])).toEqual([[], []]);
    }
  });

  it("forget who leaves, and news that comes too late changes nothing", async () => {
    const groupId = randomUUID();
    const [one, two] = [member(randomUUID()), member(randomUUID())];
    const change = (joined: Viewer[], left: Viewer[], at: string) =>
      tell(
        "study-group.members-changed",
        { groupId, joined: joined.map(({ userId }) => userId), left: left.map(({ userId }) => userId) },
        at,
      );
    await change([one, two], [], "2026-03-01T00:00:00.000Z");
    await earn(one, 5);
    await earn(two, 6);
    await change([], [two], "2026-03-03T00:00:00.000Z");
    await change([two], [], "2026-03-02T00:00:00.000Z");
    expect((await board(one, "GROUP", { cohortId: groupId })).entries).toEqual([
      { rank: 1, points: 5, user: { id: one.userId } },
    ]);
    expect((await test.as(two).run(BOARD, { scope: "GROUP", cohortId: groupId })).errors).toMatchObject([
      { code: "NOT_FOUND" },
    ]);
    await change([two], [], "2026-03-03T12:00:00.000Z");
    await earn(two, 2);
    expect((await board(two, "GROUP", { cohortId: groupId })).me).toMatchObject({ rank: 2, points: 2 });
  });
});

describe("000-33: one's own place", () => {
  it("who opts out is seen by nobody else, counts for nobody's rank, and still knows their own", async () => {
    const organizationId = randomUUID();
    const [first, hidden, third] = [member(organizationId), member(organizationId), member(organizationId)];
    await earn(first, 10);
    await earn(hidden, 30);
    await earn(third, 20);
    const LIST = `mutation ($listed: Boolean!) { setLeaderboardListing(input: { listed: $listed }) { listed } }`;
    await test.as(hidden).data(LIST, { listed: false });
    const seen = await board(first, "ORGANIZATION");
    expect(seen.entries.map(({ user }) => user.id)).toEqual([third.userId, first.userId]);
    expect(seen.me).toMatchObject({ rank: 2 });
    expect(seen.aroundMe.map(({ user }) => user.id)).toEqual([third.userId, first.userId]);
    const rows = `select * from leaderboard_entries where user_id = '${hidden.userId}'`;
    expect((await test.rowsAs(first, [rows]))[0]).toEqual([]);
    await earn(hidden, 5);
    const own = await board(hidden, "ORGANIZATION");
    expect(own.me).toEqual({ rank: 1, points: 35, user: { id: hidden.userId } });
    expect(own.entries).toHaveLength(2);
    expect(own.aroundMe.map(({ user }) => user.id)).toEqual([hidden.userId, third.userId, first.userId]);
    await test.as(hidden).data(LIST, { listed: true });
    expect((await board(first, "ORGANIZATION")).me).toMatchObject({ rank: 3 });
  });

  it("pages, neighbours and ranks agree with counting, before and after the counts are folded", async () => {
    const organizationId = randomUUID();
    const points = [70_000, 70_000, 66_000, 600, 600, 600, 300, 257, 256, 255, 255, 3, 1, 1];
    const members = points.map(() => member(organizationId));
    for (const [index, viewer] of members.entries()) {
      await earn(viewer, points[index]!);
      if (index === 6) await foldRankings(ctx);
    }
    const expected = points.map((of) => 1 + points.filter((other) => other > of).length);
    for (const fold of [false, true, true]) {
      if (fold) await foldRankings(ctx);
      const whole: Standing[] = [];
      let after: string | null = null;
      do {
        const page: RankingPage = await test.as(members[0]!).data<RankingPage>(PAGE, { first: 4, after });
        const { edges, pageInfo, totalCount } = page.leaderboard.ranking;
        whole.push(...edges.map(({ node }) => node));
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
        expect(totalCount).toBe(points.length);
      } while (after !== null);
      expect(whole.map(({ rank }) => rank)).toEqual(expected);
      expect(new Set(whole.map(({ user }) => user.id)).size).toBe(points.length);
      const fifth = await board(
        members.find(({ userId }) => userId === whole[4]!.user.id)!,
        "ORGANIZATION",
      );
      expect(fifth.aroundMe).toEqual(whole.slice(2, 7));
    }
    const last = await test.as(members[0]!).data<RankingPage>(PAGE, { last: 2 });
    expect(last.leaderboard.ranking.edges.map(({ node }) => node.rank)).toEqual([13, 13]);
  });

  it("takes the same number of statements for few and for many", async () => {
    const organizationId = randomUUID();
    const viewer = member(organizationId);
    await earn(viewer, 5);
    const read = () => test.statementsOf(() => test.as(viewer).data(PAGE, { first: 50 }));
    const few = await read();
    await Promise.all(Array.from({ length: 12 }, (_, index) => earn(member(organizationId), index + 1)));
    expect((await read()).length).toBe(few.length);
  });
});
