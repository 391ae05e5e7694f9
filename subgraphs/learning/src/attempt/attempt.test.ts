import { randomUUID } from "node:crypto";
import { anonymous } from "@lentera/kit";
import { type TestClient, type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildAttempt, buildTryout, connectLearning } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";
import { GRACE_MS } from "../tryout/tryout.rules.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectLearning>;
let now = new Date();

beforeAll(async () => {
  test = await startTestSubgraph("learning", createSubgraph, { clock: () => now });
  db = connectLearning(test.ownerUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

const START = `mutation ($tryoutId: ID!, $key: String!) {
  startAttempt(input: { tryoutId: $tryoutId, idempotencyKey: $key }) {
    attempt { id status startedAt deadline answeredCount items { id position subtest stem options { key text } response } }
  }
}`;
const SAVE = `mutation ($attemptId: ID!, $answers: [AnswerInput!]!) {
  saveAnswers(input: { attemptId: $attemptId, answers: $answers }) { attempt { answeredCount } results { clientId status } }
}`;
const SUBMIT = `mutation ($attemptId: ID!) {
  submitAttempt(input: { attemptId: $attemptId }) {
    attempt {
      id status submittedAt
      score { scaled ability standardError interval { low high } }
      subtestScores { subtest scaled standardError correct total }
    }
  }
}`;
const ATTEMPT = `query ($id: ID!) { attempt(id: $id) { id status score { scaled } } }`;

interface Started {
  startAttempt: {
    attempt: { id: string; deadline: string; items: { id: string; subtest: string; response: string[] }[] };
  };
}
interface Saved {
  saveAnswers: { attempt: { answeredCount: number }; results: { clientId: string; status: string }[] };
}
interface Submitted {
  submitAttempt: {
    attempt: {
      status: string;
      score: { scaled: number; ability: number; standardError: number; interval: { low: number; high: number } };
      subtestScores: { subtest: string; correct: number; total: number }[];
    };
  };
}

function buildStudent(organizationId?: string) {
  return test.as(buildViewer({ permissions: ["attempts:create"], ...(organizationId && { organizationId }) }));
}

async function start(student: TestClient, tryoutId: string, key: string = randomUUID()) {
  return (await student.data<Started>(START, { tryoutId, key })).startAttempt.attempt;
}

function answer(itemId: string, response: string[] = ["A"], over: object = {}) {
  return { clientId: randomUUID(), itemId, response, answeredAt: now.toISOString(), elapsedMs: 1000, ...over };
}

async function save(student: TestClient, attemptId: string, answers: object[]) {
  return (await student.data<Saved>(SAVE, { attemptId, answers })).saveAnswers;
}

const statusesOf = ({ results }: Saved["saveAnswers"]): string[] => results.map(({ status }) => status);

async function submit(student: TestClient, attemptId: string) {
  return (await student.data<Submitted>(SUBMIT, { attemptId })).submitAttempt.attempt;
}

describe("000-40: starting an attempt", () => {
  it("gives the paper in order with the server's deadline", async () => {
    const tryout = await buildTryout(db);
    const attempt = await start(buildStudent(), tryout.id);
    expect(attempt.items.map(({ id }) => id)).toEqual(tryout.items.map(({ itemId }) => itemId));
    expect(new Date(attempt.deadline).getTime()).toBe(now.getTime() + 30 * 60_000);
  });

  it("again, on another device or by a replay, goes on with the same sitting", async () => {
    const tryout = await buildTryout(db);
    const student = buildStudent();
    const key = randomUUID();
    const ids = [
      await start(student, tryout.id, key),
      await start(student, tryout.id, key),
      await start(student, tryout.id),
    ];
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
  });

  it("ten times at the same moment starts one sitting", async () => {
    const tryout = await buildTryout(db);
    const student = buildStudent();
    const attempts = await Promise.all(Array.from({ length: 10 }, () => start(student, tryout.id)));
    expect(new Set(attempts.map(({ id }) => id)).size).toBe(1);
  });

  it("refuses the same key for another tryout", async () => {
    const [one, other] = [await buildTryout(db), await buildTryout(db)];
    const student = buildStudent();
    await start(student, one.id, "key");
    const { errors } = await student.run(START, { tryoutId: other.id, key: "key" });
    expect(errors).toMatchObject([{ code: "IDEMPOTENCY_CONFLICT" }]);
  });

  it.each([
    ["cancelled", { status: "CANCELLED" as const }],
    ["not open yet", { opensAt: new Date(Date.now() + 60_000) }],
    ["closed", { closesAt: new Date(Date.now() - 60_000) }],
  ])("refuses a tryout that is %s", async (_name, over) => {
    const tryout = await buildTryout(db, over);
    const { errors } = await buildStudent().run(START, { tryoutId: tryout.id, key: randomUUID() });
    expect(errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
  });

  it("refuses a second sitting of a scheduled tryout and allows one of a practice", async () => {
    const student = buildStudent();
    for (const [kind, expected] of [
      ["SCHEDULED", [{ code: "ILLEGAL_STATE" }]],
      ["PRACTICE", []],
    ] as const) {
      const tryout = await buildTryout(db, { kind });
      await submit(student, (await start(student, tryout.id)).id);
      const { errors } = await student.run(START, { tryoutId: tryout.id, key: randomUUID() });
      expect(errors).toMatchObject(expected);
    }
  });

  it("hides tryouts of another organization", async () => {
    const tryout = await buildTryout(db, { organizationId: randomUUID() });
    const { errors } = await buildStudent(randomUUID()).run(START, { tryoutId: tryout.id, key: randomUUID() });
    expect(errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });

  it("is for students", async () => {
    const tryout = await buildTryout(db);
    const variables = { tryoutId: tryout.id, key: randomUUID() };
    expect((await test.as(anonymous).run(START, variables)).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
    const teacher = buildViewer({ role: "TEACHER", permissions: ["attempts:read"] });
    expect((await test.as(teacher).run(START, variables)).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
  });
});

describe("saving answers", () => {
  it("keeps each, and the latest by the student's clock counts", async () => {
    const tryout = await buildTryout(db);
    const student = buildStudent();
    const { id, items } = await start(student, tryout.id);
    const later = new Date(now.getTime() + 5000).toISOString();
    const saved = await save(student, id, [
      answer(items[0]!.id, ["B"], { answeredAt: later }),
      answer(items[0]!.id, ["A"]),
      answer(items[1]!.id, ["C"]),
      answer(items[1]!.id, [], { answeredAt: later }),
    ]);
    expect(statusesOf(saved)).toEqual(["SAVED", "SAVED", "SAVED", "SAVED"]);
    expect(saved.attempt.answeredCount).toBe(1);
    const resumed = await start(student, tryout.id);
    expect(resumed.items.map(({ response }) => response)).toEqual([["B"], [], [], []]);
  });

  it("C-02: repeated, also all at once, changes nothing", async () => {
    const student = buildStudent();
    const { id, items } = await start(student, (await buildTryout(db)).id);
    const answers = items.map((item) => answer(item.id));
    const all = await Promise.all(Array.from({ length: 5 }, () => save(student, id, answers)));
    expect(all.flatMap(statusesOf).filter((status) => status === "SAVED")).toHaveLength(answers.length);
    expect(statusesOf(await save(student, id, answers))).toEqual(answers.map(() => "ALREADY_SAVED"));
    const { rows } = await test.owner.query("select 1 from answers where attempt_id = $1", [id]);
    expect(rows).toHaveLength(answers.length);
  });

  it("judges each answer for itself", async () => {
    const student = buildStudent();
    const { id, items } = await start(student, (await buildTryout(db)).id);
    const saved = await save(student, id, [
      answer(randomUUID()),
      answer(items[0]!.id, ["F"]),
      answer(items[0]!.id, ["A", "A"]),
      answer(items[0]!.id, ["A"]),
    ]);
    expect(statusesOf(saved)).toEqual([
      "REJECTED_UNKNOWN_ITEM",
      "REJECTED_INVALID_RESPONSE",
      "REJECTED_INVALID_RESPONSE",
      "SAVED",
    ]);
  });

  it("is possible until 30 s after the deadline, by the server's clock", async () => {
    const student = buildStudent();
    const { id, items, deadline } = await start(student, (await buildTryout(db)).id);
    const before = now;
    now = new Date(new Date(deadline).getTime() + GRACE_MS - 1);
    expect(statusesOf(await save(student, id, [answer(items[0]!.id)]))).toEqual(["SAVED"]);
    now = new Date(new Date(deadline).getTime() + GRACE_MS);
    const early = { answeredAt: before.toISOString() };
    expect(statusesOf(await save(student, id, [answer(items[1]!.id, ["A"], early)]))).toEqual(["REJECTED_LATE"]);
    now = before;
  });

  it("after submission is refused, and what was saved is still confirmed", async () => {
    const student = buildStudent();
    const { id, items } = await start(student, (await buildTryout(db)).id);
    const held = answer(items[0]!.id);
    await save(student, id, [held]);
    await submit(student, id);
    expect(statusesOf(await save(student, id, [held, answer(items[1]!.id)]))).toEqual([
      "ALREADY_SAVED",
      "REJECTED_LATE",
    ]);
  });

  it("names every bad field at once", async () => {
    const student = buildStudent();
    const { id, items } = await start(student, (await buildTryout(db)).id);
    const { errors } = await student.run(SAVE, {
      attemptId: id,
      answers: [answer("x"), answer(items[0]!.id, ["A"], { clientId: "y", elapsedMs: -1 })],
    });
    expect(errors[0]!.details).toMatchObject([
      { path: "input.answers.0.itemId" },
      { path: "input.answers.1.clientId" },
      { path: "input.answers.1.elapsedMs" },
    ]);
  });
});

describe("submitting", () => {
  it("scores overall and by subtest, with the error", async () => {
    const student = buildStudent();
    const { id, items } = await start(student, (await buildTryout(db, { itemCount: 10 })).id);
    await save(
      student,
      id,
      items.map((item, index) => answer(item.id, [index < 7 ? "A" : "B"])),
    );
    const { status, score, subtestScores } = await submit(student, id);
    expect(status).toBe("SCORED");
    expect(subtestScores).toMatchObject([
      { subtest: "PU", correct: 5, total: 5 },
      { subtest: "PK", correct: 2, total: 5 },
    ]);
    expect(score.scaled).toBeCloseTo(500 + 100 * score.ability, 1);
    expect(score.interval.low).toBeLessThan(score.scaled);
    expect(score.interval.high - score.scaled).toBeCloseTo(1.96 * score.standardError, 0);
  });

  it("again, also at the same moment, gives the same score and one booking of points", async () => {
    const student = buildStudent();
    const { id } = await start(student, (await buildTryout(db)).id);
    const all = await Promise.all(Array.from({ length: 5 }, () => submit(student, id)));
    for (const result of [...all, await submit(student, id)]) expect(result).toEqual(all[0]);
    const { rows } = await test.owner.query("select points from xp_events where user_id = $1", [student.viewer.userId]);
    expect(rows).toHaveLength(1);
  });

  it("a practice again on the same day earns no second points, on the next day it does", async () => {
    const tryout = await buildTryout(db);
    const student = buildStudent();
    const sit = async () => submit(student, (await start(student, tryout.id)).id);
    const today = now;
    await sit();
    await sit();
    now = new Date(today.getTime() + 24 * 60 * 60_000);
    await sit();
    now = today;
    const { rows } = await test.owner.query("select points from xp_events where user_id = $1", [student.viewer.userId]);
    expect(rows).toHaveLength(2);
  });

  it("C-21: earns once a day on the learner's own calendar", async () => {
    const tryout = await buildTryout(db);
    const student = buildStudent();
    await db.learner.create({ data: { userId: student.viewer.userId!, timeZone: "Asia/Kolkata" } });
    const before = now;
    const sitAt = async (time: string) => {
      now = new Date(`${before.toISOString().slice(0, 10)}T${time}:00Z`);
      await submit(student, (await start(student, tryout.id)).id);
    };
    // midnight in Jakarta is at 17:00 in UTC, in Kolkata at 18:30
    for (const time of ["16:50", "17:10", "18:40"]) await sitAt(time);
    now = before;
    const { rows } = await test.owner.query("select points from xp_events where user_id = $1", [student.viewer.userId]);
    expect(rows).toHaveLength(2);
  });

  it("by a whole class at the same moment gives everybody their own score, and one bad submission harms nobody", async () => {
    const tryout = await buildTryout(db, { itemCount: 10 });
    const sitters = await Promise.all(
      Array.from({ length: 12 }, async (_, right) => {
        const student = buildStudent();
        const { id, items } = await start(student, tryout.id);
        const answers = items.map((item, index) => answer(item.id, [index < right ? "A" : "B"]));
        await save(student, id, answers);
        return { student, id, right: Math.min(right, items.length) };
      }),
    );
    const strange = buildStudent().run(SUBMIT, { attemptId: sitters[0]!.id });
    const results = await Promise.all(sitters.map(({ student, id }) => submit(student, id)));
    expect((await strange).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    const rights = results.map(({ subtestScores }) => subtestScores.reduce((sum, { correct }) => sum + correct, 0));
    expect(rights).toEqual(sitters.map(({ right }) => right));
    const read = await Promise.all(sitters.map(({ student, id }) => student.run(ATTEMPT, { id })));
    expect(read.flatMap(({ errors }) => errors)).toEqual([]);
  });

  it("happens by itself with what was saved when time is over", async () => {
    const student = buildStudent();
    const { id, items, deadline } = await start(student, (await buildTryout(db)).id);
    await save(student, id, [answer(items[0]!.id)]);
    const { rows } = await test.owner.query("select run_at from graphile_worker.jobs where key = $1", [
      `attempt.expire:${id}`,
    ]);
    expect(rows[0].run_at.getTime()).toBe(new Date(deadline).getTime() + GRACE_MS);
    const before = now;
    now = rows[0].run_at;
    await test.subgraph.startWorkers();
    await test.owner.query(
      "select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs where key = $1), now())",
      [`attempt.expire:${id}`],
    );
    await test.subgraph.jobsDone();
    const { attempt } = await student.data<{ attempt: object }>(
      `query ($id: ID!) { attempt(id: $id) { status submittedAt } }`,
      { id },
    );
    now = before;
    expect(attempt).toEqual({ status: "SCORED", submittedAt: deadline });
  });
});

describe("who may read an attempt", () => {
  const organizationId = randomUUID();

  it("the student, and who runs the organization; to others it does not exist", async () => {
    const attempt = await buildAttempt(db, { organizationId });
    const runs = buildViewer({ role: "ADMIN", organizationId, staff: true, permissions: ["attempts:read"] });
    const reader = (viewer: Parameters<TestSubgraph["as"]>[0]) => test.as(viewer).run(ATTEMPT, { id: attempt.id });
    for (const viewer of [buildViewer({ userId: attempt.studentId }), runs])
      expect((await reader(viewer)).errors).toEqual([]);
    const strangers = [
      buildViewer({ organizationId }),
      buildViewer({ ...runs, organizationId: randomUUID() } as never),
      buildViewer({ role: "TEACHER", organizationId, staff: true, permissions: ["attempts:read"] }),
      buildViewer({ role: "GUARDIAN" }),
    ];
    for (const viewer of strangers) expect((await reader(viewer)).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });

  it("a malformed id names nothing", async () => {
    const { errors } = await buildStudent().run(ATTEMPT, { id: "not-an-id" });
    expect(errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });

  it("nobody else can save or submit", async () => {
    const attempt = await buildAttempt(db, { organizationId });
    const runs = test.as(
      buildViewer({ role: "ADMIN", organizationId, staff: true, permissions: ["attempts:read", "attempts:create"] }),
    );
    expect((await runs.run(SAVE, { attemptId: attempt.id, answers: [] })).errors).toMatchObject([
      { code: "NOT_FOUND" },
    ]);
    expect((await runs.run(SUBMIT, { attemptId: attempt.id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });

  it("row level security hides others' attempts, answers and scores without any where", async () => {
    const student = buildStudent(organizationId);
    const { id, items } = await start(student, (await buildTryout(db)).id);
    await save(student, id, [answer(items[0]!.id)]);
    await submit(student, id);
    const tables = [
      "attempts",
      "answers",
      "attempt_scores",
      "subtest_scores",
      "xp_events",
      "items",
      "tryout_items",
      "passages",
    ];
    const statements = tables.map((table) => `select * from ${table}`);
    const classmate = buildViewer({ organizationId });
    expect(await test.rowsAs(classmate, statements)).toEqual(tables.map(() => []));
    const own = await test.rowsAs(student.viewer, ["select * from attempts", "select * from answers"]);
    expect(own.map((rows) => rows.length)).toEqual([1, 1]);
  });

  it("000-36: no key is readable by a student, by any table or any field", async () => {
    const student = buildStudent();
    const { id } = await start(student, (await buildTryout(db)).id);
    await submit(student, id);
    expect(await test.rowsAs(student.viewer, ["select * from item_keys"])).toEqual([[]]);
    const itemFields = /type (AttemptItem|AttemptOption|Attempt|SubtestScore|Score|Passage) [^}]*}/g;
    const fields = test.subgraph.sdl
      .match(itemFields)!
      .join("\n")
      .matchAll(/^ {2}(\w+)[(:]/gm);
    for (const [, field] of fields)
      expect(field).not.toMatch(/^(correctAnswer|correctKeys|explanation|difficulty|discrimination|guessing)$/);
  });
});

describe("as a part of User", () => {
  const ENTITIES = `query ($people: [_Any!]!) {
    _entities(representations: $people) {
      ... on User { xp attempts(first: 2) { totalCount edges { node { id score { scaled } subtestScores { subtest } tryout { title } answeredCount } } } }
    }
  }`;
  const person = (id: string, viewScores: boolean) => ({ __typename: "User", id, viewerAccess: { viewScores } });

  async function buildScoredStudent(attempts: number): Promise<string> {
    const student = buildStudent();
    for (let index = 0; index < attempts; index++) {
      const { id, items } = await start(student, (await buildTryout(db)).id);
      await save(student, id, [answer(items[0]!.id)]);
      await submit(student, id);
    }
    return student.viewer.userId!;
  }

  it("attempts come only with the permission of the relationship's owner", async () => {
    const studentId = await buildScoredStudent(1);
    const guardian = test.as(buildViewer({ role: "GUARDIAN" }));
    const read = async (viewScores: boolean) =>
      (await guardian.data<{ _entities: unknown[] }>(ENTITIES, { people: [person(studentId, viewScores)] }))._entities;
    expect(await read(false)).toEqual([{ attempts: null, xp: null }]);
    expect(await read(true)).toMatchObject([
      { xp: 22, attempts: { totalCount: 1, edges: [{ node: { answeredCount: 1 } }] } },
    ]);
  });

  it("take the same number of statements for one student and for many", async () => {
    const students = await Promise.all(Array.from({ length: 8 }, () => buildScoredStudent(3)));
    const guardian = test.as(buildViewer({ role: "GUARDIAN" }));
    const read = (ids: string[]) => guardian.data(ENTITIES, { people: ids.map((id) => person(id, true)) });
    const one = await test.statementsOf(() => read(students.slice(0, 1)));
    const many = await test.statementsOf(() => read(students));
    expect(many.length).toBe(one.length);
  });

  it("the journey takes the same number of statements for a short and for a long paper", async () => {
    const journey = async (itemCount: number): Promise<number> => {
      const { id: tryoutId } = await buildTryout(db, { itemCount });
      const student = buildStudent();
      const statements = await test.statementsOf(async () => {
        const { id, items } = await start(student, tryoutId);
        await save(
          student,
          id,
          items.map((item) => answer(item.id)),
        );
        await submit(student, id);
      });
      return statements.length;
    };
    expect(await journey(60)).toBe(await journey(4));
  });
});
