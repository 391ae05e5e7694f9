import { randomUUID } from "node:crypto";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildAttempt, buildExamType, buildTryout, connectLearning } from "@lentera/prisma/factories";
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

type Tryout = Awaited<ReturnType<typeof buildTryout>>;

/** A sitting with its score; the first `right` items are answered right, the others wrong, each in `seconds`. */
async function sit(
  studentId: string,
  tryout: Tryout,
  { scaled = 500, daysAgo = 1, right = 2, seconds = 60, error = 30, minutes = 20 } = {},
): Promise<string> {
  const startedAt = new Date(now.getTime() - daysAgo * DAY_MS);
  const [submittedAt, deadline] = [minutes, 30].map((after) => new Date(startedAt.getTime() + after * 60_000));
  const { id: attemptId } = await buildAttempt(db, {
    studentId,
    tryoutId: tryout.id,
    startedAt,
    submittedAt: submittedAt!,
    deadline: deadline!,
    status: "SCORED",
  });
  const ability = (scaled - 500) / 100;
  const interval = { intervalLow: scaled - 59, intervalHigh: scaled + 59 };
  await db.attemptScore.create({
    data: { attemptId, ability, abilityError: error / 100, scaled, standardError: error, ...interval },
  });
  await db.subtestScore.createMany({
    data: ["PU", "PK"].map((subtest) => ({
      attemptId,
      subtest,
      ability,
      scaled,
      standardError: 40,
      correct: 1,
      total: tryout.items.length / 2,
    })),
  });
  await db.answer.createMany({
    data: tryout.items.map(({ itemId }, index) => ({
      attemptId,
      clientId: randomUUID(),
      itemId,
      response: [index < right ? "A" : "B"],
      answeredAt: startedAt,
      elapsedMs: seconds * 1000,
    })),
  });
  return attemptId;
}

async function joinClass(...userIds: string[]): Promise<string> {
  const { id } = await db.cohort.create({ data: { id: randomUUID(), scope: "CLASS", organizationId: randomUUID() } });
  await db.cohortMember.createMany({ data: userIds.map((userId) => ({ cohortId: id, userId, joinedAt: now })) });
  return id;
}

const ALL = { viewScores: true, viewStudyTime: true, viewDetailedAnalytics: true };
const INSIGHT = `query ($people: [_Any!]!) { _entities(representations: $people) { ... on User {
  scoreTrends { examType { code } points { scaled fitted bandLow bandHigh } change { difference standardError isDistinguishable } pointsPer30Days slopeError }
  examStandings { examType { code } ability attemptCount isBelowStrongest }
  mastery { subtests { subtest scaled standardError low high itemCount } topics { topic subtest answered correct expected mastery low high } }
  topicRecommendations { topic { topic } rule evidence { name value threshold } reason }
  timeManagement { subtest answered medianSeconds groupMedianSeconds pace rightSeconds wrongSeconds }
  studyHabits { timeZone minutes activeDays sessionCount minutesByHour }
  bestStudyHour { hour answered advantage isDistinguishable }
  peerComparisons { scope classId groupSize percentile groupAverage }
} } }`;
interface Insight {
  scoreTrends: {
    examType: { code: string };
    points: { scaled: number; fitted: number | null; bandLow: number; bandHigh: number }[];
    change: { difference: number; isDistinguishable: boolean } | null;
    pointsPer30Days: number | null;
  }[];
  examStandings: { examType: { code: string }; attemptCount: number; isBelowStrongest: boolean }[];
  mastery: {
    subtests: { subtest: string; scaled: number; itemCount: number; low: number; high: number }[];
    topics: { topic: string; subtest: string; answered: number; correct: number; mastery: number }[];
  };
  topicRecommendations: { topic: { topic: string }; rule: string; reason: string }[];
  timeManagement: { subtest: string; medianSeconds: number; groupMedianSeconds: number | null; pace: string | null }[];
  studyHabits: { timeZone: string; minutes: number; activeDays: number; minutesByHour: number[] };
  bestStudyHour: { hour: number; answered: number } | null;
  peerComparisons: { scope: string; classId: string | null; groupSize: number | null; percentile: number | null }[];
}

