import { randomUUID } from "node:crypto";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildAttempt, buildTryout, connectLearning } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

const DAY_MS = 86_400_000;
const now = new Date("2026-03-10T03:00:00Z");
let test: TestSubgraph;
let db: ReturnType<typeof connectLearning>;

beforeAll(async () => {
  test = await startTestSubgraph("learning", createSubgraph, { clock: () => now });
  db = connectLearning(test.ownerUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

/** A sitting so many days ago, with the same score overall and in PU. */
async function sit(studentId: string, tryoutId: string, scaled: number, daysAgo: number): Promise<void> {
  const startedAt = new Date(now.getTime() - daysAgo * DAY_MS);
  const deadline = new Date(startedAt.getTime() + 60_000);
  const { id: attemptId } = await buildAttempt(db, {
    studentId,
    tryoutId,
    startedAt,
    submittedAt: startedAt,
    deadline,
    status: "SCORED",
  });
  const error = { abilityError: 0.3, standardError: 30, intervalLow: scaled - 59, intervalHigh: scaled + 59 };
  await db.attemptScore.create({ data: { attemptId, ability: (scaled - 500) / 100, scaled, ...error } });
  await db.subtestScore.create({
    data: { attemptId, subtest: "PU", ability: 0, scaled, standardError: 40, correct: 1, total: 2 },
  });
}

const ANALYSIS = `query ($classes: [_Any!]!, $days: Int! = 30) { _entities(representations: $classes) { ... on Class { analysis(days: $days) {
  studentCount activeCount completionRate
  exams { examType { code } scoredCount averageScaled nationalAverage improvement { rate points isDistinguishable }
    subjects { subtest classAverage nationalAverage difference isImprovementArea }
    trend { startsOn average studentCount } topPerformers { student { id } scaled } }
  atRisk { student { id } reasons { reason value threshold } }
} } } }`;
interface Analysis {
  studentCount: number;
  activeCount: number;
  completionRate: number;
  exams: {
    scoredCount: number;
    averageScaled: number | null;
    nationalAverage: number | null;
    improvement: { rate: number; points: number; isDistinguishable: boolean } | null;
    subjects: { subtest: string; difference: number | null; isImprovementArea: boolean }[];
    trend: { startsOn: string; average: number | null; studentCount: number }[];
    topPerformers: { student: { id: string }; scaled: number }[];
  }[];
  atRisk: { student: { id: string }; reasons: { reason: string; value: number | null }[] }[];
}
const aClass = (studentIds: string[]) => ({ __typename: "Class", id: randomUUID(), studentIds });
const teacher = () => test.as(buildViewer({ role: "TEACHER", staff: true, permissions: ["attempts:read"] }));
async function analysisOf(studentIds: string[]): Promise<Analysis> {
  const classes = [aClass(studentIds)];
  return (await teacher().data<{ _entities: [{ analysis: Analysis }] }>(ANALYSIS, { classes }))._entities[0].analysis;
}
const people = (count: number): string[] => Array.from({ length: count }, () => randomUUID());

describe("the analysis of a class", () => {
  it("000-58 000-60: sets it against the country and against itself before, by subject and week", async () => {
    const { id: tryoutId } = await buildTryout(db);
    const [students, others] = [people(7), people(8)];
    for (const [index, student] of students.entries()) {
      await sit(student, tryoutId, 500 + 10 * index, 40);
      await sit(student, tryoutId, 530 + 10 * index, 8);
    }
    for (const other of others) await sit(other, tryoutId, 700, 5);
    const { studentCount, activeCount, completionRate, exams } = await analysisOf([...students, randomUUID()]);
    expect({ studentCount, activeCount, completionRate }).toEqual({
      studentCount: 8,
      activeCount: 7,
      completionRate: 7 / 8,
    });
    const national = (7 * 560 + 8 * 700) / 15;
    expect(exams).toMatchObject([
      {
        scoredCount: 7,
        averageScaled: 560,
        improvement: { points: 30, isDistinguishable: true },
        subjects: [{ subtest: "PU", classAverage: 560, isImprovementArea: true }],
        trend: [{ startsOn: "2026-03-02", average: 560, studentCount: 7 }],
      },
    ]);
    const [exam] = exams;
    expect(exam!.nationalAverage).toBeCloseTo(national);
    expect(exam!.subjects[0]!.difference).toBeCloseTo(560 - national);
    expect(exam!.improvement!.rate).toBeCloseTo(30 / 530);
    expect(exam!.topPerformers.map(({ student }) => student.id)).toEqual(students.toReversed().slice(0, 5));
  });

  it("000-58: names students at risk with the reasons, and nobody without one", async () => {
    const { id: tryoutId } = await buildTryout(db);
    const [silent, never, falling, ...steady] = people(12);
    for (const [index, student] of steady.entries()) await sit(student, tryoutId, 595 + index, 3);
    await sit(silent!, tryoutId, 600, 45);
    await sit(falling!, tryoutId, 600, 20);
    await sit(falling!, tryoutId, 400, 3);
    const { atRisk } = await analysisOf([silent!, never!, falling!, ...steady]);
    const reasonsOf = new Map(atRisk.map(({ student, reasons }) => [student.id, reasons]));
    expect(reasonsOf.size).toBe(3);
    expect(reasonsOf.get(silent!)).toEqual([{ reason: "NO_ACTIVITY", value: 45, threshold: 30 }]);
    expect(reasonsOf.get(never!)).toEqual([{ reason: "NO_ACTIVITY", value: null, threshold: 30 }]);
    expect(reasonsOf.get(falling!)).toMatchObject([
      { reason: "DECLINING", value: -200 },
      { reason: "FAR_BELOW_CLASS", threshold: -1.5 },
    ]);
    expect(atRisk[0]!.student.id).toBe(falling);
  });

  it("000-58: tells no averages of 5 students or fewer, nor who is best among them", async () => {
    const { id: tryoutId } = await buildTryout(db);
    const students = people(5);
    for (const student of students) await sit(student, tryoutId, 600, 3);
    const [exam] = (await analysisOf(students)).exams;
    expect(exam).toMatchObject({
      scoredCount: 5,
      averageScaled: null,
      nationalAverage: null,
      improvement: null,
      subjects: [{ classAverage: null, nationalAverage: null, difference: null, isImprovementArea: false }],
      trend: [{ average: null, studentCount: 5 }],
      topPerformers: [],
    });
  });

  it("000-58: is for staff who may read attempts, and for 7 to 366 days", async () => {
    const classes = [aClass(people(1))];
    const student = test.as(buildViewer({ permissions: ["attempts:create"] }));
    expect((await student.data<{ _entities: unknown[] }>(ANALYSIS, { classes }))._entities).toEqual([
      { analysis: null },
    ]);
    for (const days of [6, 367])
      expect((await teacher().run(ANALYSIS, { classes, days })).errors).toMatchObject([{ code: "VALIDATION_ERROR" }]);
  });

  it("000-60: takes the same number of statements for one class and for many", async () => {
    const { id: tryoutId } = await buildTryout(db);
    const classes = Array.from({ length: 4 }, () => aClass(people(3)));
    for (const { studentIds } of classes) for (const student of studentIds) await sit(student, tryoutId, 600, 3);
    const one = await test.statementsOf(() => teacher().data(ANALYSIS, { classes: classes.slice(0, 1) }));
    const many = await test.statementsOf(() => teacher().data(ANALYSIS, { classes }));
    expect(many.length).toBe(one.length);
  });
});
