import { randomUUID } from "node:crypto";
import type { EventEnvelope } from "@lentera/kit";
import { type TestClient, type TestSubgraph, buildViewer, eventually, startTestSubgraph } from "@lentera/kit/testing";
import { buildAttempt, buildExamType, buildTryout, connectLearning } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LearningContext } from "../context.js";
import { createSubgraph } from "../subgraph.js";
import { settleGoals } from "./goal.service.js";

const HOUR_MS = 3_600_000;
const start = new Date("2026-03-10T03:00:00Z");
let now = start;
let test: TestSubgraph;
let db: ReturnType<typeof connectLearning>;
const heard: EventEnvelope[] = [];

beforeAll(async () => {
  test = await startTestSubgraph("learning", createSubgraph, { clock: () => now });
  db = connectLearning(test.ownerUrl);
  await test.subgraph.startWorkers();
  await test.events.subscribe("test", ["goal.completed"], async (event) => void heard.push(event));
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

const context = (): LearningContext =>
  new LearningContext(db, { viewer: buildViewer(), requestId: "test", language: "en" }, test.pubSub, () => now);
const student = (): TestClient => test.as(buildViewer());
const guardian = (): TestClient => test.as(buildViewer({ role: "GUARDIAN" }));

const GOAL = `goal { id status target rewardNote rewardClaimedAt completedAt startsAt endsAt setBy { id } student { id }
  progress { current share isOverdue } program { programName } examType { code } }`;
const CREATE = `mutation ($input: CreateGoalInput!) { createGoal(input: $input) { ${GOAL} } }`;
const CHANGE = `mutation ($input: ChangeGoalStatusInput!) { changeGoalStatus(input: $input) { ${GOAL} } }`;
const CLAIM = `mutation ($input: ClaimGoalRewardInput!) { claimGoalReward(input: $input) { ${GOAL} } }`;
const PERSON = `query ($people: [_Any!]!) { _entities(representations: $people) { ... on User {
  goalPermit goals(first: 10) { totalCount edges { node { id title progress { current share } program { programName } } } } } } }`;
interface Goal {
  id: string;
  status: string;
  endsAt: string;
  rewardClaimedAt: string | null;
  completedAt: string | null;
  setBy: { id: string };
  student: { id: string };
  progress: { current: number | null; share: number; isOverdue: boolean };
}
interface Person {
  goalPermit: string | null;
  goals: { totalCount: number; edges: { node: { id: string; progress: { share: number } } }[] } | null;
}

const person = (id: string, setGoals = true) => ({ __typename: "User", id, viewerAccess: { setGoals } });
async function lookAt(client: TestClient, id: string, setGoals = true): Promise<Person> {
  const { _entities } = await client.data<{ _entities: [Person] }>(PERSON, { people: [person(id, setGoals)] });
  return _entities[0];
}
const wanted = (over: Record<string, unknown> = {}) => ({
  kind: "TRYOUT_FREQUENCY",
  title: "Dua tryout",
  target: 2,
  endsOn: "2026-03-20",
  idempotencyKey: randomUUID(),
  ...over,
});
async function create(client: TestClient, over: Record<string, unknown> = {}): Promise<Goal> {
  return (await client.data<{ createGoal: { goal: Goal } }>(CREATE, { input: wanted(over) })).createGoal.goal;
}
async function goalOf(client: TestClient, id: string): Promise<{ progress: { current: number; share: number } }> {
  const { goals } = await lookAt(client, client.viewer.userId!);
  return goals!.edges.find(({ node }) => node.id === id)!.node as never;
}

/** A sitting that ended an hour after the start of the goals, with its score. */
async function sit(studentId: string, { examTypeId = "", scaled = 500, minutes = 60, at = start } = {}): Promise<void> {
  const tryout = await buildTryout(db, examTypeId === "" ? {} : { examTypeId });
  const startedAt = new Date(at.getTime() + HOUR_MS);
  const submittedAt = new Date(startedAt.getTime() + minutes * 60_000);
  const deadline = new Date(startedAt.getTime() + 3 * HOUR_MS);
  const { id: attemptId } = await buildAttempt(db, {
    studentId,
    tryoutId: tryout.id,
    startedAt,
    submittedAt,
    deadline,
    status: "SCORED",
  });
  const error = { abilityError: 0.3, standardError: 30, intervalLow: scaled - 59, intervalHigh: scaled + 59 };
  await db.attemptScore.create({ data: { attemptId, ability: (scaled - 500) / 100, scaled, ...error } });
}

describe("setting a goal", () => {
  it("000-45: is for oneself, until the end of a day in one's own zone, the same once per key", async () => {
    const client = student();
    await db.learner.create({ data: { userId: client.viewer.userId!, timeZone: "Asia/Kolkata" } });
    const input = wanted();
    const keys = await Promise.all([1, 2, 3].map(() => client.data<{ createGoal: { goal: Goal } }>(CREATE, { input })));
    expect(new Set(keys.map(({ createGoal }) => createGoal.goal.id)).size).toBe(1);
    expect(keys[0]!.createGoal.goal).toMatchObject({
      status: "ACTIVE",
      endsAt: "2026-03-20T18:30:00.000Z",
      setBy: { id: client.viewer.userId },
      student: { id: client.viewer.userId },
      progress: { current: 0, share: 0, isOverdue: false },
    });
  });

  it("000-45: is for a guardian who may set goals, by a permit that is theirs alone and runs out", async () => {
    const [parent, other, child] = [guardian(), guardian(), student()];
    const childId = child.viewer.userId!;
    expect(await lookAt(parent, childId, false)).toEqual({ goalPermit: null, goals: null });
    const { goalPermit: permit } = await lookAt(parent, childId);
    const goal = await create(parent, { permit });
    expect(goal).toMatchObject({ setBy: { id: parent.viewer.userId }, student: { id: childId } });
    expect((await lookAt(child, childId)).goals).toMatchObject({ totalCount: 1, edges: [{ node: { id: goal.id } }] });

    const wrong = { errors: [{ code: "VALIDATION_ERROR", details: [{ path: "input.permit" }] }] };
    expect(await other.run(CREATE, { input: wanted({ permit }) })).toMatchObject(wrong);
    expect(await parent.run(CREATE, { input: wanted({ permit: "made up" }) })).toMatchObject(wrong);
    now = new Date(start.getTime() + 10 * 60_000);
    expect(await parent.run(CREATE, { input: wanted({ permit }) })).toMatchObject(wrong);
    now = start;
  });

  it("000-45: tells everything that is wrong with it at once", async () => {
    const { errors } = await student().run(CREATE, {
      input: wanted({ kind: "TARGET_SCORE", title: " ", target: -1, endsOn: "2026-03-20" }),
    });
    expect(errors).toMatchObject([{ code: "VALIDATION_ERROR" }]);
    const paths = (errors[0]!.details as { path: string }[]).map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(["input.title", "input.target"]));
    for (const over of [{ endsOn: "2026-03-09" }, { endsOn: "2027-04-01" }, { kind: "TARGET_SCORE" }])
      expect((await student().run(CREATE, { input: wanted(over) })).errors).toMatchObject([
        { code: "VALIDATION_ERROR" },
      ]);
    const nowhere = wanted({ kind: "UNIVERSITY_TARGET", target: 0.5, programId: randomUUID() });
    expect((await student().run(CREATE, { input: nowhere })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect(
      (await test.as({ ...buildViewer(), kind: "ANONYMOUS", userId: null }).run(CREATE, { input: wanted() })).errors,
    ).toMatchObject([{ code: "UNAUTHORIZED" }]);
  });
});

describe("progress", () => {
  it("000-45: of four kinds is computed from what the student did within the goal's time", async () => {
    const client = student();
    const id = client.viewer.userId!;
    const { id: examTypeId } = await buildExamType(db);
    const program = await db.program.create({
      data: {
        universityName: "Universitas Contoh",
        programName: randomUUID(),
        examTypes: { create: { examTypeId } },
        years: { create: { year: 2025, passingScore: 560 } },
      },
    });
    const goals = {
      score: await create(client, { kind: "TARGET_SCORE", target: 700, examTypeId }),
      hours: await create(client, { kind: "STUDY_HOURS", target: 4 }),
      tryouts: await create(client, { kind: "TRYOUT_FREQUENCY", target: 4 }),
      university: await create(client, { kind: "UNIVERSITY_TARGET", target: 0.9, programId: program.id }),
    };
    await sit(id, { examTypeId, scaled: 900, at: new Date(start.getTime() - 48 * HOUR_MS) });
    await sit(id, { examTypeId, scaled: 560 });
    expect((await goalOf(client, goals.score.id)).progress).toEqual({ current: 560, share: 0.8 });
    expect((await goalOf(client, goals.hours.id)).progress).toEqual({ current: 1, share: 0.25 });
    expect((await goalOf(client, goals.tryouts.id)).progress).toEqual({ current: 1, share: 0.25 });
    const { progress } = await goalOf(client, goals.university.id);
    expect(progress.current).toBeCloseTo(0.5, 6);
    expect(progress.share).toBeCloseTo(0.5 / 0.9, 6);
  });

  it("takes the same number of statements for one goal and for ten", async () => {
    const clients = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const client = student();
        await create(client);
        return client;
      }),
    );
    const people = clients.map(({ viewer }) => person(viewer.userId!));
    const parent = guardian();
    const one = await test.statementsOf(() => parent.data(PERSON, { people: people.slice(0, 1) }));
    const many = await test.statementsOf(() => parent.data(PERSON, { people }));
    expect(many.length).toBe(one.length);
  });
});