async function insightOf(id: string, access: Partial<typeof ALL> = ALL, language?: "id" | "en"): Promise<Insight> {
  const viewerAccess = { viewScores: false, viewStudyTime: false, viewDetailedAnalytics: false, ...access };
  const guardian = test.as(buildViewer({ role: "GUARDIAN" }), language);
  const people = [{ __typename: "User", id, viewerAccess }];
  return (await guardian.data<{ _entities: [Insight] }>(INSIGHT, { people }))._entities[0];
}

describe("the insight into a student", () => {
  it("000-41: shows each examination's trend with its band, and what is not distinguishable from last time", async () => {
    const [student, tryout, other] = [randomUUID(), await buildTryout(db), await buildTryout(db)];
    for (const [index, scaled] of [480, 500, 540].entries())
      await sit(student, tryout, { scaled, daysAgo: 30 - index * 10 });
    await sit(student, other, { scaled: 700, daysAgo: 2 });
    const { scoreTrends, examStandings } = await insightOf(student);
    const three = scoreTrends.find(({ points }) => points.length === 3)!;
    expect(three.points.map(({ scaled }) => scaled)).toEqual([480, 500, 540]);
    expect(three.pointsPer30Days).toBeCloseTo(90);
    for (const { fitted, bandLow, bandHigh } of three.points) {
      expect(bandLow).toBeLessThan(fitted!);
      expect(bandHigh).toBeGreaterThan(fitted!);
    }
    expect(three.change).toMatchObject({ difference: 40, isDistinguishable: false });
    expect(scoreTrends.find(({ points }) => points.length === 1)).toMatchObject({
      change: null,
      pointsPer30Days: null,
      points: [{ fitted: null }],
    });
    expect(examStandings).toMatchObject([
      { attemptCount: 1, isBelowStrongest: false },
      { attemptCount: 3, isBelowStrongest: true },
    ]);
  });

  it("000-41: leaves out scores that are not out yet", async () => {
    const student = randomUUID();
    const sealed = await buildTryout(db, {
      kind: "SCHEDULED",
      showResultsImmediately: false,
      opensAt: new Date(now.getTime() - DAY_MS),
      closesAt: new Date(now.getTime() + DAY_MS),
    });
    await sit(student, sealed);
    expect(await insightOf(student)).toMatchObject({ scoreTrends: [], peerComparisons: [], timeManagement: [] });
  });

  it("000-41: masters subtests and topics with their uncertainty, and says why a topic is weak", async () => {
    const [student, tryout] = [randomUUID(), await buildTryout(db, { itemCount: 12 })];
    await db.item.updateMany({
      where: { id: { in: tryout.items.slice(6).map(({ itemId }) => itemId) } },
      data: { topic: "Aljabar" },
    });
    await sit(student, tryout, { scaled: 700, right: 6 });
    const { mastery, topicRecommendations } = await insightOf(student);
    expect(mastery.subtests).toMatchObject([
      { subtest: "PK", scaled: 700, itemCount: 6 },
      { subtest: "PU", scaled: 700, itemCount: 6 },
    ]);
    expect(mastery.subtests[0]!.high - mastery.subtests[0]!.low).toBeCloseTo(2 * 1.96 * 40);
    expect(new Map(mastery.topics.map(({ topic, correct }) => [topic, correct]))).toEqual(
      new Map([
        ["Logika", 6],
        ["Aljabar", 0],
      ]),
    );
    expect(topicRecommendations).toMatchObject([{ topic: { topic: "Aljabar" }, rule: "BELOW_OWN_LEVEL" }]);
    expect(topicRecommendations[0]!.reason).toContain("0 of 6 right");
    const { topicRecommendations: inIndonesian } = await insightOf(student, ALL, "id");
    expect(inIndonesian[0]!.reason).toContain("0 dari 6 benar");
  });

  it("000-42: sets the time for an item against the group's, but not against a group of 5", async () => {
    const [tryout, small] = [await buildTryout(db), await buildTryout(db)];
    const [slow, ...others] = Array.from({ length: 6 }, () => randomUUID());
    for (const student of others) await sit(student, tryout, { seconds: 60 });
    for (const student of others) await sit(student, small, { seconds: 60 });
    await sit(slow!, tryout, { seconds: 90 });
    const { timeManagement } = await insightOf(slow!);
    expect(timeManagement).toHaveLength(2);
    for (const timing of timeManagement)
      expect(timing).toMatchObject({ medianSeconds: 90, groupMedianSeconds: 60, pace: "SLOWER" });
    const [alone] = [randomUUID()];
    const lonely = await buildTryout(db);
    await sit(alone, lonely);
    for (const timing of (await insightOf(alone)).timeManagement)
      expect(timing).toMatchObject({ medianSeconds: 60, groupMedianSeconds: null, pace: null });
  });

  it("C-21: tells study habits and the best hour by the learner's own clock", async () => {
    const [student, tryout] = [randomUUID(), await buildTryout(db, { itemCount: 24 })];
    await db.learner.create({ data: { userId: student, timeZone: "Asia/Kolkata" } });
    await sit(student, tryout, { daysAgo: 1, minutes: 20, right: 24 });
    await sit(student, tryout, { daysAgo: 2, minutes: 10, right: 24 });
    await sit(student, tryout, { daysAgo: 29, minutes: 30 });
    const { studyHabits, bestStudyHour } = await insightOf(student);
    expect(studyHabits).toMatchObject({ timeZone: "Asia/Kolkata", minutes: 30, activeDays: 2 });
    // 03:00 in UTC is 08:30 in Kolkata
    expect(studyHabits.minutesByHour[8]).toBe(30);
    expect(bestStudyHour).toMatchObject({ hour: 8, answered: 72 });
  });

  it("000-42: compares with class and platform, and tells nothing of 5 or fewer", async () => {
    const tryout = await buildTryout(db);
    const students = Array.from({ length: 6 }, () => randomUUID());
    for (const [index, student] of students.entries()) await sit(student, tryout, { scaled: 400 + 20 * index });
    const best = students[5]!;
    const [six, five] = [await joinClass(...students), await joinClass(...students.slice(1), randomUUID())];
    const { peerComparisons } = await insightOf(best);
    const of = (classId: string | null) => peerComparisons.find((one) => one.classId === classId)!;
    expect(of(six)).toMatchObject({ scope: "CLASS", groupSize: 6, groupAverage: 450 });
    expect(of(six).percentile).toBeCloseTo((100 * 5.5) / 6);
    expect(of(five)).toEqual({ scope: "CLASS", classId: five, groupSize: null, percentile: null, groupAverage: null });
    expect(of(null)).toMatchObject({ scope: "PLATFORM", groupSize: 6 });
  });

  it("000-42: opens each field by its own permission", async () => {
    const [student, tryout] = [randomUUID(), await buildTryout(db, { itemCount: 24 })];
    await sit(student, tryout);
    const openWith = async (access: Partial<typeof ALL>): Promise<string[]> =>
      Object.entries(await insightOf(student, access)).flatMap(([field, value]) => (value === null ? [] : [field]));
    expect(await openWith({})).toEqual([]);
    expect(await openWith({ viewScores: true })).toEqual(["scoreTrends", "examStandings"]);
    expect(await openWith({ viewStudyTime: true })).toEqual(["studyHabits"]);
    const detailed = ["mastery", "topicRecommendations", "timeManagement", "peerComparisons"];
    expect(await openWith({ viewDetailedAnalytics: true })).toEqual(detailed);
    expect(await openWith({ viewStudyTime: true, viewDetailedAnalytics: true })).toContain("bestStudyHour");
  });

  it("takes the same number of statements for one student and for ten", async () => {
    const examTypeId = (await buildExamType(db)).id;
    const tryout = await buildTryout(db, { examTypeId });
    const students = Array.from({ length: 10 }, () => randomUUID());
    for (const student of students) await sit(student, tryout);
    await joinClass(...students);
    const people = students.map((id) => ({ __typename: "User", id, viewerAccess: ALL }));
    const client = () => test.as(buildViewer({ role: "GUARDIAN" }));
    const one = await test.statementsOf(() => client().data(INSIGHT, { people: people.slice(0, 1) }));
    const many = await test.statementsOf(() => client().data(INSIGHT, { people }));
    expect(many.length).toBe(one.length);
  });
});
