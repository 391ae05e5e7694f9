import { randomUUID } from "node:crypto";
import { anonymous } from "@lentera/kit";
import { type TestClient, type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildExamType, buildItem, connectLearning } from "@lentera/prisma/factories";
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

interface Session {
  id: string;
  endReason: string | null;
  endedAt: string | null;
  answeredCount: number;
  currentItem: { id: string; position: number; topic: string; options: { key: string }[] } | null;
  estimate: { ability: number; scaled: number; standardError: number };
}
interface Result {
  isRight: boolean;
  rightKeys: string[] | null;
  explanation: string | null;
  estimate: { ability: number };
}
const SESSION = `id endReason endedAt answeredCount currentItem { id position subtest topic kind stem options { key text } }
  estimate { ability scaled standardError interval { low high } }`;
const START = `mutation ($input: StartPracticeInput!) { startPractice(input: $input) { session { ${SESSION} } } }`;
const ANSWER = `mutation ($input: AnswerPracticeInput!) { answerPractice(input: $input) {
  session { ${SESSION} } result { clientId itemId isRight rightKeys explanation estimate { ability } } } }`;
const END = `mutation ($id: ID!) { endPractice(input: { sessionId: $id }) { session { ${SESSION} } } }`;
const READ = `query ($id: ID!) { practiceSession(id: $id) { ${SESSION} } }`;

const student = (): TestClient => test.as(buildViewer({ permissions: ["attempts:create"] }));

/** An exam type of two subtests with two topics each. */
async function buildBank({ itemCount = 24, pilots = 0 } = {}): Promise<{ code: string; id: string }> {
  const { id, code } = await buildExamType(db);
  const subtests = ["PU", "PK"];
  await db.examSubtest.createMany({
    data: subtests.map((subtest, position) => ({
      examTypeId: id,
      code: subtest,
      name: subtest,
      position,
      itemCount: 10,
      durationMinutes: 20,
    })),
  });
  const place = (index: number) => ({ subtest: subtests[index % 2]!, topic: `Topik ${Math.floor(index / 2) % 2}` });
  await Promise.all(
    Array.from({ length: itemCount + pilots }, (_, index) =>
      buildItem(db, { examTypeId: id, ...place(index), status: index < itemCount ? "PUBLISHED" : "APPROVED" }),
    ),
  );
  return { id, code };
}

async function start(client: TestClient, examType: string, over: Record<string, unknown> = {}): Promise<Session> {
  const input = { examType, idempotencyKey: randomUUID(), ...over };
  return (await client.data<{ startPractice: { session: Session } }>(START, { input })).startPractice.session;
}

async function answer(client: TestClient, session: Session, key = "A", clientId = randomUUID()) {
  const input = { sessionId: session.id, clientId, itemId: session.currentItem!.id, response: [key], elapsedMs: 900 };
  return (await client.data<{ answerPractice: { session: Session; result: Result } }>(ANSWER, { input }))
    .answerPractice;
}

/** Answers until it ends. */
async function finish(client: TestClient, session: Session, keyAt: (position: number) => string = () => "A") {
  const results: (Result & { topic: string })[] = [];
  let current = session;
  while (current.currentItem !== null) {
    const { topic, position } = current.currentItem;
    const step = await answer(client, current, keyAt(position));
    results.push({ ...step.result, topic });
    current = step.session;
  }
  return { session: current, results };
}

