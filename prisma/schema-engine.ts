import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import pg from "pg";

export interface SchemaFile {
  readonly path: string;
  readonly content: string;
}

/** Every table and enum is ours. */
export const NO_FILTER = { externalTables: [], externalEnums: [] };

/** Where the engine's questions about constraints ask for PostgreSQL's one-byte type "char", which the adapter does not know. */
const ONE_BYTE_COLUMNS = /\b(?:constr\.contype|con\.confdeltype|con\.confupdtype)(?=,| AS)/g;
const ONE_BYTE_NAMES = new Set(["constraint_type", "confdeltype", "confupdtype"]);

/**
 * Sends a script to PostgreSQL whole, which makes it one transaction; the adapter's own way cuts it at every semicolon, also
 * at those inside a function's body. Scratch databases are dropped after their connections are closed.
 */
class EngineAdapterFactory extends PrismaPg {
  readonly #pool: pg.Pool;
  readonly #url: string;
  readonly #onRefusal: (reason: string) => void;

  constructor(pool: pg.Pool, url: string, onRefusal: (reason: string) => void) {
    super(pool);
    this.#pool = pool;
    this.#url = url;
    this.#onRefusal = onRefusal;
  }

  override async connect(): ReturnType<PrismaPg["connect"]> {
    const adapter = await super.connect();
    const query = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (question) => {
      const answer = await query({ ...question, sql: question.sql.replaceAll(ONE_BYTE_COLUMNS, "$&::text") });
      const columnTypes = answer.columnTypes.map((type, index) =>
        ONE_BYTE_NAMES.has(answer.columnNames[index] ?? "") ? ColumnTypeEnum.Character : type,
      );
      return { ...answer, columnTypes };
    };
    adapter.executeScript = async (script) => {
      await this.#pool.query(script).catch((error: unknown) => {
        this.#onRefusal(reasonOf(error, script));
        throw error;
      });
    };
    return adapter;
  }

  override async connectToShadowDb(): ReturnType<PrismaPg["connectToShadowDb"]> {
    const database = `lentera_shadow_${randomUUID()}`;
    await withClient(this.#url, (client) => client.query(`create database ${pg.escapeIdentifier(database)}`));
    const pool = openPool(withDatabase(this.#url, database));
    const adapter = await new EngineAdapterFactory(pool, this.#url, this.#onRefusal).connect();
    adapter.dispose = async () => {
      await pool.end();
      await withClient(this.#url, (client) =>
        client.query(`drop database ${pg.escapeIdentifier(database)} with (force)`),
      );
    };
    return adapter;
  }
}

/** `refusal` tells why PostgreSQL refused the last script; the engine's own errors have lost that. */
export async function withEngine<T>(
  url: string,
  schema: SchemaFile | undefined,
  work: (engine: SchemaEngine, refusal: () => string | undefined) => Promise<T>,
): Promise<T> {
  const Engine = await loadEngine();
  const pool = openPool(url);
  let refusal: string | undefined;
  const factory = bindMigrationAwareSqlAdapterFactory(
    new EngineAdapterFactory(pool, url, (reason) => (refusal = reason)),
  );
  const engine = await Engine.new({ datamodels: schema && [[schema.path, schema.content]] }, () => undefined, factory);
  try {
    return await work(engine, () => refusal);
  } finally {
    engine.free();
    // Also releases the engine's advisory lock, which it leaves to the end of its session.
    await pool.end();
  }
}

function openPool(connectionString: string): pg.Pool {
  return new pg.Pool({ connectionString }).on("error", () => undefined);
}

/** The part of the runtime's global that is used here; the compiler's libraries declare it for browsers only. */
declare const WebAssembly: {
  instantiate(
    code: Uint8Array,
    imports: Record<string, object>,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

let engineLoading: Promise<typeof SchemaEngine> | undefined;

/** The schema engine is WebAssembly, compiled once and only when there is something to do. */
function loadEngine(): Promise<typeof SchemaEngine> {
  return (engineLoading ??= (async () => {
    const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
    const file = join(
      dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm")),
      "schema_engine_bg.wasm",
    );
    const { instance } = await WebAssembly.instantiate(await readFile(file), {
      "./schema_engine_bg.js": { ...bindings },
    });
    Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: fail } });
    bindings.__wbg_set_wasm(instance.exports);
    const start = instance.exports["__wbindgen_start"];
    if (typeof start === "function") Reflect.apply(start, undefined, []);
    return bindings.SchemaEngine;
  })());
}

/** Runs `work` on a connection of its own. */
export async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

/** What PostgreSQL said about a script, and where in it. */
function reasonOf(error: unknown, script: string): string {
  if (!(error instanceof pg.DatabaseError) || error.position === undefined)
    return error instanceof Error ? error.message : String(error);
  return `${error.message}, line ${script.slice(0, Number(error.position)).split("\n").length}`;
}

function fail(message: string): never {
  throw new Error(message);
}
