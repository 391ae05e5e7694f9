import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedPostgres, startEmbedded } from "./embedded.js";
import { prepareDatabase, SUBGRAPHS, type SubgraphName } from "./migrate.js";
import { seedBigWorld, seedDemoWorld } from "./seed/index.js";
import { DEMO_PASSWORD, DEMO_PASSWORD_HASH } from "./seed/world.js";

let dataDirectory: string;
let postgres: EmbeddedPostgres;

type Connections = Parameters<typeof seedDemoWorld>[0]["connections"];

beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), "lentera-seed-"));
  await chmod(dataDirectory, 0o755);
  postgres = await startEmbedded({ dataDirectory, settings: { fsync: "off", full_page_writes: "off" } });
  for (const name of SUBGRAPHS) {
    await prepareDatabase(postgres.adminUrl, name, { appPassword: "only for tests", database: `template_${name}` });
  }
});
afterAll(async () => {
  await postgres.stop();
  await rm(dataDirectory, { recursive: true, force: true });
});

/** Five migrated, empty databases. */
async function emptyDatabases(set: string): Promise<Connections> {
  const clone = async (name: SubgraphName) => {
    await rowsOf(postgres.adminUrl(), `create database ${set}_${name} template template_${name}`);
    return { ownerUrl: postgres.adminUrl(`${set}_${name}`) };
  };
  return {
    organization: await clone("organization"),
    learning: await clone("learning"),
    marketplace: await clone("marketplace"),
    finance: await clone("finance"),
    community: await clone("community"),
  };
}

async function rowsOf<Row extends pg.QueryResultRow>(url: string, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

const TABLES = `
  select relname as name, (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I', relname), false, true, '')))[1]::text::int as rows
  from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> '_prisma_migrations' order by 1`;

/** How many rows each table of each database has. */
async function census(connections: Connections): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of SUBGRAPHS) {
    for (const table of await rowsOf<{ name: string; rows: number }>(connections[name].ownerUrl, TABLES)) {
      counts[`${name}.${table.name}`] = table.rows;
    }
  }
  return counts;
}

