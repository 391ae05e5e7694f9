import { AsyncLocalStorage } from "node:async_hooks";
import pg from "pg";
import { type Viewer, system } from "./viewer.js";

/**
 * Whom PostgreSQL's row level security sees. Travels with the asynchronous context, not with arguments, so that no
 * query can be written that forgets it: a query outside any identity sees what nobody may see.
 */
interface DatabaseIdentity {
  readonly viewer: Viewer;
  /** People whose records the owner of the relationship has just allowed this viewer to read. */
  readonly grantedUserIds: readonly string[];
}

const identities = new AsyncLocalStorage<DatabaseIdentity>();

/** Runs `work` with the rows that `viewer` may see. Await inside: Prisma's promises start when awaited. */
export function asViewer<T>(viewer: Viewer, work: () => T): T {
  return identities.run({ viewer, grantedUserIds: [] }, work);
}

/** Runs `work` with all rows visible: jobs, event consumers, and the few lookups that precede knowing who asks. */
export function asSystem<T>(work: () => Promise<T>): Promise<T> {
  return identities.run({ viewer: system, grantedUserIds: [] }, async () => await work());
}

/**
 * Runs `work` with, in addition to the viewer's own rows, those of the people whose owner has decided
 * (`viewerAccess`) that this viewer may read them. What the representation permits is what PostgreSQL permits.
 */
export function withGrants<T>(userIds: readonly string[], work: () => Promise<T>): Promise<T> {
  const current = identities.getStore();
  if (current === undefined) throw new Error("withGrants needs a viewer's context");
  return identities.run({ ...current, grantedUserIds: userIds.toSorted() }, async () => await work());
}

function settingsOf({ viewer, grantedUserIds }: DatabaseIdentity): string[] {
  return [
    viewer.userId ?? "",
    viewer.organizationId ?? "",
    viewer.staff ? "on" : "off",
    viewer.kind === "SYSTEM" || viewer.role === "PLATFORM_ADMIN" ? "on" : "off",
    grantedUserIds.join(","),
  ];
}

const NOBODY = ["", "", "off", "off", ""];
const SET_IDENTITY =
  "select set_config('app.user_id',$1,false),set_config('app.organization_id',$2,false),set_config('app.staff',$3,false)," +
  "set_config('app.bypass',$4,false),set_config('app.granted_user_ids',$5,false)";

type Release = (error?: Error | boolean) => void;
type ConnectCallback = (error: Error | undefined, client: pg.PoolClient | undefined, done: Release) => void;

/** A pool whose every connection, when handed out, carries the identity of the asynchronous context that asked. */
export class IdentityPool extends pg.Pool {
  readonly #carried = new WeakMap<pg.PoolClient, string>();
  /** Called with the text of each statement; for counting in tests and timing in production. */
  onStatement: ((text: string) => void) | undefined;

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | void {
    const handedOut = this.#connect();
    if (callback === undefined) return handedOut;
    handedOut.then(
      (client) => callback(undefined, client, client.release.bind(client)),
      (error: unknown) =>
        callback(error instanceof Error ? error : new Error(String(error)), undefined, () => undefined),
    );
  }

  async #connect(): Promise<pg.PoolClient> {
    const identity = identities.getStore();
    const settings = identity === undefined ? NOBODY : settingsOf(identity);
    const wanted = settings.join("|");
    const client = await super.connect();
    if (this.#carried.get(client) === undefined) this.#observe(client);
    if (this.#carried.get(client) !== wanted) {
      try {
        await client.query(SET_IDENTITY, settings);
        this.#carried.set(client, wanted);
      } catch (error) {
        client.release(true);
        throw error;
      }
    }
    return client;
  }

  #observe(client: pg.PoolClient): void {
    const query = client.query.bind(client) as (...parameters: unknown[]) => unknown;
    const observed = (...parameters: unknown[]): unknown => {
      const text = textOf(parameters[0]);
      if (text !== undefined && text !== SET_IDENTITY) this.onStatement?.(text);
      return query(...parameters);
    };
    Object.assign(client, { query: observed });
  }
}

function textOf(statement: unknown): string | undefined {
  if (typeof statement === "string") return statement;
  const isQuery = typeof statement === "object" && statement !== null && "text" in statement;
  return isQuery && typeof statement.text === "string" ? statement.text : undefined;
}

/** `maximum` connections per process; the default leaves room for five subgraphs and their workers in one cluster. */
export function createPool(connectionString: string, maximum = 10): IdentityPool {
  return new IdentityPool({
    connectionString,
    max: maximum,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
  });
}
