import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EmbeddedPostgres, startEmbedded } from "./embedded.js";
import {
  applyMigrations,
  type DatabaseConnection,
  diffSchema,
  MigrationError,
  migrationStatus,
  newMigration,
  prepareDatabase,
  type SubgraphName,
} from "./migrate.js";

const SCHEMA = `
generator client {
  provider = "prisma-client"
  output   = "./client"
}
datasource db {
  provider = "postgresql"
}
model School {
  id      String @id @default(dbgenerated("uuidv7()")) @db.Uuid
  name    String @db.Citext
  pupils  Pupil[]
  @@map("schools")
}
model Pupil {
  id       String @id @default(dbgenerated("uuidv7()")) @db.Uuid
  name     String
  schoolId String @map("school_id") @db.Uuid
  school   School @relation(fields: [schoolId], references: [id], onDelete: Cascade)
  @@index([schoolId])
  @@map("pupils")
}
`;

/** What the schema cannot say: functions with semicolons inside, policies, checks. */
const BY_HAND = `
-- one; two
create function app.tidy() returns trigger language plpgsql as $$
begin
  new.name := trim(new.name);
  return new;
end
$$;
create trigger tidy before insert on pupils for each row execute function app.tidy();
alter table pupils add constraint pupils_named check (name <> '');
create unique index pupils_one_per_school on pupils (school_id) where name = 'Ketua';
alter table pupils enable row level security;
alter table pupils force row level security;
create policy visible on pupils using ((select app.bypass()) or school_id = (select app.organization_id()));
`;

const OTHER = "11111111-1111-7111-8111-111111111111";
const OURS = "22222222-2222-7222-8222-222222222222";
const PASSWORD = "it's 100% ours/@?";

let root: string;
let postgres: EmbeddedPostgres;
let databases = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "lentera-migrate-"));
  postgres = await startEmbedded({ dataDirectory: join(root, "data"), settings: { fsync: "off" } });
  for (const subgraph of ["learning", "finance"]) {
    await mkdir(join(root, subgraph), { recursive: true });
    await writeFile(join(root, subgraph, "schema.prisma"), SCHEMA);
  }
  const { file } = await newMigration(postgres.adminUrl(), "learning", "schools", root);
  await writeFile(file, (await readFile(file, "utf8")) + BY_HAND);
});

afterAll(async () => {
  await postgres?.stop();
  await rm(root, { recursive: true, force: true });
});

