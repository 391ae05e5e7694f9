import type { ClientBase } from "pg";
import { type Habits, HISTORY_DAYS, type SimulatedAttempt, simulateAttempts } from "./attempts.js";
import type { Population } from "./census.js";
import { buildExam, type Exam } from "./exam.js";
import { insertRows } from "./rows.js";
import type { World } from "./world.js";

const DAY_MS = 86_400_000;
/** Answers to one statement. */
const CHUNK = 20_000;

const USUAL: Habits = { fewest: 4, most: 9, absence: 0.03, tryouts: [0.85, 0.7] };
/** The demo student always has a history, and one tryout left to sit. */
const DILIGENT: Habits = { fewest: 9, most: 9, absence: 0, tryouts: [1, 0] };
const OCCASIONAL: Habits = { fewest: 1, most: 2, absence: 0.03, tryouts: [] };

/** Inserts examination, question bank, tryouts and six months of attempts, which the subgraph's own worker then scores. */
export async function seedLearning(client: ClientBase, world: World): Promise<void> {
  const exam = buildExam();
  await seedExam(client, exam, world.now);
  await insertRows(client, "leaderboards", { id: "uuid", scope: '"LeaderboardScope"' }, [
    { id: world.id("leaderboard-global", 0), scope: "GLOBAL" },
  ]);
  const demoStudent = world.named.student.id;
  await seedAttempts(client, world, exam, (studentId) => (studentId === demoStudent ? DILIGENT : USUAL));
}

/** Inserts one or two practice attempts for each student of a population that is added to the demo world. */
export async function seedBigLearning(client: ClientBase, population: Population, exam: Exam): Promise<number> {
  return seedAttempts(client, population, exam, () => OCCASIONAL);
}

async function seedExam(client: ClientBase, exam: Exam, now: Date): Promise<void> {
  const createdAt = new Date(now.getTime() - 400 * DAY_MS);
  await insertRows(client, "exam_types", { id: "uuid", code: "text", name: "text" }, [exam]);
  await insertRows(
    client,
    "exam_subtests",
    { examTypeId: "uuid", code: "text", name: "text", position: "int", itemCount: "int", durationMinutes: "int" },
    exam.subtests.map((subtest, index) => ({ ...subtest, examTypeId: exam.id, position: index + 1 })),
  );
  await seedItems(client, exam, createdAt);
  await seedTryouts(client, exam, now, createdAt);
}

async function seedItems(client: ClientBase, exam: Exam, createdAt: Date): Promise<void> {
  await insertRows(client, "passages", { id: "uuid", code: "text", title: "text", text: "text" }, exam.passages);
  await insertRows(
    client,
    "items",
    {
      id: "uuid",
      code: "text",
      examTypeId: "uuid",
      subtest: "text",
      topic: "text",
      language: "text",
      passageId: "uuid",
      stem: "text",
      options: "jsonb",
      cognitiveLevel: "text",
      status: '"ItemStatus"',
      createdAt: "timestamptz",
    },
    exam.items.map((item) => ({ ...item, examTypeId: exam.id, status: "PUBLISHED", createdAt })),
  );
  await insertRows(
    client,
    "item_keys",
    {
      itemId: "uuid",
      correct: "text[]",
      explanation: "text",
      discrimination: "float8",
      difficulty: "float8",
      guessing: "float8",
    },
    exam.items.map(({ id, correct, explanation, parameters }) => ({
      itemId: id,
      correct: [correct],
      explanation,
      ...parameters,
    })),
  );
}

async function seedTryouts(client: ClientBase, exam: Exam, now: Date, createdAt: Date): Promise<void> {
  const papers = [exam.practice, ...exam.tryouts];
  const window = (HISTORY_DAYS + 3) * DAY_MS;
  await insertRows(
    client,
    "tryouts",
    {
      id: "uuid",
      examTypeId: "uuid",
      title: "text",
      kind: '"TryoutKind"',
      status: '"TryoutStatus"',
      position: "int",
      durationMinutes: "int",
      opensAt: "timestamptz",
      closesAt: "timestamptz",
      createdAt: "timestamptz",
    },
    papers.map((paper) => ({
      ...paper,
      examTypeId: exam.id,
      status: "ACTIVE",
      opensAt: paper.kind === "SCHEDULED" ? new Date(now.getTime() - window) : null,
      closesAt: paper.kind === "SCHEDULED" ? new Date(now.getTime() + window) : null,
      createdAt,
    })),
  );
  await insertRows(
    client,
    "tryout_sections",
    { tryoutId: "uuid", subtest: "text", name: "text", position: "int", itemCount: "int", durationMinutes: "int" },
    papers.flatMap(({ id, sections }) =>
      sections.map((section, index) => ({ ...section, tryoutId: id, subtest: section.code, position: index + 1 })),
    ),
  );
  await insertRows(
    client,
    "tryout_items",
    { tryoutId: "uuid", itemId: "uuid", subtest: "text", position: "int" },
    papers.flatMap(({ id, sections }) =>
      sections
        .flatMap(({ items }) => items)
        .map((item, index) => ({ tryoutId: id, itemId: item.id, subtest: item.subtest, position: index + 1 })),
    ),
  );
}

