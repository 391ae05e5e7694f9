import { randomUUID } from "node:crypto";
import { anonymous } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildAttempt, connectLearning } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectLearning>;

beforeAll(async () => {
  test = await startTestSubgraph("learning", createSubgraph);
  db = connectLearning(test.ownerUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

interface Entries {
  leaderboard: { id: string; entries: { rank: number; points: number; user: { id: string } }[] };
}
const LEADERBOARD = `query ($scope: LeaderboardScope!, $first: Int) {
  leaderboard(scope: $scope) { id entries(first: $first) { rank points user { id } } }
}`;
const SUBMIT = `mutation ($id: ID!) { submitAttempt(input: { attemptId: $id }) { attempt { status } } }`;
const WATCH = `subscription ($id: ID!) { leaderboardChanged(leaderboardId: $id) { entries(first: 100) { rank points user { id } } } }`;

/** A student of the organization who has just finished a paper without any answer: 20 points. */
async function buildFinisher(organizationId: string): Promise<string> {
  const { id, studentId } = await buildAttempt(db, { organizationId });
  await test.as(buildViewer({ userId: studentId, organizationId })).data(SUBMIT, { id });
  return studentId;
}

describe("000-33: the leaderboard", () => {
  it("of an organization holds its members, and equals share a rank", async () => {
    const organizationId = randomUUID();
    const [first, second, third] = [
      await buildFinisher(organizationId),
      await buildFinisher(organizationId),
      await buildFinisher(organizationId),
    ];
    await test.owner.query("update leaderboard_entries set points = 50 where user_id = any($1)", [[second, third]]);
    const { leaderboard } = await test
      .as(buildViewer({ organizationId }))
      .data<Entries>(LEADERBOARD, { scope: "ORGANIZATION", first: 10 });
    expect(leaderboard.entries).toEqual([
      { rank: 1, points: 50, user: { id: second } },
      { rank: 1, points: 50, user: { id: third } },
      { rank: 3, points: 20, user: { id: first } },
    ]);
  });

  it("of another organization does not exist, and of all is for everybody who is signed in", async () => {
    const organizationId = randomUUID();
    await buildFinisher(organizationId);
    const outsider = test.as(buildViewer({ organizationId: randomUUID() }));
    expect((await outsider.run(LEADERBOARD, { scope: "ORGANIZATION" })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect((await outsider.run(LEADERBOARD, { scope: "GLOBAL", first: 1 })).errors).toEqual([]);
    expect((await test.as(anonymous).run(LEADERBOARD, { scope: "GLOBAL" })).errors).toMatchObject([
      { code: "UNAUTHORIZED" },
    ]);
  });

  it.each([0, 101])("refuses a page of %d", async (first) => {
    await buildFinisher(randomUUID());
    const { errors } = await test.as(buildViewer()).run(LEADERBOARD, { scope: "GLOBAL", first });
    expect(errors).toMatchObject([{ code: "VALIDATION_ERROR" }]);
  });

  it("moves live when somebody finishes, and is read anew each time", async () => {
    const organizationId = randomUUID();
    await buildFinisher(organizationId);
    const watcher = test.as(buildViewer({ organizationId }));
    const { leaderboard } = await watcher.data<Entries>(LEADERBOARD, { scope: "ORGANIZATION" });
    const changes = await watcher.subscribe<{ leaderboardChanged: Entries["leaderboard"] }>(WATCH, {
      id: leaderboard.id,
    });
    for (const members of [2, 3]) {
      const newcomer = await buildFinisher(organizationId);
      const { value } = await changes.next();
      expect(value.leaderboardChanged.entries).toHaveLength(members);
      expect(value.leaderboardChanged.entries.at(-1).user.id).toBe(newcomer);
    }
    await changes.return!();
  });

  it("cannot be watched by who may not see it", async () => {
    const organizationId = randomUUID();
    await buildFinisher(organizationId);
    const { leaderboard } = await test
      .as(buildViewer({ organizationId }))
      .data<Entries>(LEADERBOARD, { scope: "ORGANIZATION" });
    await expect(test.as(buildViewer()).subscribe(WATCH, { id: leaderboard.id })).rejects.toThrow("NOT_FOUND");
    await expect(test.as(buildViewer()).subscribe(WATCH, { id: "x" })).rejects.toThrow("NOT_FOUND");
    await expect(test.as(anonymous).subscribe(WATCH, { id: leaderboard.id })).rejects.toThrow("UNAUTHORIZED");
  });

  it("counts concurrent finishes without losing one", async () => {
    const organizationId = randomUUID();
    const finishers = await Promise.all(Array.from({ length: 20 }, () => buildFinisher(organizationId)));
    const { leaderboard } = await test
      .as(buildViewer({ organizationId }))
      .data<Entries>(LEADERBOARD, { scope: "ORGANIZATION", first: 100 });
    expect(leaderboard.entries.map(({ user }) => user.id).toSorted()).toEqual(finishers.toSorted());
  });
});
