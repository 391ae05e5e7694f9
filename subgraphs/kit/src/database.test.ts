import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type IdentityPool, asSystem, asViewer, createPool, withGrants } from "./database.js";
import { buildViewer } from "./testing/index.js";
import { anonymous } from "./viewer.js";

const database = `test_kit_${randomUUID().replaceAll("-", "")}`;
const [ani, budi] = [buildViewer(), buildViewer()];
let owner: pg.Client;
let pool: IdentityPool;

/** A table of notes under the kind of policy that every table has. */
const NOTES = `
  create table notes (id uuid primary key default uuidv7(), user_id uuid not null);
  alter table notes enable row level security;
  alter table notes force row level security;
  create policy own on notes using (user_id = (select app.user_id()));
  create policy granted on notes for select using (user_id = any ((select app.granted_user_ids())::uuid[]));
  create policy system on notes using ((select app.bypass()));
  insert into notes (user_id) select '${ani.userId}' from generate_series(1, 3);
  insert into notes (user_id) select '${budi.userId}' from generate_series(1, 5);`;

beforeAll(async () => {
  const { host, port, user, password, appPassword } = inject("postgres");
  const maintenance = new pg.Client({ host, port, user, password, database: "postgres" });
  await maintenance.connect();
  await maintenance.query(`create database ${database} template template_organization`);
  await maintenance.end();
  owner = new pg.Client({ host, port, user, password, database });
  await owner.connect();
  await owner.query(NOTES);
  pool = createPool(
    `postgresql://lentera_organization:${encodeURIComponent(appPassword)}@${host}:${port}/${database}`,
    4,
  );
});

afterAll(async () => {
  await pool.end();
  await owner.end();
});

/** No `where`: what comes is what PostgreSQL lets through. */
async function countNotes(): Promise<number> {
  const { rows } = await pool.query<{ count: number }>("select count(*)::int from notes");
  return rows[0]!.count;
}

describe("the pool under row level security", () => {
  it("003-21: shows each viewer their own rows, however the reads interleave on few connections", async () => {
    const readers = [
      { read: () => asViewer(ani, countNotes), expected: 3 },
      { read: () => asViewer(budi, countNotes), expected: 5 },
      { read: () => asViewer(anonymous, countNotes), expected: 0 },
      { read: () => asSystem(countNotes), expected: 8 },
    ];
    const reads = Array.from({ length: 200 }, (_, index) => readers[index % readers.length]!);
    expect(await Promise.all(reads.map(({ read }) => read()))).toEqual(reads.map(({ expected }) => expected));
  });

  it("shows nothing to a query that nobody asked", async () => {
    expect(await countNotes()).toBe(0);
  });

  it("shows granted people's rows inside the grant and not after it", async () => {
    const counts = await asViewer(ani, async () => [await withGrants([budi.userId], countNotes), await countNotes()]);
    expect(counts).toEqual([8, 3]);
  });

  it("keeps the identity of who asked while waiting for a connection, with callbacks as with promises", async () => {
    const held = await Promise.all(Array.from({ length: 4 }, () => pool.connect()));
    const waiting = asViewer(
      budi,
      () =>
        new Promise<number>((resolve, reject) => {
          pool.connect((error, client, release) => {
            if (error !== undefined || client === undefined) return reject(error ?? new Error("no client"));
            client.query<{ count: number }>("select count(*)::int from notes").then(({ rows }) => {
              release();
              resolve(rows[0]!.count);
            }, reject);
          });
        }),
    );
    asViewer(ani, () => held.forEach((client) => client.release()));
    expect(await waiting).toBe(5);
  });
});
