/**
 * Bulk import: `npm run bench -- import`.
 *
 * 10,000 checked students, from the command that starts the import to its end (accounts, enrollments, quota, progress,
 * audit), as a ratio to bare `insert … select from unnest` of the same rows into copies of the same three tables in the
 * same run. Medians of several runs, one after the other, because a shared machine is never equally busy.
 */
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Viewer, createEventTransport, createLogger, createPubSub } from "@lentera/kit";
import { createSubgraph } from "@lentera/organization";
import { startEmbedded } from "@lentera/prisma/embedded";
import { prepareDatabase } from "@lentera/prisma/migrate";
import { parse } from "graphql";
import pg from "pg";

const ROWS = 10_000;
const RUNS = 5;
const WANTED_RATIO = 4;
const POLL_MS = 5;

const CHECK = parse(`mutation ($input: CheckStudentImportInput!) {
  checkStudentImport(input: $input) { studentImport { id processedCount } }
}`);
const START = parse("mutation ($id: ID!) { startStudentImport(input: { importId: $id }) { studentImport { id } } }");

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const dataDirectory = await mkdtemp(join(tmpdir(), "lentera-bench-"));
const postgres = await startEmbedded({ dataDirectory });
const { appUrl, ownerUrl } = await prepareDatabase((database) => postgres.adminUrl(database), "organization", {
  appPassword: randomUUID(),
});
const owner = new pg.Client(ownerUrl);
await owner.connect();
const logger = createLogger("silent");
const subgraph = await createSubgraph({
  databaseUrl: appUrl,
  ownerDatabaseUrl: ownerUrl,
  encryptionKeys: ["for this benchmark only"],
  environment: {},
  logger,
  events: createEventTransport({ logger }),
  pubSub: createPubSub(),
});
await subgraph.startWorkers();

async function ask<Data>(viewer: Viewer, document: typeof CHECK, variables: Record<string, unknown>): Promise<Data> {
  const { data, errors } = await subgraph.execute({
    document,
    variables,
    viewer,
    requestId: randomUUID(),
    language: "en",
  });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data as Data;
}

async function newOrganization(): Promise<Viewer> {
  const organizationId = randomUUID();
  await owner.query(
    "insert into organizations (id, name, kind, status, max_students) values ($1, 'x', 'SCHOOL', 'ACTIVE', $2)",
    [organizationId, ROWS],
  );
  const permissions = ["students:create"];
  const nobodyElse = { sessionId: null, impersonatorId: null, apiKeyId: null, isTest: false };
  return { kind: "USER", userId: randomUUID(), organizationId, role: "ADMIN", permissions, staff: true, ...nobodyElse };
}

async function importMs(): Promise<number> {
  const viewer = await newOrganization();
  const prefix = randomUUID().slice(0, 8);
  const lines = Array.from({ length: ROWS }, (_, index) => `Siswa ${index},${prefix}-${index}@example.test,${index}`);
  const input = { source: { text: `Nama,Surel,NIS\n${lines.join("\n")}` }, idempotencyKey: randomUUID() };
  const checked = await ask<{ checkStudentImport: { studentImport: { id: string; processedCount: number } } }>(
    viewer,
    CHECK,
    {
      input,
    },
  );
  const { id, processedCount } = checked.checkStudentImport.studentImport;
  if (processedCount > 0) throw new Error("The check found problems.");
  const startedAt = performance.now();
  await ask(viewer, START, { id });
  for (;;) {
    const { rows } = await owner.query("select invited_count from student_imports where id = $1 and status = 'DONE'", [
      id,
    ]);
    if (rows.length > 0) {
      if (rows[0].invited_count !== ROWS) throw new Error("Not everybody was invited.");
      return performance.now() - startedAt;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** The letters to 10,000 people are not what is measured, and would disturb what is. */
async function dropLetters(): Promise<void> {
  for (;;) {
    await owner.query("delete from graphile_worker._private_jobs where locked_at is null");
    const { rowCount } = await owner.query("select 1 from graphile_worker._private_jobs limit 1");
    if (rowCount === 0) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function bareMs(): Promise<number> {
  for (const table of ["users", "accounts", "enrollments"])
    await owner.query(`drop table if exists bare_${table}; create table bare_${table} (like ${table} including all)`);
  const ids = Array.from({ length: ROWS }, () => randomUUID());
  const names = ids.map((_, index) => `Siswa ${index}`);
  const emails = ids.map((id) => `${id}@example.test`);
  const numbers = ids.map((_, index) => String(index));
  const organizationId = randomUUID();
  const startedAt = performance.now();
  await owner.query("begin");
  await owner.query(
    "insert into bare_users (id, full_name, role) select id, name, 'STUDENT' from unnest($1::uuid[], $2::text[]) as row(id, name)",
    [ids, names],
  );
  await owner.query(
    "insert into bare_accounts (user_id, email) select id, email from unnest($1::uuid[], $2::citext[]) as row(id, email)",
    [ids, emails],
  );
  await owner.query(
    `insert into bare_enrollments (organization_id, student_id, student_identifier)
     select $1, id, number from unnest($2::uuid[], $3::text[]) as row(id, number)`,
    [organizationId, ids, numbers],
  );
  await owner.query("commit");
  return performance.now() - startedAt;
}

try {
  const times: { bare: number; whole: number }[] = [];
  for (let run = 0; run < RUNS; run++) {
    const whole = await importMs();
    await dropLetters();
    times.push({ bare: await bareMs(), whole });
  }
  const ratio = median(times.map(({ bare, whole }) => whole / bare));
  console.log(`Import of ${ROWS} students, medians of ${RUNS} runs`);
  console.log(`  bare insert from unnest  ${median(times.map(({ bare }) => bare)).toFixed(0)} ms`);
  console.log(
    `  import                   ${median(times.map(({ whole }) => whole)).toFixed(0)} ms, ${ratio.toFixed(1)} times the bare insert (wanted at most ${WANTED_RATIO}: ${ratio <= WANTED_RATIO ? "reached" : "MISSED"})`,
  );
  if (ratio > WANTED_RATIO) process.exitCode = 1;
} finally {
  await subgraph.stop();
  await owner.end();
  await postgres.stop();
  await rm(dataDirectory, { recursive: true, force: true });
}