describe("seeding the demo world", () => {
  let connections: Connections;
  let full: Record<string, number>;

  beforeAll(async () => {
    connections = await emptyDatabases("demo");
    await Promise.all([seedDemoWorld({ connections }), seedDemoWorld({ connections })]);
    full = await census(connections);
  });

  it("fills all five databases, once, when two processes do it at the same time", () => {
    expect(full).toMatchObject({
      "organization.organizations": 2,
      "organization.classes": 8,
      "organization.enrollments": 240,
      "learning.exam_types": 1,
      "learning.exam_subtests": 7,
      "learning.tryouts": 3,
      "learning.tryout_items": 345,
      "learning.leaderboards": 3,
    });
    expect(full["organization.accounts"]).toBe(full["organization.users"]);
    expect(full["learning.item_keys"]).toBe(full["learning.items"]);
    expect(full["learning.attempts"]).toBeGreaterThan(1_000);
    for (const name of SUBGRAPHS) {
      const rows = Object.entries(full).filter(([table]) => table.startsWith(`${name}.`));
      expect(Math.max(...rows.map(([, count]) => count))).toBeGreaterThan(20);
    }
  });

  it("leaves scores, points and ranks to the worker, and gives it the job", async () => {
    for (const table of ["attempt_scores", "subtest_scores", "xp_events", "leaderboard_entries"]) {
      expect(full[`learning.${table}`]).toBe(0);
    }
    const { ownerUrl } = connections.learning;
    const jobs = await rowsOf(ownerUrl, "select task_identifier from graphile_worker.jobs");
    expect(jobs).toEqual([{ task_identifier: "attempt.score-backlog" }]);
    expect(await rowsOf(ownerUrl, "select distinct status from attempts")).toEqual([{ status: "SUBMITTED" }]);
  });

  it("changes nothing when it is there already", async () => {
    expect(await seedDemoWorld({ connections })).toBe(false);
    expect(await census(connections)).toEqual(full);
  });

  it("gives everybody the demo password at cost 12", async () => {
    const { ownerUrl } = connections.organization;
    expect(await rowsOf(ownerUrl, "select distinct password_hash as hash from accounts")).toEqual([
      { hash: DEMO_PASSWORD_HASH },
    ]);
    // pgcrypto knows the older name of the same algorithm.
    const hash = DEMO_PASSWORD_HASH.replace("$2b$12$", "$2a$12$");
    const check = "select crypt($1, $3) = $3 as right, crypt($2, $3) = $3 as wrong";
    expect(await rowsOf(ownerUrl, check, [DEMO_PASSWORD, `${DEMO_PASSWORD}!`, hash])).toEqual([
      { right: true, wrong: false },
    ]);
  });

  it("keeps keys and explanations in item_keys alone", async () => {
    const { ownerUrl } = connections.learning;
    const explanations = await rowsOf<{ explanation: string }>(ownerUrl, "select explanation from item_keys");
    const tables = Object.keys(full)
      .filter((table) => table.startsWith("learning.") && !["learning.item_keys", "learning.answers"].includes(table))
      .map((table) => table.replace("learning.", ""));
    for (const table of tables) {
      const [found] = await rowsOf<{ text: string | null }>(
        ownerUrl,
        `select string_agg(t::text, '\n') as text from ${table} t`,
      );
      expect(explanations.filter(({ explanation }) => found?.text?.includes(explanation))).toEqual([]);
    }
    const keys = "select distinct k from items, jsonb_array_elements(options) o, jsonb_object_keys(o) k order by k";
    expect(await rowsOf(ownerUrl, keys)).toEqual([{ k: "key" }, { k: "text" }]);
  });

  it("has answers only to items of their tryout, given before the attempt was submitted", async () => {
    const [wrong] = await rowsOf(
      connections.learning.ownerUrl,
      `select count(*) filter (where t.item_id is null)::int as strange,
              count(*) filter (where a.received_at > s.submitted_at or a.answered_at < s.started_at)::int as late
       from answers a join attempts s on s.id = a.attempt_id
       left join tryout_items t on t.tryout_id = s.tryout_id and t.item_id = a.item_id`,
    );
    expect(wrong).toEqual({ strange: 0, late: 0 });
  });

  it("is finished by the next start after a crash in the middle", async () => {
    const broken = await emptyDatabases("broken");
    const { ownerUrl } = broken.learning;
    const learningOf = (counts: Record<string, number>): object =>
      Object.fromEntries(Object.entries(counts).filter(([table]) => table.startsWith("learning.")));
    const unseeded = await census(broken);
    await rowsOf(ownerUrl, "alter table leaderboards add constraint crash check (scope <> 'ORGANIZATION')");
    await expect(seedDemoWorld({ connections: broken })).rejects.toThrow("crash");
    const half = await census(broken);
    expect(half["organization.users"]).toBe(full["organization.users"]);
    expect(learningOf(half)).toEqual(learningOf(unseeded));

    await rowsOf(ownerUrl, "alter table leaderboards drop constraint crash");
    expect(await seedDemoWorld({ connections: broken })).toBe(true);
    expect(await census(broken)).toEqual(full);
  });

  it("makes room for a big world beside it, which is added once", async () => {
    const students: number[] = [];
    const options = {
      students: 120,
      connections,
      onProgress: (done: { students: number }) => students.push(done.students),
    };
    expect(await seedBigWorld(options)).toMatchObject({ students: 120 });
    expect(await seedBigWorld(options)).toEqual({ students: 0, answers: 0 });
    expect(students).toEqual([120, 120]);
    const counts = await census(connections);
    expect(counts["organization.enrollments"]).toBe(240 + 120);
    expect(counts["learning.leaderboards"]).toBe(4);
    expect((counts["learning.attempts"] ?? 0) - (full["learning.attempts"] ?? 0)).toBeGreaterThan(100);
  });
});
