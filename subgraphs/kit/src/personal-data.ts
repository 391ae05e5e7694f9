import { z } from "zod";
import type { RawClient } from "./context.js";
import { type EventConsumer, type EventDefinition, consume, emit } from "./events.js";

/** A person wants everything that is stored about them: whoever stores something answers with {@link personExportPart}s. */
export const personExportRequested = {
  type: "person.export-requested",
  version: 1,
  data: z.object({ exportId: z.uuid(), userId: z.uuid() }),
} satisfies EventDefinition<unknown>;

/**
 * Some of what one subgraph stores about a person. The parts of an answer are numbered from 0; the last one says so, and
 * comes also from a subgraph that stores nothing.
 */
export const personExportPart = {
  type: "person.export-part",
  version: 2,
  data: z.object({
    exportId: z.uuid(),
    /** Who answers. */
    subgraph: z.string(),
    position: z.int().min(0),
    isLast: z.boolean(),
    /** Of which kind the rows are, e.g. `attempts`; null for the last part, which has none. */
    record: z.string().nullable(),
    /** Readable, without secrets, of other people only ids. */
    rows: z.array(z.json()),
  }),
} satisfies EventDefinition<unknown>;

/**
 * A person is forgotten. Whoever holds something that says who they are takes it out; ids stay, and what the law keeps
 * stays without name and address. Nothing cascades.
 */
export const personErased = {
  type: "person.erased",
  version: 1,
  data: z.object({ userId: z.uuid(), erasedAt: z.iso.datetime() }),
} satisfies EventDefinition<unknown>;

/** One kind of thing that a subgraph stores about people. */
export interface PersonalRecord {
  /** What it is called in a person's archive. */
  readonly name: string;
  /** SQL that reads a person's rows; `$1::uuid` is the person. Without secrets, of other people only ids. */
  readonly rows: string;
  /** SQL that takes out what says who somebody is, as often as it is run, with the same `$1::uuid`; or why all of it stays. */
  readonly erasure: readonly string[] | { readonly kept: string };
}

const ROWS_OF_A_PART = 200;

/**
 * What makes a subgraph answer for people's data: when a person wants theirs, and when they are to be forgotten.
 * @param records everything that the subgraph stores about people: a table more is a line more
 */
export function personalData(subgraph: string, records: readonly PersonalRecord[]): EventConsumer<RawClient>[] {
  return [
    consume(personExportRequested, async (tx: RawClient, { exportId, userId }) => {
      await actFor(tx, userId);
      let position = 0;
      for (const { name: record, rows: query } of records)
        for await (const rows of inParts(tx, query, userId))
          await emit(tx, personExportPart, { exportId, subgraph, position: position++, isLast: false, record, rows });
      await emit(tx, personExportPart, { exportId, subgraph, position, isLast: true, record: null, rows: [] });
    }),
    consume(personErased, async (tx: RawClient, { userId }) => {
      await actFor(tx, userId);
      for (const { erasure } of records)
        if (!("kept" in erasure)) for (const statement of erasure) await tx.$executeRawUnsafe(statement, userId);
    }),
  ];
}

/** Some tables show themselves to nobody but the person, not even to background work; so it works for the person. */
async function actFor(tx: RawClient, userId: string): Promise<void> {
  await tx.$executeRawUnsafe("select set_config('app.user_id', $1, true)", userId);
}

type Rows = z.infer<typeof personExportPart.data>["rows"];

/** The rows of a query a few at a time, all as of one moment, however many there are. */
async function* inParts(tx: RawClient, query: string, userId: string): AsyncGenerator<Rows> {
  await tx.$executeRawUnsafe(
    `declare personal_rows no scroll cursor for select to_jsonb(r) as row from (${query}) r`,
    userId,
  );
  for (;;) {
    const fetched = await tx.$queryRawUnsafe<{ row: Rows[number] }[]>(`fetch ${ROWS_OF_A_PART} from personal_rows`);
    if (fetched.length > 0) yield fetched.map(({ row }) => row);
    if (fetched.length < ROWS_OF_A_PART) break;
  }
  await tx.$executeRawUnsafe("close personal_rows");
}
