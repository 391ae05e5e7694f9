import { randomUUID } from "node:crypto";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildAttempt, connectLearning } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectLearning>;
const now = new Date("2026-03-10T18:30:00Z");

beforeAll(async () => {
  test = await startTestSubgraph("learning", createSubgraph, { clock: () => now });
  db = connectLearning(test.ownerUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

/** A student with these scores, oldest first. */
async function buildScored(...scores: number[]): Promise<string> {
  const studentId = randomUUID();
  for (const [index, scaled] of scores.entries()) {
    const startedAt = new Date(now.getTime() - (scores.length - index) * 86_400_000);
    const deadline = new Date(startedAt.getTime() + 60_000);
    const { id: attemptId } = await buildAttempt(db, { studentId, startedAt, deadline, status: "SCORED" });
    const score = { ability: (scaled - 500) / 100, abilityError: 0.3, scaled, standardError: 30 };
    await db.attemptScore.create({
      data: { attemptId, ...score, intervalLow: scaled - 59, intervalHigh: scaled + 59 },
    });
  }
  return studentId;
}

const PERFORMANCE = `query ($classes: [_Any!]!) {
  _entities(representations: $classes) {
    ... on Class { performance { averageScaled completionRate attemptedCount studentCount distribution { from to count } } }
  }
}`;
interface Performances {
  _entities: {
    performance: { averageScaled: number; distribution: { from: number; to: number; count: number }[] } | null;
  }[];
}
const aClass = (studentIds: string[]) => ({ __typename: "Class", id: randomUUID(), studentIds });
const teacher = () => test.as(buildViewer({ role: "TEACHER", staff: true, permissions: ["attempts:read"] }));

describe("000-58: the performance of a class", () => {
  it("is made of the latest score of each student", async () => {
    const scores = [[900, 450], [550], [1000], [500], [600], [700]];
    const students = [...(await Promise.all(scores.map((each) => buildScored(...each)))), randomUUID()];
    const { _entities } = await teacher().data<Performances>(PERFORMANCE, { classes: [aClass(students)] });
    const { performance } = _entities[0]!;
    expect(performance).toMatchObject({
      averageScaled: 633.33,
      completionRate: 6 / 7,
      attemptedCount: 6,
      studentCount: 7,
    });
    expect(performance!.distribution.filter(({ count }) => count > 0)).toEqual([
      { from: 400, to: 500, count: 1 },
      { from: 500, to: 600, count: 2 },
      { from: 600, to: 700, count: 1 },
      { from: 700, to: 800, count: 1 },
      { from: 900, to: 1000, count: 1 },
    ]);
  });

  it("000-58: of 5 scores or fewer tells only how many there are", async () => {
    const students = await Promise.all([500, 520, 540, 560, 580].map((score) => buildScored(score)));
    const { _entities } = await teacher().data<Performances>(PERFORMANCE, { classes: [aClass(students)] });
    const { performance } = _entities[0]!;
    expect(performance).toMatchObject({ averageScaled: null, distribution: [], attemptedCount: 5, studentCount: 5 });
  });

  it("of an empty class is empty", async () => {
    const { _entities } = await teacher().data<Performances>(PERFORMANCE, { classes: [aClass([])] });
    expect(_entities[0]!.performance).toMatchObject({ averageScaled: null, completionRate: 0 });
  });

  it("is not for those who may not read attempts", async () => {
    const classes = [aClass([await buildScored(500)])];
    const student = test.as(buildViewer({ permissions: ["attempts:create"] }));
    expect((await student.data<Performances>(PERFORMANCE, { classes }))._entities).toEqual([{ performance: null }]);
  });

  it("takes the same number of statements for one class and for many", async () => {
    const classes = await Promise.all(
      Array.from({ length: 10 }, async () => aClass([await buildScored(500), await buildScored(600)])),
    );
    const client = teacher();
    const one = await test.statementsOf(() => client.data(PERFORMANCE, { classes: classes.slice(0, 1) }));
    const many = await test.statementsOf(() => client.data(PERFORMANCE, { classes }));
    expect(many.length).toBe(one.length);
  });
});

describe("attempts per day", () => {
  const DAYS = `query ($days: Int!) { attemptsPerDay(days: $days) { date started submitted } }`;
  const admin = () => test.as(buildViewer({ role: "PLATFORM_ADMIN", permissions: ["platform:read"] }));

  it("C-21: are counted by the day in Jakarta, quiet days included", async () => {
    const startedAt = new Date("2026-03-10T17:30:00Z"); // 00:30 on the 11th in Jakarta
    const before = await admin().data<{ attemptsPerDay: { date: string; started: number }[] }>(DAYS, { days: 3 });
    expect(before.attemptsPerDay.map(({ date }) => date)).toEqual(["2026-03-09", "2026-03-10", "2026-03-11"]);
    await buildAttempt(db, { startedAt, deadline: new Date(startedAt.getTime() + 60_000) });
    const after = await admin().data<typeof before>(DAYS, { days: 3 });
    expect(after.attemptsPerDay[2]!.started).toBe(before.attemptsPerDay[2]!.started + 1);
  });

  it("are for the platform's admins, and for a year at most", async () => {
    expect((await teacher().run(DAYS, { days: 3 })).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    expect((await admin().run(DAYS, { days: 367 })).errors).toMatchObject([{ code: "VALIDATION_ERROR" }]);
  });
});
