/**
 * Submitting: `npm run bench -- submit`.
 *
 * 1,000 students submit the same 90-item tryout within 10 s, each at a moment of its own, over HTTP to the learning subgraph
 * with its workers: the time from the request to the score, and whether all of them have exactly one score afterwards. Then
 * 1,000 more as fast as they go, in requests per second, as a ratio to an empty mutation (`mutation { __typename }`) on the
 * same server with as many connections: what the server can do at all.
 */
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Viewer,
  anonymous,
  createEventTransport,
  createLogger,
  createPubSub,
  serveSubgraph,
  signRequest,
} from "@lentera/kit";
import { createSubgraph } from "@lentera/learning";
import { startEmbedded } from "@lentera/prisma/embedded";
import { prepareDatabase } from "@lentera/prisma/migrate";
import pg from "pg";

const STUDENTS = 1_000;
const ITEMS = 90;
const SUBTESTS = 7;
const WITHIN_MS = 10_000;
const CONNECTIONS = 32;
const EMPTY_REQUESTS = 5_000;
const WANTED_P95_MS = 500;
const SECRET = "for this benchmark only";

const SUBMIT = `mutation ($id: ID!) { submitAttempt(input: { attemptId: $id }) {
  attempt { id status score { scaled ability standardError } subtestScores { subtest scaled correct total } } } }`;
const EMPTY = "mutation { __typename }";

const dataDirectory = await mkdtemp(join(tmpdir(), "lentera-bench-"));
const postgres = await startEmbedded({ dataDirectory });
const { appUrl, ownerUrl } = await prepareDatabase((database) => postgres.adminUrl(database), "learning", {
  appPassword: randomUUID(),
});
const owner = new pg.Client(ownerUrl);
await owner.connect();
const logger = createLogger("silent");
const subgraph = await createSubgraph({
  databaseUrl: appUrl,
  ownerDatabaseUrl: ownerUrl,
  encryptionKeys: [SECRET],
  environment: {},
  logger,
  events: createEventTransport({ logger }),
  pubSub: createPubSub(),
});
await subgraph.startWorkers();
const server = await serveSubgraph(subgraph, { host: "127.0.0.1", port: 0, viewerSecret: SECRET });

/** An examination and a tryout of it, with items whose first option is right. */
async function buildTryout(): Promise<string> {
  const [tryoutId, examTypeId] = [randomUUID(), randomUUID()];
  await owner.query("insert into exam_types (id, code, name) values ($1, 'BENCH', 'Bench')", [examTypeId]);
  await owner.query(
    `insert into items (id, code, exam_type_id, subtest, topic, language, stem, options, cognitive_level, status)
     select uuidv7(), 'bench-' || n, $1, 'S' || n * $3 / $2, 'x', 'id', 'Soal ' || n,
       '[{"key":"A","text":"a"},{"key":"B","text":"b"},{"key":"C","text":"c"},{"key":"D","text":"d"},{"key":"E","text":"e"}]', 'APPLY', 'PUBLISHED'
     from generate_series(0, $2::int - 1) n`,
    [examTypeId, ITEMS, SUBTESTS],
  );
  await owner.query(
    `insert into item_keys (item_id, correct, explanation, discrimination, difficulty, guessing)
     select id, '{A}', '', 0.6 + random(), 3 * random() - 1.5, 0.2 from items`,
  );
  await owner.query(
    `insert into tryouts (id, exam_type_id, title, kind, status, duration_minutes) values ($1, $2, 'Bench', 'PRACTICE', 'ACTIVE', 120)`,
    [tryoutId, examTypeId],
  );
  await owner.query(
    "insert into tryout_items (tryout_id, item_id, subtest, position) select $1, id, subtest, row_number() over (order by code) from items",
    [tryoutId],
  );
  await owner.query(
    `insert into tryout_sections (tryout_id, subtest, name, position, item_count, duration_minutes)
     select $1, subtest, subtest, row_number() over (order by subtest), count(*), 15 from items group by subtest`,
    [tryoutId],
  );
  return tryoutId;
}

interface Sitting {
  readonly id: string;
  readonly studentId: string;
}

