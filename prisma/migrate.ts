import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { MigrationList } from "@prisma/schema-engine-wasm";
import { Logger, runMigrations } from "graphile-worker";
import pg from "pg";
import { NO_FILTER, type SchemaFile, withClient, withEngine } from "./schema-engine.js";

export const SUBGRAPHS = ["organization", "learning", "marketplace", "finance", "community"] as const;
export type SubgraphName = (typeof SUBGRAPHS)[number];

/** What one subgraph needs to connect. */
export interface DatabaseConnection {
  /** The role without BYPASSRLS, for everything that serves a request. */
  readonly appUrl: string;
  /** Migrations and the job queue. */
  readonly ownerUrl: string;
}

/** Its message is one clear sentence for a person. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

/** Where `provision.sql` and the folder of each subgraph are, whether this runs from the sources or from `dist`. */
export const packageRoot = existsSync(join(import.meta.dirname, "provision.sql"))
  ? import.meta.dirname
  : dirname(import.meta.dirname);

/** First key of the advisory lock that whoever prepares a subgraph's database holds. */
const PREPARING = 732_001;

const silent = new Logger(() => () => undefined);

export interface PrepareOptions {
  readonly appPassword: string;
  /** Instead of `lentera_<subgraph>`. */
  readonly database?: string;
  /** Holds `<subgraph>/migrations`; by default this package. */
  readonly root?: string;
}

/**
 * Brings one subgraph's database up to date: creates database and role when they are missing, runs `provision.sql`, the job
 * queue's migrations and the subgraph's own. Repeatable, and safe when several processes do it at once.
 *
 * @throws MigrationError when a migration fails or was changed after it ran, or when the role has rights it must not have
 */
export async function prepareDatabase(
  adminUrl: (database: string) => string,
  subgraph: SubgraphName,
  options: PrepareOptions,
): Promise<DatabaseConnection> {
  const role = roleOf(subgraph);
  const database = options.database ?? role;
  const ownerUrl = adminUrl(database);
  await withClient(adminUrl("postgres"), async (admin) => {
    await admin.query("select pg_advisory_lock($1, hashtext($2))", [PREPARING, role]);
    await ensureRole(admin, role, options.appPassword);
    await ensureDatabase(admin, database, role);
    await withClient(ownerUrl, async (owner) => {
      await provision(owner, role);
      await runMigrations({ connectionString: ownerUrl, logger: silent });
      await applyMigrations(ownerUrl, subgraph, options.root);
      if (await hasMigrationsTable(owner))
        await owner.query(`revoke all on _prisma_migrations from ${pg.escapeIdentifier(role)}`);
    });
  });
  const appUrl = new URL(ownerUrl);
  appUrl.username = role;
  appUrl.password = encodeURIComponent(options.appPassword);
  return { appUrl: appUrl.href, ownerUrl };
}

/**
 * Runs the migrations of `<root>/<subgraph>/migrations` that this database has not seen, in the order of their names.
 *
 * @returns the names of those it ran
 * @throws MigrationError when one fails, failed earlier, or was changed after it ran
 */
export async function applyMigrations(
  ownerUrl: string,
  subgraph: SubgraphName,
  root: string = packageRoot,
): Promise<string[]> {
  const { pending } = await migrationStatus(ownerUrl, subgraph, root);
  if (pending.length === 0) return [];
  const migrationsList = await readMigrations(subgraph, root);
  return withEngine(ownerUrl, undefined, async (engine, refusal) => {
    try {
      return (await engine.applyMigrations({ migrationsList, filters: NO_FILTER })).appliedMigrationNames;
    } catch (error) {
      const failed = (await withClient(ownerUrl, recordedMigrations)).find(({ finished }) => !finished);
      if (failed === undefined) throw error;
      await engine.markMigrationRolledBack({ migrationName: failed.name });
      throw new MigrationError(
        `The migration ${failed.name} of ${subgraph} failed and changed nothing (${refusal() ?? String(error)}): correct it and migrate again.`,
        { cause: error },
      );
    }
  });
}