describe("a goal's states", () => {
  it("000-45: it is completed once by what was done, however often that is looked at, and its reward claimed once", async () => {
    const client = student();
    const id = client.viewer.userId!;
    const goal = await create(client, { target: 1, rewardNote: "Buku baru" });
    const paused = await create(client, { target: 1 });
    await client.data(CHANGE, { input: { goalId: paused.id, status: "PAUSED" } });
    const claim = { input: { goalId: goal.id } };
    expect((await client.run(CLAIM, claim)).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    await sit(id);
    await Promise.all([1, 2, 3].map(() => settleGoals(context())));
    const told = () => heard.filter(({ data }) => (data as { studentId: string }).studentId === id);
    await eventually(async () => (told().length > 0 ? true : undefined));
    await settleGoals(context());
    const rows = await db.goal.findMany({ where: { studentId: id }, orderBy: { createdAt: "asc" } });
    expect(new Map(rows.map((row) => [row.id, row.status]))).toEqual(
      new Map([
        [goal.id, "COMPLETED"],
        [paused.id, "PAUSED"],
      ]),
    );
    const claims = await Promise.all([1, 2, 3].map(() => client.run(CLAIM, claim)));
    expect(claims.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect((await student().run(CLAIM, claim)).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect(told()).toMatchObject([{ data: { goalId: goal.id, createdById: id, rewardNote: "Buku baru" } }]);
  });

  it("000-45: are changed by who set it alone, along legal moves alone", async () => {
    const [parent, child] = [guardian(), student()];
    const { goalPermit: permit } = await lookAt(parent, child.viewer.userId!);
    const { id: goalId } = await create(parent, { permit });
    const change = (client: TestClient, status: string, over = {}) =>
      client.run(CHANGE, { input: { goalId, status, ...over } });
    expect((await change(child, "CANCELLED")).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    expect((await change(parent, "CANCELLED")).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect((await change(parent, "ACTIVE", { permit })).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    expect((await change(parent, "PAUSED", { permit })).errors).toEqual([]);
    expect((await change(parent, "CANCELLED", { permit })).errors).toEqual([]);
    expect((await change(parent, "ACTIVE", { permit })).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    expect((await change(parent, "COMPLETED", { permit })).errors).toMatchObject([{ code: "VALIDATION_ERROR" }]);
  });

  it("000-45: are the student's own business in the database, too", async () => {
    const client = student();
    await create(client);
    const read = ["select id from goals"];
    expect((await test.rowsAs(client.viewer, read))[0]).toHaveLength(1);
    expect((await test.rowsAs(buildViewer(), read))[0]).toHaveLength(0);
  });
});