/** A database of its own for one test, prepared from the folder `from`. */
function prepare(subgraph: SubgraphName = "learning", from = root): Promise<DatabaseConnection> {
  return prepareDatabase(postgres.adminUrl, subgraph, {
    appPassword: PASSWORD,
    database: `test_${subgraph}_${++databases}`,
    root: from,
  });
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The rows as arrays. `as` are the settings that say who asks. */
function query(url: string, sql: string, as: Readonly<Record<string, string>> = {}): Promise<unknown[][]> {
  return connected(url, async (client) => {
    for (const [name, value] of Object.entries(as))
      await client.query("select set_config($1, $2, false)", [name, value]);
    return (await client.query<unknown[]>({ text: sql, rowMode: "array" })).rows;
  });
}

/** A copy of the test's schemas and migrations that a test may spoil. */
async function copyOfRoot(): Promise<string> {
  const copy = await mkdtemp(join(root, "copy-"));
  await cp(join(root, "learning"), join(copy, "learning"), { recursive: true });
  return copy;
}

describe("preparing a database", () => {
  test("creates everything once, and nothing the second time", async () => {
    const first = await prepareDatabase(postgres.adminUrl, "learning", { appPassword: PASSWORD, root });
    const again = await prepareDatabase(postgres.adminUrl, "learning", { appPassword: PASSWORD, root });
    expect(again).toEqual(first);
    expect(new URL(first.appUrl).pathname).toBe("/lentera_learning");
    expect(await query(first.appUrl, "select current_user, count(*)::int from pupils", { "app.bypass": "on" })).toEqual(
      [["lentera_learning", 0]],
    );
    expect(await query(first.ownerUrl, "select count(*)::int from _prisma_migrations")).toEqual([[1]]);
  });

  test("may be done by several processes at once", async () => {
    const options = { appPassword: PASSWORD, root, database: "test_at_once" };
    const all = await Promise.all(
      Array.from({ length: 4 }, () => prepareDatabase(postgres.adminUrl, "learning", options)),
    );
    expect(new Set(all.map(({ appUrl }) => appUrl)).size).toBe(1);
    expect(await query(all[0]?.ownerUrl ?? "", "select count(*)::int from _prisma_migrations")).toEqual([[1]]);
  });

  test("changes the role's password when a new one is given, and never tells it to the server", async () => {
    const { appUrl } = await prepare("community");
    await prepareDatabase(postgres.adminUrl, "community", {
      appPassword: "another",
      database: `test_community_${databases}`,
      root,
    });
    await expect(query(appUrl, "select 1")).rejects.toThrow("password authentication failed");
    expect(
      await query(
        postgres.adminUrl(),
        "select rolpassword like 'SCRAM-SHA-256$4096:%' from pg_authid where rolname = 'lentera_community'",
      ),
    ).toEqual([[true]]);
  });

  test("gives the role no right that reaches past row level security or into another subgraph's database", async () => {
    const learning = await prepare("learning");
    const finance = await prepare("finance");
    const rights =
      "select rolcanlogin, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication from pg_roles where rolname = 'lentera_learning'";
    expect(await query(learning.ownerUrl, rights)).toEqual([[true, false, false, false, false, false]]);
    const trespassing = Object.assign(new URL(learning.appUrl), { pathname: new URL(finance.ownerUrl).pathname }).href;
    await expect(query(trespassing, "select 1")).rejects.toThrow("permission denied for database");
    for (const forbidden of [
      "create table public.mine ()",
      "create table app.mine ()",
      "select * from _prisma_migrations",
      "select * from graphile_worker.jobs",
      "select graphile_worker.add_job('x')",
      "select * from app.audit_chain",
      "truncate pupils",
    ]) {
      await expect(query(learning.appUrl, forbidden), forbidden).rejects.toThrow("permission denied");
    }
  });

  test("refuses a role that could look past row level security", async () => {
    await query(postgres.adminUrl(), "create role lentera_marketplace login bypassrls");
    await expect(prepare("marketplace")).rejects.toThrow(/^The database role lentera_marketplace has rights/);
    await query(postgres.adminUrl(), "alter role lentera_marketplace nobypassrls");
    await expect(prepare("marketplace")).resolves.toBeDefined();
  });
});

describe("who asks", () => {
  const functions =
    "select app.user_id(), app.organization_id(), app.is_staff(), app.bypass(), app.granted_user_ids()::text";

  test("is nobody when nothing is set, and when everything is empty", async () => {
    const { appUrl } = await prepare();
    expect(await query(appUrl, functions)).toEqual([[null, null, false, false, "{}"]]);
    const empty = {
      "app.user_id": "",
      "app.organization_id": "",
      "app.staff": "",
      "app.bypass": "",
      "app.granted_user_ids": "",
    };
    expect(await query(appUrl, functions, empty)).toEqual([[null, null, false, false, "{}"]]);
  });

  test("is what the settings say", async () => {
    const { appUrl } = await prepare();
    const settings = {
      "app.user_id": OURS,
      "app.organization_id": OTHER,
      "app.staff": "on",
      "app.bypass": "on",
      "app.granted_user_ids": `${OURS},${OTHER}`,
    };
    expect(await query(appUrl, functions, settings)).toEqual([[OURS, OTHER, true, true, `{${OURS},${OTHER}}`]]);
    expect(await query(appUrl, functions, { "app.staff": "off", "app.bypass": "off" })).toEqual([
      [null, null, false, false, "{}"],
    ]);
  });

  test("decides which rows there are, with no where clause, and is asked once per statement", async () => {
    const { appUrl } = await prepare();
    await query(
      appUrl,
      `with new as (insert into schools (id, name) values ('${OURS}', 'ours'), ('${OTHER}', 'other')) select`,
    );
    await query(appUrl, `insert into pupils (name, school_id) values (' Ayu ', '${OURS}'), ('Budi', '${OTHER}')`, {
      "app.bypass": "on",
    });
    expect(await query(appUrl, "select name from pupils")).toEqual([]);
    expect(await query(appUrl, "select name from pupils", { "app.organization_id": OURS })).toEqual([["Ayu"]]);
    expect(await query(appUrl, "select name from pupils order by name", { "app.bypass": "on" })).toEqual([
      ["Ayu"],
      ["Budi"],
    ]);
    await expect(
      query(appUrl, `insert into pupils (name, school_id) values ('x', '${OTHER}')`, { "app.organization_id": OURS }),
    ).rejects.toThrow("row-level security");
    const plan = (await query(appUrl, "explain verbose select name from pupils")).join("\n");
    expect(plan).toContain("InitPlan");
    expect(plan).toContain("current_setting('app.organization_id'");
    expect(plan).not.toContain("app.organization_id()");
  });
});

describe("the application's door to the job queue", () => {
  test("adds a job with the caller's transaction, or not at all", async () => {
    const { appUrl, ownerUrl } = await prepare();
    await connected(appUrl, async (client) => {
      await client.query("begin");
      await client.query(`select app.add_job('lost', '{}')`);
      await client.query("rollback");
      await client.query("begin");
      await client.query(`select app.add_job('kept', '{"a":1}', 'key', '2030-01-01Z', 3, 'line')`);
      await client.query(`select app.add_job('kept', '{"a":2}', 'key')`);
      await client.query("commit");
    });
    const jobs =
      "select task_identifier, key, (payload->>'a')::int from graphile_worker.jobs join graphile_worker._private_jobs using (id)";
    expect(await query(ownerUrl, jobs.replace(", key,", ", jobs.key,"))).toEqual([["kept", "key", 2]]);
  });

  test("passes on when, how often and in which line it is to run", async () => {
    const { appUrl, ownerUrl } = await prepare();
    const [[id] = []] = await query(appUrl, `select app.add_job('later', '{}', null, '2030-01-01Z', 3, 'line')`);
    const job = "select id, run_at = '2030-01-01Z', max_attempts, queue_name from graphile_worker.jobs";
    expect(await query(ownerUrl, job)).toEqual([[id, true, 3, "line"]]);
  });
});

describe("the audit log", () => {
  const insert = (organization: string | null, action: string): string =>
    `insert into app.audit_log (organization_id, actor_id, action, entity_type, entity_id, old_values, new_values, ip, user_agent)
     values (${organization === null ? "null" : `'${organization}'`}, '${OTHER}', '${action}', 'Pupil', '7', '{"b":1,"a":2}', null, '10.0.0.1', 'curl')`;
  const breaks = (organization: string | null): string =>
    `select sequence::int, reason from app.audit_chain_breaks(${organization === null ? "null" : `'${organization}'`})`;

  test("is one unbroken chain per organization, also when many write at once", async () => {
    const { appUrl } = await prepare();
    await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        query(appUrl, insert([OURS, OTHER, null][index % 3] ?? null, `action ${index}`)),
      ),
    );
    const chains = `select organization_id, count(*)::int, min(sequence)::int, max(sequence)::int, count(distinct previous_hash)::int, bool_and(length(hash) = 32)
      from app.audit_log group by 1 order by 1`;
    expect(await query(appUrl, chains, { "app.bypass": "on" })).toEqual([
      [OTHER, 8, 1, 8, 8, true],
      [OURS, 8, 1, 8, 8, true],
      [null, 8, 1, 8, 8, true],
    ]);
    for (const organization of [OURS, OTHER, null]) expect(await query(appUrl, breaks(organization))).toEqual([]);
  });

  test("can be added to by anyone, and read by the staff of the organization alone", async () => {
    const { appUrl } = await prepare();
    for (const organization of [OURS, OTHER, null]) await query(appUrl, insert(organization, "seen"));
    const read = "select organization_id from app.audit_log";
    expect(await query(appUrl, read)).toEqual([]);
    expect(await query(appUrl, read, { "app.organization_id": OURS })).toEqual([]);
    expect(await query(appUrl, read, { "app.organization_id": OURS, "app.staff": "on" })).toEqual([[OURS]]);
    expect(await query(appUrl, read, { "app.bypass": "on" })).toHaveLength(3);
    expect(
      await query(appUrl, "select relforcerowsecurity from pg_class where oid = 'app.audit_log'::regclass"),
    ).toEqual([[true]]);
  });

  test("cannot be changed, neither by the application nor by its owner", async () => {
    const { appUrl, ownerUrl } = await prepare();
    await query(appUrl, insert(OURS, "done"));
    for (const change of [
      "update app.audit_log set action = 'x'",
      "delete from app.audit_log",
      "truncate app.audit_log",
    ]) {
      await expect(query(appUrl, change, { "app.bypass": "on" }), change).rejects.toThrow("permission denied");
      await expect(query(ownerUrl, change), change).rejects.toThrow("append-only");
    }
  });

  test("does not believe a caller who brings position or hash along", async () => {
    const { appUrl } = await prepare();
    await query(
      appUrl,
      "insert into app.audit_log (action, entity_type, sequence, previous_hash, hash) values ('a', 'b', 99, 'x', 'y')",
    );
    expect(await query(appUrl, "select sequence::int from app.audit_log", { "app.bypass": "on" })).toEqual([[1]]);
    expect(await query(appUrl, breaks(null))).toEqual([]);
  });

  test.each([
    ["a changed entry", "update app.audit_log set new_values = '{}' where sequence = 2", [[2, "changed"]]],
    [
      "a changed time",
      "update app.audit_log set occurred_at = occurred_at + interval '1 microsecond' where sequence = 2",
      [[2, "changed"]],
    ],
    [
      "an exchanged hash",
      "update app.audit_log set hash = sha256('x') where sequence = 2",
      [
        [2, "changed"],
        [3, "does not follow from the entry before it"],
      ],
    ],
    ["a removed entry", "delete from app.audit_log where sequence = 2", [[3, "an entry before it is missing"]]],
    ["a removed end", "delete from app.audit_log where sequence = 4", [[4, "the end of the chain is missing"]]],
    [
      "an entry rewritten with a hash that fits",
      `update app.audit_log set action = 'x' where sequence = 2; update app.audit_log log set hash = app.audit_hash(log, previous_hash) where sequence = 2`,
      [[3, "does not follow from the entry before it"]],
    ],
  ])("shows %s", async (_, tampering, found) => {
    const { appUrl, ownerUrl } = await prepare();
    for (const action of ["one", "two", "three", "four"]) await query(appUrl, insert(OURS, action));
    await connected(ownerUrl, (client) => client.query(`set session_replication_role = replica; ${tampering}`));
    expect(await query(appUrl, breaks(OURS))).toEqual(found);
  });
});