/** @returns how many answers were inserted */
async function seedAttempts(
  client: ClientBase,
  population: Population,
  exam: Exam,
  habitsOf: (studentId: string) => Habits,
): Promise<number> {
  await insertRows(
    client,
    "leaderboards",
    { id: "uuid", scope: '"LeaderboardScope"', organizationId: "uuid" },
    population.organizations.map(({ id }, index) => ({
      id: population.id("leaderboard", index),
      scope: "ORGANIZATION",
      organizationId: id,
    })),
  );
  let total = 0;
  let answers = 0;
  let attempts: SimulatedAttempt[] = [];
  const flush = async (): Promise<void> => {
    await insertAttempts(client, attempts);
    total += answers;
    answers = 0;
    attempts = [];
  };
  for (const attempt of simulateAttempts(population, exam, habitsOf)) {
    attempts.push(attempt);
    answers += attempt.answers.length;
    if (answers >= CHUNK) await flush();
  }
  await flush();
  await client.query("select app.add_job('attempt.score-backlog', '{}', 'attempt.score-backlog')");
  return total;
}

async function insertAttempts(client: ClientBase, attempts: readonly SimulatedAttempt[]): Promise<void> {
  await insertRows(
    client,
    "attempts",
    {
      id: "uuid",
      tryoutId: "uuid",
      studentId: "uuid",
      organizationId: "uuid",
      status: '"AttemptStatus"',
      startedAt: "timestamptz",
      deadline: "timestamptz",
      submittedAt: "timestamptz",
    },
    attempts.map(({ paper, answers: _answers, ...attempt }) => ({
      ...attempt,
      tryoutId: paper.id,
      status: "SUBMITTED",
    })),
  );
  await insertAnswers(client, attempts);
}

/**
 * Inserts the answers of all attempts in one statement. As every item is answered once, the item's id serves as the client's
 * id of the answer. Only numbers travel per answer; the ids stand in two short arrays beside them.
 */
async function insertAnswers(client: ClientBase, attempts: readonly SimulatedAttempt[]): Promise<void> {
  const itemNumbers = new Map<string, number>();
  const columns: { attempt: number[]; item: number[]; response: string[]; elapsed: number[]; offset: number[] } = {
    attempt: [],
    item: [],
    response: [],
    elapsed: [],
    offset: [],
  };
  attempts.forEach(({ answers }, index) => {
    for (const { item, response, elapsedMs, offsetMs } of answers) {
      const number = itemNumbers.get(item.id) ?? itemNumbers.size + 1;
      itemNumbers.set(item.id, number);
      columns.attempt.push(index + 1);
      columns.item.push(number);
      columns.response.push(response);
      columns.elapsed.push(elapsedMs);
      columns.offset.push(offsetMs);
    }
  });
  const arrays = Object.values(columns).map((values) => `{${values.join(",")}}`);
  await client.query(
    `insert into answers (attempt_id, client_id, item_id, response, answered_at, elapsed_ms, received_at)
     select ($6::uuid[])[attempt], ($7::uuid[])[item], ($7::uuid[])[item], array[response],
            ($8::timestamptz[])[attempt] + time, elapsed, ($8::timestamptz[])[attempt] + time + interval '300 ms'
     from unnest($1::int[], $2::int[], $3::text[], $4::int[], $5::int[]) as a(attempt, item, response, elapsed, "offset"),
          lateral (select a."offset" * interval '1 ms') as t(time)`,
    [
      ...arrays,
      attempts.map(({ id }) => id),
      [...itemNumbers.keys()],
      attempts.map(({ startedAt }) => startedAt.toISOString()),
    ],
  );
}