describe("000-33: adaptive practice", () => {
  it("estimates after each answer, tells why only after it, balances topics, and ends at the length with points", async () => {
    const client = student();
    const { code } = await buildBank();
    const begun = await start(client, code, { maximumItems: 8 });
    expect(begun).toMatchObject({ endReason: null, answeredCount: 0, estimate: { ability: 0, scaled: 500 } });
    expect(JSON.stringify(begun)).not.toContain("Kunci");
    const { session, results } = await finish(client, begun);
    expect(session).toMatchObject({ endReason: "LENGTH", answeredCount: 8, currentItem: null });
    expect(results[0]).toMatchObject({ isRight: true, rightKeys: ["A"], explanation: "Kunci A" });
    const abilities = results.map(({ estimate }) => estimate.ability);
    expect(abilities).toEqual(abilities.toSorted((one, other) => one - other));
    expect(session.estimate.standardError).toBeLessThan(begun.estimate.standardError);
    const { rows } = await test.owner.query("select kind, points from xp_events where user_id = $1", [
      client.viewer.userId,
    ]);
    expect(rows).toEqual([{ kind: "PRACTICE", points: 18 }]);
    const bySubtest = await test.owner.query(
      `select count(*)::int from practice_items p join items i on i.id = p.item_id where session_id = $1
       group by i.subtest, i.topic`,
      [session.id],
    );
    expect(bySubtest.rows.map(({ count }) => count)).toEqual([2, 2, 2, 2]);
  });

  it("goes on where it was, on any device, with one session per exam however often it is started at once", async () => {
    const client = student();
    const [{ code }, other] = [await buildBank({ itemCount: 12 }), await buildBank({ itemCount: 12 })];
    const sessions = await Promise.all(Array.from({ length: 5 }, () => start(client, code)));
    expect(new Set(sessions.map(({ id }) => id)).size).toBe(1);
    const { session } = await answer(client, sessions[0]!);
    const resumed = await start(client, code);
    expect(resumed).toMatchObject({ id: session.id, answeredCount: 1, currentItem: { id: session.currentItem!.id } });
    expect((await start(client, other.code)).id).not.toBe(session.id);
    const ended = await client.data<{ endPractice: { session: Session } }>(END, { id: session.id });
    expect(ended.endPractice.session).toMatchObject({ endReason: "STUDENT", currentItem: null });
    expect((await start(client, code)).id).not.toBe(session.id);
  });

  it("takes each answer exactly once: replayed, told at once, and from two devices", async () => {
    const client = student();
    const session = await start(client, (await buildBank()).code);
    const clientId = randomUUID();
    const same = await Promise.all(Array.from({ length: 5 }, () => answer(client, session, "B", clientId)));
    expect(new Set(same.map(({ result }) => JSON.stringify(result))).size).toBe(1);
    const after = same[0]!.session;
    expect(after.answeredCount).toBe(1);
    const input = { sessionId: session.id, itemId: after.currentItem!.id, response: ["A"], elapsedMs: 1 };
    const both = await Promise.all(
      [randomUUID(), randomUUID()].map((id) => client.run(ANSWER, { input: { ...input, clientId: id } })),
    );
    expect(both.flatMap(({ errors }) => errors.map(({ code }) => code))).toEqual(["ILLEGAL_STATE"]);
    const reused = { ...input, itemId: after.currentItem!.id, clientId };
    expect((await client.run(ANSWER, { input: reused })).errors).toMatchObject([{ code: "IDEMPOTENCY_CONFLICT" }]);
    await expect(test.owner.query("update practice_answers set is_right = true")).rejects.toThrow("never changed");
  });

  it("mixes in items that are tried out, without letting them count or their keys be known, and records their answers", async () => {
    const client = student();
    const { id, code } = await buildBank({ pilots: 4 });
    const { session, results } = await finish(client, await start(client, code, { maximumItems: 8 }), () => "B");
    const pilots = results.filter(({ rightKeys }) => rightKeys === null);
    expect(pilots.length).toBeGreaterThanOrEqual(1);
    expect(session.answeredCount).toBe(8 + pilots.length);
    expect(pilots.every(({ explanation }) => explanation === null)).toBe(true);
    const moves = results.map(({ estimate }, index) => estimate.ability - (results[index - 1]?.estimate.ability ?? 0));
    expect(moves.map((move) => move === 0)).toEqual(results.map(({ rightKeys }) => rightKeys === null));
    const { rows } = await test.owner.query(
      `select p.is_pilot, i.status, a.is_right, a.ability is not null as known from practice_answers a
       join practice_items p using (session_id, position) join items i on i.id = p.item_id
       where i.exam_type_id = $1 and p.is_pilot`,
      [id],
    );
    expect(rows).toHaveLength(pilots.length);
    expect(rows[0]).toEqual({ is_pilot: true, status: "APPROVED", is_right: false, known: true });
  });

  it("ends when it is precise enough, when the decision is sure, or when there is nothing left", async () => {
    const client = student();
    const precise = await start(client, (await buildBank()).code, { maximumItems: 50, targetStandardError: 80 });
    const ends = await finish(client, precise, (position) => (position % 2 === 0 ? "A" : "B"));
    expect(ends.session.endReason).toBe("PRECISION");
    expect(ends.session.estimate.standardError).toBeLessThanOrEqual(80);
    const decisive = await start(client, (await buildBank()).code, { maximumItems: 50, decisiveScore: 650 });
    expect((await finish(client, decisive, () => "B")).session.endReason).toBe("CLASSIFICATION");
    const small = await start(client, (await buildBank({ itemCount: 6 })).code);
    expect((await finish(client, small)).session).toMatchObject({ endReason: "EXHAUSTED", answeredCount: 6 });
  });

  it("counts what it gives, so that popular items are not for everybody", async () => {
    const { id, code } = await buildBank({ itemCount: 20 });
    for (let index = 0; index < 12; index++) await start(student(), code, { maximumItems: 5 });
    const { rows } = await test.owner.query(
      `select max(x.given)::int as given, sum(x.ineligible)::int as ineligible, (select count(*)::int from practice_sessions where exam_type_id = $1) as sessions
       from item_exposures x join items i on i.id = x.item_id where i.exam_type_id = $1`,
      [id],
    );
    expect(rows[0].sessions).toBe(12);
    expect(rows[0].given).toBeLessThan(12);
    expect(rows[0].ineligible).toBeGreaterThan(0);
  });

  it("is for students, their own, of what there is", async () => {
    const client = student();
    const { code } = await buildBank({ itemCount: 6 });
    const session = await start(client, code);
    const code1 = async (who: TestClient, query: string, variables: Record<string, unknown>) =>
      (await who.run(query, variables)).errors[0]?.code;
    const input = { examType: code, idempotencyKey: randomUUID() };
    expect(await code1(test.as(anonymous), START, { input })).toBe("UNAUTHORIZED");
    expect(await code1(test.as(buildViewer({ role: "GUARDIAN" })), START, { input })).toBe("INSUFFICIENT_PERMISSIONS");
    expect(await code1(client, START, { input: { ...input, examType: "NONE" } })).toBe("NOT_FOUND");
    expect(await code1(client, START, { input: { ...input, maximumItems: 500 } })).toBe("VALIDATION_ERROR");
    for (const [query, variables] of [
      [READ, { id: session.id }],
      [END, { id: session.id }],
    ] as const)
      expect(await code1(student(), query, variables)).toBe("NOT_FOUND");
    const wrong = { sessionId: session.id, clientId: randomUUID(), itemId: session.currentItem!.id, elapsedMs: 1 };
    expect(await code1(client, ANSWER, { input: { ...wrong, response: ["Z"] } })).toBe("VALIDATION_ERROR");
    expect(await code1(client, ANSWER, { input: { ...wrong, itemId: randomUUID(), response: ["A"] } })).toBe(
      "ILLEGAL_STATE",
    );
    const tables = ["practice_sessions", "practice_items", "practice_answers", "item_exposures", "item_keys", "items"];
    const rows = await test.rowsAs(
      student().viewer,
      tables.map((table) => `select * from ${table}`),
    );
    expect(rows.map((each) => each.length)).toEqual([0, 0, 0, 0, 0, 0]);
    const own = await test.rowsAs(client.viewer, ["select id from items", "select * from item_keys"]);
    expect(own).toEqual([[{ id: session.currentItem!.id }], []]);
  });

  it("takes the same number of statements for one session and for many", async () => {
    const client = student();
    const LIST = `{ practiceSessions(first: 50) { totalCount edges { node { ${SESSION} } } } }`;
    const begin = async () => start(client, (await buildBank({ itemCount: 4 })).code);
    await begin();
    const one = await test.statementsOf(() => client.data(LIST));
    for (let index = 0; index < 3; index++) await begin();
    expect((await test.statementsOf(() => client.data(LIST))).length).toBe(one.length);
  });
});