describe("replay protection", () => {
  test("keeps the first of each key", async () => {
    const { appUrl } = await prepare();
    const key =
      "insert into app.idempotency_keys (scope, key, input_hash) values ('s', 'k', 'h') on conflict do nothing returning 1";
    expect([await query(appUrl, key), await query(appUrl, key)]).toEqual([[[1]], []]);
    expect(await query(appUrl, `update app.idempotency_keys set result = '{}' returning scope`)).toEqual([["s"]]);
    const event = `insert into app.consumed_events (event_id, consumer) values ('${OURS}', 'c') on conflict do nothing returning 1`;
    expect([await query(appUrl, event), await query(appUrl, event)]).toEqual([[[1]], []]);
  });
});

describe("migrations", () => {
  test("are counted as applied or pending, and run in order", async () => {
    const copy = await copyOfRoot();
    const { ownerUrl } = await prepare("learning", copy);
    const [first] = (await migrationStatus(ownerUrl, "learning", copy)).applied;
    await mkdir(join(copy, "learning/migrations/29990101000000_later"));
    await writeFile(join(copy, "learning/migrations/29990101000000_later/migration.sql"), "create table later ();");
    expect(await migrationStatus(ownerUrl, "learning", copy)).toEqual({
      applied: [first],
      pending: ["29990101000000_later"],
    });
    expect(await applyMigrations(ownerUrl, "learning", copy)).toEqual(["29990101000000_later"]);
    await expect
      .poll(() => query(postgres.adminUrl(), "select objid from pg_locks where locktype = 'advisory'"))
      .toEqual([]);
    expect(await applyMigrations(ownerUrl, "learning", copy)).toEqual([]);
    expect(await migrationStatus(ownerUrl, "learning", copy)).toEqual({
      applied: [first, "29990101000000_later"],
      pending: [],
    });
  });

  test("that fail change nothing, say why, and run once they are corrected", async () => {
    const copy = await copyOfRoot();
    const { ownerUrl } = await prepare("learning", copy);
    const file = join(copy, "learning/migrations/29990101000000_bad/migration.sql");
    await mkdir(join(file, ".."));
    await writeFile(file, "create table half ();\nselect ';';\nselect missing from half;");
    await expect(applyMigrations(ownerUrl, "learning", copy)).rejects.toThrow(
      'The migration 29990101000000_bad of learning failed and changed nothing (column "missing" does not exist, line 3): correct it and migrate again.',
    );
    await expect(diffSchema(postgres.adminUrl(), "learning", copy)).rejects.toThrow(
      "The migrations of learning do not run in an empty database",
    );
    expect(await query(ownerUrl, "select to_regclass('half')")).toEqual([[null]]);
    await writeFile(file, "create table whole ();");
    expect(await applyMigrations(ownerUrl, "learning", copy)).toEqual(["29990101000000_bad"]);
  });

  test("that were changed, removed or emptied after they ran are refused", async () => {
    const copy = await copyOfRoot();
    const { ownerUrl } = await prepare("learning", copy);
    const folder = join(copy, "learning/migrations");
    const [name] = (await migrationStatus(ownerUrl, "learning", copy)).applied;
    await writeFile(join(folder, `${name}/migration.sql`), "select 1;");
    await expect(applyMigrations(ownerUrl, "learning", copy)).rejects.toThrow(/was changed after it had run/);
    await rm(join(folder, String(name)), { recursive: true });
    await expect(applyMigrations(ownerUrl, "learning", copy)).rejects.toThrow(/its file is gone/);
    await mkdir(join(folder, String(name)));
    await expect(applyMigrations(ownerUrl, "learning", copy)).rejects.toThrow(/has no SQL/);
  });
});