/**
 * Which migrations this database has run and which are still to come.
 *
 * @throws MigrationError when one failed, or was changed or removed after it ran
 */
export async function migrationStatus(
  ownerUrl: string,
  subgraph: SubgraphName,
  root: string = packageRoot,
): Promise<{ applied: string[]; pending: string[] }> {
  const { migrationDirectories } = await readMigrations(subgraph, root);
  const rows = await withClient(ownerUrl, recordedMigrations);
  const recorded = new Map(rows.map((row) => [row.name, row]));
  for (const row of rows) {
    const file = migrationDirectories.find(({ path }) => path === row.name)?.migrationFile.content;
    const migration = `The migration ${row.name} of ${subgraph}`;
    if (!row.finished)
      throw new MigrationError(
        `${migration} was interrupted: look whether its changes are there, then set finished_at or rolled_back_at of its row in _prisma_migrations.`,
      );
    if (file?.tag !== "ok")
      throw new MigrationError(`${migration} has run in this database and its file is gone: bring the file back.`);
    if (sha256(file.value) !== row.checksum)
      throw new MigrationError(
        `${migration} was changed after it had run in this database: bring the old file back and put the change in a new migration.`,
      );
  }
  const names = migrationDirectories.map(({ path }) => path);
  return { applied: names.filter((name) => recorded.has(name)), pending: names.filter((name) => !recorded.has(name)) };
}

/**
 * The SQL that is still missing between a subgraph's migrations and its `schema.prisma`; "" when they agree.
 *
 * @param shadowAdmin connection string of a role that may create databases; a scratch database is made and dropped
 * @throws MigrationError when there is no schema, or a migration does not run
 */
export async function diffSchema(
  shadowAdmin: string,
  subgraph: SubgraphName,
  root: string = packageRoot,
): Promise<string> {
  const migrationsList = await readMigrations(subgraph, root);
  const schema = await readSchema(subgraph, root);
  return withEngine(shadowAdmin, schema, async (engine, refusal) => {
    const from = { tag: "migrations" as const, ...migrationsList };
    const to = { tag: "schemaDatamodel" as const, files: [schema] };
    try {
      const { stdout } = await engine.diff({ from, to, script: true, exitCode: null, filters: NO_FILTER });
      const sql = (stdout ?? "").trim();
      return sql === "-- This is an empty migration." ? "" : sql;
    } catch (error) {
      if (refusal() === undefined) throw error;
      throw new MigrationError(
        `The migrations of ${subgraph} do not run in an empty database (${refusal()}): correct the one at fault.`,
        { cause: error },
      );
    }
  });
}

/**
 * Writes the next migration of a subgraph: what `diffSchema` finds, or an empty script for SQL written by hand.
 *
 * @returns the path of its `migration.sql`, and whether the schema gave it any SQL
 * @throws MigrationError when the name is not in snake_case
 */
export async function newMigration(
  shadowAdmin: string,
  subgraph: SubgraphName,
  name: string,
  root: string = packageRoot,
): Promise<{ file: string; isEmpty: boolean }> {
  if (!/^[a-z][a-z0-9_]*$/.test(name))
    throw new MigrationError(
      `"${name}" cannot name a migration: use small letters, digits and underscores, as in add_attempts.`,
    );
  const sql = await diffSchema(shadowAdmin, subgraph, root);
  const { baseDir, lockfile, migrationDirectories } = await readMigrations(subgraph, root);
  const last = Number(migrationDirectories.at(-1)?.path.split("_")[0] ?? 0);
  const now = Number(new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14));
  const file = join(baseDir, `${Math.max(now, last + 1)}_${name}`, "migration.sql");
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, sql === "" ? "" : `${sql}\n`);
  await writeFile(join(baseDir, lockfile.path), lockfile.content ?? "");
  return { file, isEmpty: sql === "" };
}

// Roles and databases

function roleOf(subgraph: SubgraphName): string {
  return `lentera_${subgraph}`;
}

