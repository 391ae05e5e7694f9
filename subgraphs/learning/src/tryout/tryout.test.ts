import { randomUUID } from "node:crypto";
import { type TestClient, type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildExamType, buildItem, buildTryout, connectLearning } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";
import { GRACE_MS, releasesAt } from "./tryout.rules.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectLearning>;
let examTypeId: string;
let now = new Date();

const HOUR = 3_600_000;
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds);

beforeAll(async () => {
  test = await startTestSubgraph("learning", createSubgraph, { clock: () => now });
  db = connectLearning(test.ownerUrl);
  examTypeId = await buildExam();
  for (let index = 0; index < 12; index++)
    await buildItem(db, { examTypeId, subtest: index < 6 ? "PU" : "PK", topic: index % 2 === 0 ? "Logika" : "Angka" });
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

async function buildExam(over: object = {}): Promise<string> {
  const subtests = ["PU", "PK"].map((code, index) => {
    const weight = code === "PU" ? 3 : 1;
    return { code, name: `Subtes ${code}`, position: index, itemCount: 5, durationMinutes: 10, weight };
  });
  return (await buildExamType(db, { subtests: { create: subtests }, ...over })).id;
}
function buildTeacher(organizationId: string = randomUUID()) {
  const permissions = ["tryouts:create", "attempts:read"];
  return test.as(buildViewer({ role: "TEACHER", staff: true, organizationId, permissions }));
}
const buildStudent = (organizationId?: string | null) =>
  test.as(buildViewer({ permissions: ["attempts:create"], ...(organizationId && { organizationId }) }));

const FIELDS = `id title status selection kind durationMinutes itemCount requiresAccessCode accessCode subtests { code itemCount }`;
const CREATE = `mutation ($input: CreateTryoutInput!) { createTryout(input: $input) { tryout { ${FIELDS} } } }`;
const SCHEDULE = `mutation ($input: ScheduleTryoutInput!) { scheduleTryout(input: $input) { tryout { ${FIELDS} } } }`;
const CANCEL = `mutation ($input: CancelTryoutInput!) { cancelTryout(input: $input) { tryout { ${FIELDS} } } }`;
const ATTEMPT = `id status deadline submittedAt score { scaled standardError } subtestScores { subtest scaled correct total }
  sections { subtest opensAt closesAt } items { id position subtest response } review { itemId response isRight correct explanation }`;
const START = `mutation ($input: StartAttemptInput!) { startAttempt(input: $input) { attempt { ${ATTEMPT} } } }`;
const GET = `query ($id: ID!) { attempt(id: $id) { ${ATTEMPT} } }`;
const SAVE = `mutation ($input: SaveAnswersInput!) { saveAnswers(input: $input) { results { status } } }`;
const SUBMIT = `mutation ($id: ID!) { submitAttempt(input: { attemptId: $id }) { attempt { ${ATTEMPT} } } }`;

interface Composed {
  id: string;
  status: string;
  selection: string;
  itemCount: number;
  accessCode: string | null;
}
interface Sitting {
  id: string;
  status: string;
  deadline: string;
  submittedAt: string | null;
  score: { scaled: number; standardError: number } | null;
  subtestScores: { subtest: string; scaled: number }[];
  sections: { subtest: string; opensAt: string; closesAt: string }[];
  items: { id: string; position: number; subtest: string; response: string[] }[];
  review: { itemId: string; isRight: boolean; correct: string[] }[] | null;
}

const section = (subtest: string, over: object = {}) => ({ subtest, durationMinutes: 10, itemCount: 4, ...over });
const plan = (over: object = {}) => ({
  examTypeId,
  title: "Tryout kelas",
  sections: [section("PU"), section("PK")],
  idempotencyKey: randomUUID(),
  ...over,
});
async function create(teacher: TestClient, over: object = {}): Promise<Composed> {
  return (await teacher.data<{ createTryout: { tryout: Composed } }>(CREATE, { input: plan(over) })).createTryout
    .tryout;
}
const schedule = (teacher: TestClient, tryoutId: string, over: object = { closesAt: later(HOUR) }) =>
  teacher.run<{ scheduleTryout: { tryout: Composed } }>(SCHEDULE, { input: { tryoutId, ...over } });
/** A tryout that can be sat now, its teacher and a student. */
async function open(over: object = {}) {
  const teacher = buildTeacher();
  const tryout = await create(teacher, over);
  expect((await schedule(teacher, tryout.id)).data!.scheduleTryout.tryout.status).toBe("ACTIVE");
  return { teacher, tryout, student: buildStudent(teacher.viewer.organizationId) };
}
const begin = (student: TestClient, tryoutId: string, over: object = {}) =>
  student.run<{ startAttempt: { attempt: Sitting } }>(START, {
    input: { tryoutId, idempotencyKey: randomUUID(), ...over },
  });
async function start(student: TestClient, tryoutId: string, over: object = {}): Promise<Sitting> {
  const { data, errors } = await begin(student, tryoutId, over);
  expect(errors).toEqual([]);
  return data!.startAttempt.attempt;
}
const read = async (client: TestClient, id: string) => (await client.data<{ attempt: Sitting }>(GET, { id })).attempt;
const submit = async (student: TestClient, id: string) =>
  (await student.data<{ submitAttempt: { attempt: Sitting } }>(SUBMIT, { id })).submitAttempt.attempt;
async function save(student: TestClient, attemptId: string, itemIds: string[], response: string[] = ["A"]) {
  const answers = itemIds.map((itemId) => ({
    clientId: randomUUID(),
    itemId,
    response,
    answeredAt: now.toISOString(),
    elapsedMs: 1,
  }));
  const data = await student.data<{ saveAnswers: { results: { status: string }[] } }>(SAVE, {
    input: { attemptId, answers },
  });
  return data.saveAnswers.results.map(({ status }) => status);
}
async function at<Result>(time: Date, work: () => Promise<Result>): Promise<Result> {
  const before = now;
  now = time;
  try {
    return await work();
  } finally {
    now = before;
  }
}
async function runJob(name: string, tryoutId: string): Promise<void> {
  await test.owner.query("select graphile_worker.add_job($1, $2::json, job_key => $3)", [
    name,
    JSON.stringify({ tryoutId }),
    `${name}:${tryoutId}`,
  ]);
  await test.subgraph.jobsDone();
}

describe("000-52, 000-57: composing a tryout", () => {
  it("from shares, by hand, and both", async () => {
    const teacher = buildTeacher();
    const own = await buildItem(db, { examTypeId, organizationId: teacher.viewer.organizationId!, subtest: "PU" });
    const shares = {
      topics: [
        { topic: "Logika", count: 1 },
        { topic: "Angka", count: 3 },
      ],
    };
    const auto = await create(teacher, {
      sections: [section("PU", shares), section("PK", { difficulties: [{ difficulty: "MEDIUM", count: 4 }] })],
    });
    expect(auto).toMatchObject({ status: "DRAFT", selection: "AUTO", itemCount: 8, durationMinutes: 20 });
    const byHand = [section("PU", { itemCount: null, itemIds: [own.id] })];
    expect(await create(teacher, { sections: byHand })).toMatchObject({ selection: "MANUAL", itemCount: 1 });
    const mixed = await create(teacher, { sections: [section("PU", { itemIds: [own.id] })] });
    expect(mixed).toMatchObject({ selection: "MIXED", itemCount: 4 });
    const { rows } = await test.owner.query("select 1 from tryout_items where tryout_id = $1 and item_id = $2", [
      mixed.id,
      own.id,
    ]);
    expect(rows).toHaveLength(1);
  });

  it("says which constraint lacks how many items, and writes nothing", async () => {
    const teacher = buildTeacher();
    const sections = [section("PU", { itemCount: 5, topics: [{ topic: "Logika", count: 5 }] })];
    const input = plan({ sections, targetInformation: { ability: 0, minimum: 1 } });
    const { errors } = await teacher.run(CREATE, { input });
    expect(errors).toMatchObject([
      {
        code: "VALIDATION_ERROR",
        details: [
          {
            path: "input.sections.0.topics.0",
            message: "Subtest PU, Logika: 5 items are wanted and 3 are there, so 2 are lacking.",
          },
        ],
      },
    ]);
    const { data } = await teacher.run<{ managedTryouts: { totalCount: number } }>("{ managedTryouts { totalCount } }");
    expect(data!.managedTryouts.totalCount).toBe(0);
  });

  it("takes no draft, no other organization's and no other subtest's question", async () => {
    const strangers = await Promise.all([
      buildItem(db, { examTypeId, organizationId: randomUUID() }),
      buildItem(db, { examTypeId, status: "DRAFT" }),
      buildItem(db, { examTypeId, subtest: "PK" }),
    ]);
    const itemIds = strangers.map(({ id }) => id);
    const { errors } = await buildTeacher().run(CREATE, {
      input: plan({ sections: [section("PU", { itemCount: null, itemIds })] }),
    });
    expect((errors[0]!.details as { path: string }[]).map(({ path }) => path)).toEqual(
      itemIds.map((_, index) => `input.sections.0.itemIds.${index}`),
    );
  });

  it("names every bad field at once, and is for staff", async () => {
    const bad = plan({
      title: " ",
      sections: [section("PU", { topics: [{ topic: "Logika", count: 1 }] })],
      attemptLimit: 0,
    });
    const { errors } = await buildTeacher().run(CREATE, { input: bad });
    expect((errors[0]!.details as { path: string }[]).map(({ path }) => path)).toEqual([
      "input.title",
      "input.sections.0.topics",
      "input.attemptLimit",
    ]);
    const refused = await buildStudent(randomUUID()).run(CREATE, { input: plan() });
    expect(refused.errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
  });

  it("the same key composes once", async () => {
    const teacher = buildTeacher();
    const input = plan();
    const all = await Promise.all(
      Array.from({ length: 3 }, () => teacher.data<{ createTryout: { tryout: Composed } }>(CREATE, { input })),
    );
    expect(new Set(all.map(({ createTryout }) => createTryout.tryout.id)).size).toBe(1);
  });
});

describe("000-52: the states of a tryout", () => {
  it("are moved by clocks, and by no one else", async () => {
    await test.subgraph.startWorkers();
    const teacher = buildTeacher();
    const { id } = await create(teacher);
    const [opensAt, closesAt] = [later(HOUR), later(2 * HOUR)];
    const { data } = await schedule(teacher, id, { opensAt, closesAt });
    expect(data!.scheduleTryout.tryout.status).toBe("SCHEDULED");
    const { rows } = await test.owner.query(
      "select key, run_at from graphile_worker.jobs where key like $1 order by key",
      [`%${id}`],
    );
    expect(rows).toEqual([
      { key: `tryout.close:${id}`, run_at: closesAt },
      { key: `tryout.open:${id}`, run_at: opensAt },
      { key: `tryout.release:${id}`, run_at: releasesAt(closesAt) },
    ]);
    const status = async () =>
      (await test.owner.query("select status from tryouts where id = $1", [id])).rows[0].status as string;
    await runJob("tryout.open", id);
    expect(await status()).toBe("SCHEDULED");
    await at(opensAt, () => runJob("tryout.open", id));
    expect(await status()).toBe("ACTIVE");
    await at(closesAt, () => runJob("tryout.close", id));
    expect(await status()).toBe("COMPLETED");
    expect((await schedule(teacher, id)).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    await expect(test.owner.query("update tryouts set status = 'ACTIVE' where id = $1", [id])).rejects.toThrow(
      /does not go from COMPLETED to ACTIVE/,
    );
  });

  it("a cancelled one cannot be begun, a draft is not there for students, another's is not there for teachers", async () => {
    const { teacher, tryout, student } = await open();
    await teacher.data(CANCEL, { input: { tryoutId: tryout.id } });
    expect((await begin(student, tryout.id)).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    const draft = await create(teacher);
    expect((await begin(student, draft.id)).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect((await schedule(buildTeacher(), draft.id)).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    const wrong = await schedule(teacher, draft.id, { opensAt: later(HOUR), closesAt: later(HOUR) });
    expect(wrong.errors[0]!.details).toMatchObject([{ path: "input.closesAt" }]);
  });
});

describe("000-57: the access code", () => {
  it("is shown to staff alone, encrypted in the database, and asked for at the start", async () => {
    const { teacher, tryout, student } = await open({ requiresAccessCode: true });
    expect(tryout.accessCode).toMatch(/^[A-Z2-9]{8}$/);
    const { rows } = await test.owner.query("select access_code from tryouts where id = $1", [tryout.id]);
    expect(rows[0].access_code).not.toContain(tryout.accessCode);
    const seen = await student.data<{ tryouts: { edges: { node: object }[] } }>(
      "{ tryouts(filter: { kind: SCHEDULED }) { edges { node { id requiresAccessCode accessCode } } } }",
    );
    expect(seen.tryouts.edges.map(({ node }) => node)).toContainEqual({
      id: tryout.id,
      requiresAccessCode: true,
      accessCode: null,
    });
    for (const accessCode of [null, "WRONG234"])
      expect((await begin(student, tryout.id, { accessCode })).errors[0]!.details).toMatchObject([
        { path: "input.accessCode" },
      ]);
    const { id } = await start(student, tryout.id, { accessCode: tryout.accessCode!.toLowerCase() });
    expect((await start(student, tryout.id)).id).toBe(id);
    expect(teacher.viewer.staff).toBe(true);
  });
});

describe("000-40: a sitting", () => {
  it("has an order of its own that never changes and keeps the sections", async () => {
    const { tryout, teacher } = await open({
      sections: [section("PU", { itemCount: 6 }), section("PK", { itemCount: 6 })],
    });
    const orders = new Set<string>();
    for (let index = 0; index < 6; index++) {
      const student = buildStudent(teacher.viewer.organizationId);
      const { id, items } = await start(student, tryout.id);
      expect(items.map(({ position }) => position)).toEqual(items.map((_, place) => place + 1));
      expect(items.map(({ subtest }) => subtest).join("")).toBe(`${"PU".repeat(6)}${"PK".repeat(6)}`);
      expect((await read(student, id)).items).toEqual(items);
      orders.add(items.map((item) => item.id).join());
    }
    expect(orders.size).toBeGreaterThan(1);
  });

  it("with section clocks shows and accepts a section only in its time, with the grace of 30 s and no way back", async () => {
    const { tryout, student } = await open({ hasSectionClocks: true, randomizeItems: false });
    const first = await start(student, tryout.id);
    expect(first.items.map(({ subtest }) => subtest)).toEqual(["PU", "PU", "PU", "PU"]);
    const [one, two] = first.sections;
    expect([one!.closesAt, two!.closesAt]).toEqual([two!.opensAt, first.deadline]);
    const beginning = new Date(two!.opensAt);
    const second = await at(beginning, () => read(student, first.id));
    const [early, late] = [first.items[0]!.id, second.items.at(-1)!.id];
    expect(second.items).toHaveLength(8);
    expect(await save(student, first.id, [early, late])).toEqual(["SAVED", "REJECTED_NOT_OPEN"]);
    const lastMoment = new Date(beginning.getTime() + GRACE_MS - 1);
    expect(await at(lastMoment, () => save(student, first.id, [early, late]))).toEqual(["SAVED", "SAVED"]);
    const over = new Date(beginning.getTime() + GRACE_MS);
    expect(await at(over, () => save(student, first.id, [early, late]))).toEqual(["REJECTED_LATE", "SAVED"]);
  });

  it("is repeated as often as the tryout says, however many starts come at once", async () => {
    const { tryout, student } = await open({ attemptLimit: 2 });
    for (let time = 0; time < 2; time++) {
      const all = await Promise.all(Array.from({ length: 5 }, () => start(student, tryout.id)));
      expect(new Set(all.map(({ id }) => id)).size).toBe(1);
      await Promise.all(Array.from({ length: 3 }, () => submit(student, all[0]!.id)));
    }
    expect((await begin(student, tryout.id)).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
  });

  it("on two devices that save and submit at once holds every answer that was confirmed, and one score", async () => {
    const { tryout, student } = await open({ showResultsImmediately: true });
    const { id, items } = await start(student, tryout.id);
    const resumed = await start(student, tryout.id);
    expect(resumed.id).toBe(id);
    const saves = await Promise.all([
      ...items.map(({ id: itemId }, index) => save(student, id, [itemId], [index % 2 === 0 ? "A" : "B"])),
      ...items.map(({ id: itemId }) => save(student, id, [itemId], ["C"])),
      submit(student, id).then(() => []),
    ]);
    const confirmed = saves.flat().filter((status) => status === "SAVED").length;
    const { rows } = await test.owner.query(
      "select (select count(*)::int from answers where attempt_id = $1) as answers, (select count(*)::int from attempt_scores where attempt_id = $1) as scores",
      [id],
    );
    expect(rows).toEqual([{ answers: confirmed, scores: 1 }]);
  });

  it("submitted at the very deadline, by the student and by the clock, is scored once and counts as in time", async () => {
    const { tryout, student } = await open({ showResultsImmediately: true });
    const { id, deadline } = await start(student, tryout.id);
    const moment = new Date(new Date(deadline).getTime() + GRACE_MS);
    const results = await at(moment, () =>
      Promise.all([submit(student, id), submit(student, id), begin(student, tryout.id)]),
    );
    expect(results[0].submittedAt).toBe(deadline);
    expect(results[0].score).toEqual(results[1].score);
  });
});

describe("000-52: results and review", () => {
  it("come when the tryout says so: scores after the end, keys never while somebody can still sit it", async () => {
    const { tryout, student, teacher } = await open({ allowReview: true });
    const { id, items } = await start(student, tryout.id);
    await save(student, id, [items[0]!.id]);
    expect(await submit(student, id)).toMatchObject({ status: "SCORED", score: null, subtestScores: [], review: null });
    const after = releasesAt(later(HOUR));
    expect(await at(new Date(after.getTime() - 1), () => read(student, id))).toMatchObject({
      score: null,
      review: null,
    });
    const out = await at(after, () => read(student, id));
    expect(out.score).not.toBeNull();
    expect(out.review).toHaveLength(8);
    expect(out.review!.filter(({ isRight }) => isRight)).toMatchObject([{ itemId: items[0]!.id, correct: ["A"] }]);
    const admin = test.as(
      buildViewer({
        role: "ADMIN",
        staff: true,
        organizationId: teacher.viewer.organizationId!,
        permissions: ["tryouts:create", "attempts:read"],
      }),
    );
    const SCORE = "query ($id: ID!) { attempt(id: $id) { score { scaled } review { itemId } } }";
    expect(await admin.data(SCORE, { id })).toMatchObject({
      attempt: { score: { scaled: expect.any(Number) }, review: null },
    });
  });

  it("keys stay closed where review is not allowed, and open at once for a practice that allows it", async () => {
    for (const [allowReview, isOpen] of [
      [false, false],
      [true, true],
    ]) {
      const tryout = await buildTryout(db, { examTypeId, allowReview: allowReview! });
      const student = buildStudent();
      const { id, review } = await start(student, tryout.id);
      expect(review).toBeNull();
      expect((await submit(student, id)).review !== null).toBe(isOpen);
    }
  });
});

describe("000-34: scoring methods", () => {
  it.each([
    ["RAW_SCORE", 200 + 800 * (6 / 8)],
    ["WEIGHTED", 200 + 800 * ((3 * 1 + 1 * 0.5) / 4)],
  ] as const)("%s spreads the share of points over the scale", async (scoringMethod, expected) => {
    const exam = await buildExam({ scoringMethod });
    const tryout = await buildTryout(db, { examTypeId: exam, itemCount: 8 });
    const student = buildStudent();
    const { id, items } = await start(student, tryout.id);
    await save(
      student,
      id,
      items.slice(0, 6).map((item) => item.id),
    );
    const { score, subtestScores } = await submit(student, id);
    expect(score!.scaled).toBeCloseTo(expected, 6);
    expect(score!.standardError).toBeGreaterThan(0);
    expect(subtestScores).toMatchObject([
      { subtest: "PU", scaled: 1000 },
      { subtest: "PK", scaled: 600 },
    ]);
  });

  it("a backlog is scored exactly as each paper by itself", async () => {
    const tryout = await buildTryout(db, { examTypeId, itemCount: 10 });
    const sit = async (right: number) => {
      const student = buildStudent();
      const { id, items } = await start(student, tryout.id);
      await save(
        student,
        id,
        items.slice(0, right).map((item) => item.id),
      );
      return { student, id };
    };
    const alone = await Promise.all([3, 7].map(sit));
    const waiting = await Promise.all([3, 7].map(sit));
    for (const { student, id } of alone) await submit(student, id);
    const ids = waiting.map(({ id }) => id);
    await test.owner.query("update attempts set status = 'SUBMITTED', submitted_at = started_at where id = any($1)", [
      ids,
    ]);
    await test.owner.query("select graphile_worker.add_job('attempt.score-backlog')");
    await test.subgraph.jobsDone();
    for (const [index, { student, id }] of waiting.entries()) {
      const [one, other] = [await read(student, id), await read(alone[index]!.student, alone[index]!.id)];
      expect(one.score).toEqual(other.score);
      expect(one.subtestScores).toEqual(other.subtestScores);
    }
  });
});

describe("000-52: watching a tryout", () => {
  const PROGRESS = "subscription ($id: ID!) { tryoutProgressed(tryoutId: $id) { started submitted } }";
  interface Watched {
    tryoutProgressed: { started: number; submitted: number };
  }

  it("is live, and for those who manage it", async () => {
    const { tryout, student, teacher } = await open();
    await expect(student.subscribe(PROGRESS, { id: tryout.id })).rejects.toThrow(/NOT_FOUND/);
    const watched = await teacher.subscribe<Watched>(PROGRESS, { id: tryout.id });
    const { id } = await start(student, tryout.id);
    expect((await watched.next()).value).toEqual({ tryoutProgressed: { started: 1, submitted: 0 } });
    await submit(student, id);
    expect((await watched.next()).value).toEqual({ tryoutProgressed: { started: 1, submitted: 1 } });
    await watched.return!();
  });

  it("knows how many of a class have begun, in as many statements for two classes as for one", async () => {
    const { tryout, teacher } = await open();
    const students = Array.from({ length: 3 }, () => buildStudent(teacher.viewer.organizationId));
    for (const student of students.slice(0, 2)) await start(student, tryout.id);
    const studentIds = students.map(({ viewer }) => viewer.userId);
    const ask = (classes: object[]) =>
      teacher.data<{ _entities: object[] }>(
        "query ($of: [_Any!]!, $id: ID!) { _entities(representations: $of) { ... on Class { tryoutProgress(tryoutId: $id) { students started submitted } } } }",
        { of: classes, id: tryout.id },
      );
    const one = { __typename: "Class", id: randomUUID(), studentIds };
    const other = { __typename: "Class", id: randomUUID(), studentIds: studentIds.slice(2) };
    expect(await ask([one, other])).toEqual({
      _entities: [
        { tryoutProgress: { students: 3, started: 2, submitted: 0 } },
        { tryoutProgress: { students: 1, started: 0, submitted: 0 } },
      ],
    });
    const statements = async (classes: object[]) => (await test.statementsOf(() => ask(classes))).length;
    expect(await statements([one, other])).toBe(await statements([one]));
  });
});
