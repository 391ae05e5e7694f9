import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EventEnvelope } from "../events.js";
import { type PersonalRecord, personErased, personExportPart, personExportRequested } from "../personal-data.js";
import type { Subgraph, SubgraphConfiguration } from "../subgraph.js";
import { type TestSubgraph, eventually, startTestSubgraph } from "./test-subgraph.js";

/** Columns that say whose a row is. */
const PERSON_COLUMNS =
  "^(user|student|author|owner|guardian|sender|recipient|reporter|borrower|payer|payee|person|teacher|learner)_id$";

interface Part {
  position: number;
  isLast: boolean;
  record: string | null;
  rows: unknown[];
}

/** What every subgraph keeps that stores something about people. */
export function describePersonalData(options: {
  readonly subgraph: string;
  readonly create: (configuration: SubgraphConfiguration) => Promise<Subgraph>;
  readonly records: readonly PersonalRecord[];
  /** Stores something about a person, with `trace` in every text that says who they are. */
  readonly store: (test: TestSubgraph, userId: string, trace: string) => Promise<void>;
  /** Tables with a column like `user_id` that is no person of this platform, or whose rows are another's records. */
  readonly notPersonal?: readonly string[];
}): void {
  const { subgraph, create, records, store, notPersonal = [] } = options;
  describe(`001-46, C-11: what ${subgraph} stores about a person`, () => {
    let test: TestSubgraph;
    const parts = new Map<string, Part[]>();
    beforeAll(async () => {
      test = await startTestSubgraph(subgraph, create);
      await test.events.subscribe("organization", [personExportPart.type], async ({ data }) => {
        const { exportId, ...part } = personExportPart.data.parse(data);
        expect(part.subgraph).toBe(subgraph);
        parts.set(exportId, [...(parts.get(exportId) ?? []), part]);
      });
      await test.subgraph.startWorkers();
    });
    afterAll(() => test.stop());

    const envelope = ({ type, version }: { type: string; version: number }, data: object): EventEnvelope => ({
      id: randomUUID(),
      type,
      version,
      occurredAt: new Date().toISOString(),
      data,
    });

    /** What the person gets, by kind. */
    async function exported(userId: string, deliveries = 1): Promise<Map<string, unknown[]>> {
      const exportId = randomUUID();
      const request = envelope(personExportRequested, { exportId, userId });
      for (let delivery = 0; delivery < deliveries; delivery += 1) await test.events.publish(request);
      const all = await eventually(async () => {
        const received = (parts.get(exportId) ?? []).toSorted((one, other) => one.position - other.position);
        return received.at(-1)?.isLast === true && received.at(-1)?.position === received.length - 1
          ? received
          : undefined;
      });
      await test.subgraph.jobsDone();
      expect(parts.get(exportId)).toHaveLength(all.length);
      expect(all.filter(({ isLast }) => isLast)).toHaveLength(1);
      const content = all.slice(0, -1);
      for (const { rows } of content) expect(rows.length).toBeLessThanOrEqual(200);
      const kinds = Map.groupBy(content, ({ record }) => record ?? "");
      return new Map([...kinds].map(([kind, of]) => [kind, of.flatMap(({ rows }) => rows)]));
    }

    /** The database's rows that contain a text. */
    async function rowsWith(text: string): Promise<string[]> {
      const { rows: tables } = await test.owner.query<{ name: string }>(
        "select tablename as name from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations'",
      );
      const each = tables.map(({ name }) => `select '${name}: ' || t::text as row from "${name}" t`);
      const { rows } = await test.owner.query<{ row: string }>(
        `select row from (${each.join(" union all ")}) all_rows where row like $1`,
        [`%${text}%`],
      );
      return rows.map(({ row }) => row);
    }

    it("is given to them whole, in numbered parts, once however often they are asked for, and nobody else's", async () => {
      const [userId, otherId] = [randomUUID(), randomUUID()];
      const [trace, otherTrace] = [`mine${randomUUID()}`, `theirs${randomUUID()}`];
      await store(test, userId, trace);
      await store(test, otherId, otherTrace);
      const kinds = await exported(userId, 2);
      expect(kinds.size).toBeGreaterThan(0);
      for (const { name, rows } of records) {
        const { rows: stored } = await test.owner.query(`select count(*)::int as count from (${rows}) r`, [userId]);
        expect({ name, count: kinds.get(name)?.length ?? 0 }).toEqual({ name, count: stored[0].count });
      }
      const text = JSON.stringify([...kinds]);
      expect(text).not.toContain(otherTrace);
    });

    it("of whom nothing is stored is an answer, too", async () => {
      expect(await exported(randomUUID())).toEqual(new Map());
    });

    it("no longer says who they are once they are forgotten, twice if need be, and nobody else is", async () => {
      const [userId, otherId] = [randomUUID(), randomUUID()];
      const [trace, otherTrace] = [`mine${randomUUID()}`, `theirs${randomUUID()}`];
      await store(test, userId, trace);
      await store(test, otherId, otherTrace);
      const others = await rowsWith(otherTrace);
      const before = await exported(userId);
      for (const erasedAt of ["2026-11-20T07:30:00Z", "2026-11-21T07:30:00Z"]) {
        await test.events.publish(envelope(personErased, { userId, erasedAt }));
        await test.subgraph.jobsDone();
        expect(await rowsWith(trace)).toEqual([]);
      }
      const { rows: failed } = await test.owner.query(
        "select task_identifier, last_error from graphile_worker.jobs where last_error is not null",
      );
      expect(failed).toEqual([]);
      expect(await rowsWith(otherTrace)).toEqual(others);
      const left = await exported(userId);
      for (const { name } of records.filter(({ erasure }) => "kept" in erasure))
        expect({ name, count: left.get(name)?.length }).toEqual({ name, count: before.get(name)?.length });
    });

    it("is all of it named: no table that says whose its rows are is left out", async () => {
      const { rows } = await test.owner.query<{ table: string }>(
        `select distinct c.table_name as table from information_schema.columns c
         join information_schema.tables t using (table_schema, table_name)
         where table_schema = 'public' and table_type = 'BASE TABLE' and data_type = 'uuid' and column_name ~ $1`,
        [PERSON_COLUMNS],
      );
      const isNamed = (table: string) => records.some(({ rows: query }) => new RegExp(`\\b${table}\\b`).test(query));
      expect(rows.map(({ table }) => table).filter((table) => !isNamed(table) && !notPersonal.includes(table))).toEqual(
        [],
      );
    });
  });
}