async function ensureRole(client: pg.Client, role: string, password: string): Promise<void> {
  const { rows } = await client.query<{ privileged: boolean }>(
    "select rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication as privileged from pg_roles where rolname = $1",
    [role],
  );
  if (rows[0]?.privileged) {
    throw new MigrationError(
      `The database role ${role} has rights that would let it past row level security: take SUPERUSER, BYPASSRLS, CREATEDB, CREATEROLE and REPLICATION from it.`,
    );
  }
  await client.query(
    `${rows.length === 0 ? "create" : "alter"} role ${pg.escapeIdentifier(role)} login password ${pg.escapeLiteral(scramVerifier(password))}`,
  );
}

/** What PostgreSQL stores instead of a password (RFC 5803). Sending this keeps the password itself out of every log. */
function scramVerifier(password: string): string {
  const iterations = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password.normalize("NFKC"), salt, iterations, 32, "sha256");
  const hmac = (text: string): Buffer => createHmac("sha256", salted).update(text).digest();
  const storedKey = createHash("sha256").update(hmac("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${storedKey}:${hmac("Server Key").toString("base64")}`;
}

/** Only its own role may connect, so that no subgraph can open another's database. */
async function ensureDatabase(client: pg.Client, database: string, role: string): Promise<void> {
  const name = pg.escapeIdentifier(database);
  const { rowCount } = await client.query("select from pg_database where datname = $1", [database]);
  if (rowCount === 0) await client.query(`create database ${name}`);
  await client.query(`revoke all on database ${name} from public`);
  await client.query(`grant connect on database ${name} to ${pg.escapeIdentifier(role)}`);
}

async function provision(client: pg.Client, role: string): Promise<void> {
  const script = await readProvision();
  const mark = `provisioned ${sha256(`${role}\n${script}`)}`;
  const { rows } = await client.query<{ mark: string | null }>(
    "select obj_description(to_regnamespace('app'), 'pg_namespace') as mark",
  );
  if (rows[0]?.mark === mark) return;
  await client.query("begin");
  await client.query("select set_config('lentera.app_role', $1, true)", [role]);
  await client.query(script);
  await client.query(`comment on schema app is ${pg.escapeLiteral(mark)}`);
  await client.query("commit");
}

// Files

function readProvision(): Promise<string> {
  return readFile(join(packageRoot, "provision.sql"), "utf8");
}

async function readSchema(subgraph: SubgraphName, root: string): Promise<SchemaFile> {
  const path = join(root, subgraph, "schema.prisma");
  if (!existsSync(path)) throw new MigrationError(`The subgraph ${subgraph} has no schema: write ${path}.`);
  return { path, content: await readFile(path, "utf8") };
}

/** A subgraph's migrations as the engine takes them, oldest first. */
async function readMigrations(subgraph: SubgraphName, root: string): Promise<MigrationList> {
  const baseDir = join(root, subgraph, "migrations");
  const entries = existsSync(baseDir) ? await readdir(baseDir, { withFileTypes: true }) : [];
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: await readProvision(),
    migrationDirectories: await Promise.all(names.toSorted().map((name) => readMigration(baseDir, name))),
  };
}

async function readMigration(baseDir: string, name: string): Promise<MigrationList["migrationDirectories"][number]> {
  const file = join(baseDir, name, "migration.sql");
  if (!existsSync(file))
    throw new MigrationError(`The migration ${name} has no SQL: write ${file}, or remove its folder.`);
  return {
    path: name,
    migrationFile: { path: "migration.sql", content: { tag: "ok", value: await readFile(file, "utf8") } },
  };
}

// The record

interface RecordedMigration {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

async function hasMigrationsTable(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ present: boolean }>(
    "select to_regclass('public._prisma_migrations') is not null as present",
  );
  return rows[0]?.present ?? false;
}

async function recordedMigrations(client: pg.Client): Promise<RecordedMigration[]> {
  if (!(await hasMigrationsTable(client))) return [];
  const { rows } = await client.query<RecordedMigration>(
    `select migration_name as name, checksum, finished_at is not null as finished
     from _prisma_migrations where rolled_back_at is null order by migration_name`,
  );
  return rows;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