describe("schema and migrations", () => {
  test("agree, also where the migrations say more than the schema can", async () => {
    expect(await diffSchema(postgres.adminUrl(), "learning", root)).toBe("");
  });

  test("disagree by the SQL that is missing, and no scratch database stays behind", async () => {
    const copy = await copyOfRoot();
    await writeFile(
      join(copy, "learning/schema.prisma"),
      SCHEMA.replace("  name     String\n", "  name     String\n  nickname String?\n"),
    );
    expect(await diffSchema(postgres.adminUrl(), "learning", copy)).toMatch(
      /ALTER TABLE "pupils" ADD COLUMN +"nickname" TEXT;/,
    );
    expect(await query(postgres.adminUrl(), "select datname from pg_database where datname like '%shadow%'")).toEqual(
      [],
    );
  });

  test("are brought together by the next migration", async () => {
    const copy = await copyOfRoot();
    await writeFile(
      join(copy, "learning/schema.prisma"),
      SCHEMA.replace("  name     String\n", "  name     String\n  nickname String?\n"),
    );
    const { file, isEmpty } = await newMigration(postgres.adminUrl(), "learning", "add_nickname", copy);
    expect(isEmpty).toBe(false);
    expect((await readdir(join(copy, "learning/migrations"))).toSorted().slice(1)).toEqual([
      expect.stringMatching(/^\d{14}_add_nickname$/),
      "migration_lock.toml",
    ]);
    expect(await readFile(file, "utf8")).toContain('"nickname"');
    expect(await diffSchema(postgres.adminUrl(), "learning", copy)).toBe("");
    expect(await newMigration(postgres.adminUrl(), "learning", "by_hand", copy)).toMatchObject({ isEmpty: true });
  });

  test("are not given a name that is no name, nor read where there is no schema", async () => {
    await expect(newMigration(postgres.adminUrl(), "learning", "../x", root)).rejects.toBeInstanceOf(MigrationError);
    await expect(diffSchema(postgres.adminUrl(), "community", root)).rejects.toThrow(
      "The subgraph community has no schema",
    );
  });
});
