import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { EmbeddedPostgresError, startEmbedded } from "../embedded.js";
import { connection, readPostmaster } from "../embedded-cluster.js";
import { MigrationError, prepareDatabase, SUBGRAPHS, type SubgraphName } from "../migrate.js";
import { seedBigWorld } from "./index.js";

const USAGE = `Usage: npm run seed -- --students <number>

Adds schools with that many students in all beside the demo world: in the cluster of DATABASE_ADMIN_URL, whose databases must
be up to date, and without it in the embedded one in LENTERA_DATA_DIR (by default .lentera), also while Lentera runs.`;

const BAR_WIDTH = 30;

type AdminUrl = (database: string) => string;

class UsageError extends Error {}

/** Runs `work` with the databases of this installation, and prepares them unless a running Lentera has done so. */
async function onCluster(work: (adminUrl: AdminUrl) => Promise<void>): Promise<void> {
  const foreign = process.env["DATABASE_ADMIN_URL"];
  if (foreign !== undefined)
    return work((database) => Object.assign(new URL(foreign), { pathname: `/${database}` }).href);
  const dataDirectory = resolve(process.env["LENTERA_DATA_DIR"] ?? ".lentera");
  const running = await findRunning(dataDirectory);
  if (running !== undefined) return work(running);
  const embedded = await startEmbedded({ dataDirectory, onProgress: (step) => say(`${step}\n`) });
  try {
    // The next start gives the roles the passwords that it knows.
    const appPassword = randomBytes(24).toString("base64url");
    for (const subgraph of SUBGRAPHS) await prepareDatabase(embedded.adminUrl, subgraph, { appPassword });
    await work(embedded.adminUrl);
  } finally {
    await embedded.stop();
  }
}

/** The embedded server of a running Lentera. */
async function findRunning(dataDirectory: string): Promise<AdminUrl | undefined> {
  const postmaster = await readPostmaster(join(dataDirectory, "postgres"));
  const password = await readFile(join(dataDirectory, "postgres.password"), "utf8").catch(() => undefined);
  if (postmaster === undefined || password === undefined) return undefined;
  const config = connection(postmaster.port, password.trim());
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  const isRunning = await client.connect().then(
    () => true,
    () => false,
  );
  await client.end();
  const { user, host, port } = client;
  return isRunning ? (database) => `postgresql://${user}:${password.trim()}@${host}:${port}/${database}` : undefined;
}

async function main(args: string[]): Promise<void> {
  const students = parseStudents(args);
  await onCluster(async (adminUrl) => {
    const to = (name: SubgraphName) => ({ ownerUrl: adminUrl(`lentera_${name}`) });
    const connections = {
      organization: to("organization"),
      learning: to("learning"),
      marketplace: to("marketplace"),
      finance: to("finance"),
      community: to("community"),
    };
    const startedAt = performance.now();
    showProgress(0, students);
    const added = await seedBigWorld({
      students,
      connections,
      onProgress: (done) => showProgress(done.students, students),
    });
    const seconds = (performance.now() - startedAt) / 1000;
    say("\n");
    process.stdout.write(
      `Added ${added.students} students and ${added.answers} answers in ${seconds.toFixed(1)} s, ${Math.round(added.answers / seconds)} answers/s.\n`,
    );
  });
}

function parseStudents(args: string[]): number {
  try {
    const { values } = parseArgs({ args, options: { students: { type: "string" } } });
    const students = Number(values.students);
    if (Number.isSafeInteger(students) && students > 0) return students;
  } catch {
    // An unknown option is answered like a missing one.
  }
  throw new UsageError(USAGE);
}

function showProgress(done: number, total: number): void {
  const filled = Math.round((BAR_WIDTH * done) / total);
  say(`\r[${"#".repeat(filled)}${".".repeat(BAR_WIDTH - filled)}] ${done} of ${total} students`);
}

function say(text: string): void {
  process.stderr.write(text);
}

// Leaving by process.exit runs the exit handlers, and one of them stops the cluster.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

main(process.argv.slice(2)).catch((error: unknown) => {
  const isExpected = [MigrationError, EmbeddedPostgresError, UsageError].some((kind) => error instanceof kind);
  say(`${error instanceof Error ? (isExpected ? error.message : error.stack) : String(error)}\n`);
  process.exitCode = 1;
});
