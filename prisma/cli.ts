import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import pg from "pg";
import { EmbeddedPostgresError, startEmbedded } from "./embedded.js";
import {
  diffSchema,
  MigrationError,
  migrationStatus,
  newMigration,
  prepareDatabase,
  SUBGRAPHS,
  type SubgraphName,
} from "./migrate.js";

const USAGE = `Usage: npm run db -- <command>

  status [subgraph]       which migrations the database has run, and which are still to come
  migrate [subgraph]      create what is missing and run them
  check [subgraph]        exit 1 when migrations and schema.prisma disagree
  new <subgraph> <name>   write the next migration from what schema.prisma has changed

status and migrate work on the cluster of DATABASE_ADMIN_URL, whose app roles get DATABASE_APP_PASSWORD, and without it on the
embedded one in LENTERA_DATA_DIR (by default .lentera), while Lentera is stopped.`;

type AdminUrl = (database: string) => string;

/** Runs `work` on the cluster of this installation. */
async function onCluster<T>(work: (adminUrl: AdminUrl) => Promise<T>): Promise<T> {
  const foreign = process.env["DATABASE_ADMIN_URL"];
  if (foreign !== undefined)
    return work((database) => Object.assign(new URL(foreign), { pathname: `/${database}` }).href);
  const embedded = await startEmbedded({ dataDirectory: process.env["LENTERA_DATA_DIR"] ?? ".lentera" });
  try {
    return await work(embedded.adminUrl);
  } finally {
    await embedded.stop();
  }
}

/** Runs `work` on an empty cluster that is thrown away afterwards. */
async function onScratch<T>(work: (adminUrl: string) => Promise<T>): Promise<T> {
  const dataDirectory = await mkdtemp(join(tmpdir(), "lentera-scratch-"));
  try {
    const embedded = await startEmbedded({ dataDirectory, settings: { fsync: "off" } });
    try {
      return await work(embedded.adminUrl());
    } finally {
      await embedded.stop();
    }
  } finally {
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

async function status(subgraphs: readonly SubgraphName[]): Promise<void> {
  await onCluster(async (adminUrl) => {
    for (const subgraph of subgraphs) {
      const { applied, pending } = await migrationStatus(adminUrl(`lentera_${subgraph}`), subgraph).catch(
        whenDatabaseIsMissing,
      );
      say(
        `${subgraph}: ${applied.length} applied, ${pending.length} pending${pending.map((name) => `\n  ${name}`).join("")}`,
      );
    }
  });
}

function whenDatabaseIsMissing(error: unknown): never {
  if (error instanceof Error && "code" in error && error.code === "3D000") {
    throw new MigrationError("The databases do not exist yet: create them with npm run db -- migrate.", {
      cause: error,
    });
  }
  throw error;
}

async function migrate(subgraphs: readonly SubgraphName[]): Promise<void> {
  const isForeign = process.env["DATABASE_ADMIN_URL"] !== undefined;
  const appPassword =
    process.env["DATABASE_APP_PASSWORD"] ?? (isForeign ? undefined : randomBytes(24).toString("base64url"));
  if (appPassword === undefined)
    throw new MigrationError("The password of the app roles is not known: set DATABASE_APP_PASSWORD.");
  await onCluster(async (adminUrl) => {
    for (const subgraph of subgraphs) {
      const { ownerUrl } = await prepareDatabase(adminUrl, subgraph, { appPassword });
      say(`${subgraph}: ${(await migrationStatus(ownerUrl, subgraph)).applied.length} migrations applied`);
    }
  });
}

async function check(subgraphs: readonly SubgraphName[]): Promise<void> {
  await onScratch(async (adminUrl) => {
    for (const subgraph of subgraphs) {
      const sql = await diffSchema(adminUrl, subgraph);
      if (sql === "") continue;
      say(sql);
      throw new MigrationError(
        `The migrations of ${subgraph} lack the SQL above that its schema.prisma asks for: write it with npm run db -- new ${subgraph} <name>.`,
      );
    }
  });
  say(`Migrations and schema agree: ${subgraphs.join(", ")}.`);
}

async function create(subgraph: SubgraphName, name: string): Promise<void> {
  const { file, isEmpty } = await onScratch((adminUrl) => newMigration(adminUrl, subgraph, name));
  say(
    `Wrote ${relative(process.cwd(), file)}${isEmpty ? ", empty, as schema and migrations agree: write its SQL by hand" : ""}.`,
  );
}

function parseSubgraph(name: string): SubgraphName {
  const subgraph = SUBGRAPHS.find((known) => known === name);
  if (subgraph === undefined)
    throw new MigrationError(`There is no subgraph "${name}": choose one of ${SUBGRAPHS.join(", ")}.`);
  return subgraph;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function main([command, target, name]: readonly string[]): Promise<void> {
  const one = target === undefined ? undefined : parseSubgraph(target);
  const chosen = one === undefined ? SUBGRAPHS : [one];
  switch (command) {
    case "status":
      return status(chosen);
    case "migrate":
      return migrate(chosen);
    case "check":
      return check(chosen);
    case "new":
      if (one !== undefined && name !== undefined) return create(one, name);
      break;
    case undefined:
    default:
  }
  throw new MigrationError(USAGE);
}

// Leaving by process.exit runs the exit handlers, and one of them stops the cluster.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
});

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof MigrationError || error instanceof EmbeddedPostgresError) return error.message;
  if (error instanceof pg.DatabaseError || ("syscall" in error && error.syscall === "connect")) {
    return `The database refuses (${error.message}): look at DATABASE_ADMIN_URL and at the server it names.`;
  }
  return error.stack ?? error.message;
}