/** Students who have answered everything and have not submitted yet. */
async function buildSittings(tryoutId: string): Promise<Sitting[]> {
  const { rows } = await owner.query<Sitting>(
    `insert into attempts (tryout_id, student_id, started_at, deadline)
     select $1, gen_random_uuid(), now(), now() + interval '2 hours' from generate_series(1, $2)
     returning id, student_id as "studentId"`,
    [tryoutId, STUDENTS],
  );
  await owner.query(
    `insert into answers (attempt_id, client_id, item_id, response, answered_at, elapsed_ms)
     select a.id, gen_random_uuid(), t.item_id, array[chr(65 + floor(random() * 5)::int)], now(), 1000
     from unnest($1::uuid[]) as a(id) cross join tryout_items t where t.tryout_id = $2`,
    [rows.map(({ id }) => id), tryoutId],
  );
  await owner.query("analyze");
  return rows;
}

const viewerOf = (userId: string): Viewer => ({
  ...anonymous,
  kind: "USER",
  userId,
  role: "STUDENT",
  permissions: ["attempts:create"],
});
const tokenOf = (userId: string): Promise<string> =>
  signRequest(SECRET, { viewer: viewerOf(userId), requestId: randomUUID(), language: "id" });

async function post(token: string, query: string, variables: object): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${server.port}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-lentera-viewer": token },
    body: JSON.stringify({ query, variables }),
  });
  return response.text();
}

async function submit({ id, studentId }: Sitting): Promise<void> {
  const answer = await post(await tokenOf(studentId), SUBMIT, { id });
  if (!answer.includes('"status":"SCORED"')) throw new Error(`Not scored: ${answer}`);
}

async function requestsPerSecond(requests: readonly (() => Promise<unknown>)[]): Promise<number> {
  const queue = requests.values();
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (const request of queue) await request();
    }),
  );
  return (requests.length / (performance.now() - startedAt)) * 1000;
}

/** @returns milliseconds of each request, sorted */
async function arriveWithin(sittings: readonly Sitting[]): Promise<number[]> {
  const times = await Promise.all(
    sittings.map(async (sitting) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * WITHIN_MS));
      const startedAt = performance.now();
      await submit(sitting);
      return performance.now() - startedAt;
    }),
  );
  return times.toSorted((one, other) => one - other);
}

try {
  const tryoutId = await buildTryout();
  const [warmUp, arriving, rushing] = [
    (await buildSittings(tryoutId)).slice(0, 100),
    await buildSittings(tryoutId),
    await buildSittings(tryoutId),
  ];
  const token = await tokenOf(randomUUID());
  await requestsPerSecond(warmUp.map((sitting) => () => submit(sitting)));
  await requestsPerSecond(Array.from({ length: 1000 }, () => () => post(token, EMPTY, {})));

  const times = await arriveWithin(arriving);
  const percentile = (share: number): number => times[Math.floor(share * (times.length - 1))] ?? Number.NaN;
  const empty = await requestsPerSecond(Array.from({ length: EMPTY_REQUESTS }, () => () => post(token, EMPTY, {})));
  const submitted = await requestsPerSecond(rushing.map((sitting) => () => submit(sitting)));
  const ids = [...arriving, ...rushing].map(({ id }) => id);
  const { rows } = await owner.query<{ scored: number; points: number }>(
    `select (select count(*)::int from attempt_scores where attempt_id = any($1)) as scored,
            (select count(*)::int from xp_events where user_id = any($2)) as points`,
    [ids, [...arriving, ...rushing].map(({ studentId }) => studentId)],
  );
  const lost = ids.length - (rows[0]?.scored ?? 0);
  console.log(`${STUDENTS} students submit the same ${ITEMS} items`);
  console.log(
    `  within ${WITHIN_MS / 1000} s   median ${percentile(0.5).toFixed(0)} ms, p95 ${percentile(0.95).toFixed(0)} ms, slowest ${percentile(1).toFixed(0)} ms (wanted p95 at most ${WANTED_P95_MS}: ${percentile(0.95) <= WANTED_P95_MS ? "reached" : "MISSED"})`,
  );
  console.log(
    `  lost          ${lost} of ${ids.length} scores, ${ids.length - (rows[0]?.points ?? 0)} bookings of points`,
  );
  console.log(
    `  at once       ${submitted.toFixed(0)} submissions per second; empty mutation ${empty.toFixed(0)} per second; ratio ${(submitted / empty).toFixed(3)} with ${CONNECTIONS} connections`,
  );
  if (lost > 0 || percentile(0.95) > WANTED_P95_MS) process.exitCode = 1;
} finally {
  await server.close();
  await subgraph.stop();
  await owner.end();
  await postgres.stop();
  await rm(dataDirectory, { recursive: true, force: true });
}
