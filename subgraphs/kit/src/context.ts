import { createHash } from "node:crypto";
import { LenteraError } from "./errors.js";
import type { PubSub } from "./pubsub.js";
import type { RequestIdentity } from "./viewer.js";

/** What kit needs of a Prisma client: raw SQL and interactive transactions. */
export interface RawClient {
  $queryRawUnsafe<Result = unknown>(sql: string, ...parameters: unknown[]): Promise<Result>;
  $executeRawUnsafe(sql: string, ...parameters: unknown[]): Promise<number>;
}
export interface TransactionalClient<Transaction extends RawClient> extends RawClient {
  $transaction<Result>(
    run: (tx: Transaction) => Promise<Result>,
    options?: { timeout?: number; maxWait?: number },
  ): Promise<Result>;
}

export interface Idempotency {
  /** The command; keys of different commands and viewers never meet. */
  readonly command: string;
  readonly key: string;
  /** The input without its key. */
  readonly input: unknown;
}

/** How long a transaction may take, and wait for a connection. */
export const TRANSACTION_LIMITS = { timeout: 15_000, maxWait: 10_000 } as const;

/** What every resolver, command and query of a request gets. `Client` is the subgraph's Prisma client. */
export class Context<Transaction extends RawClient, Client extends TransactionalClient<Transaction> & Transaction> {
  constructor(
    readonly db: Client,
    readonly identity: RequestIdentity,
    readonly pubSub: PubSub,
    readonly clock: () => Date = () => new Date(),
  ) {}

  get viewer(): RequestIdentity["viewer"] {
    return this.identity.viewer;
  }

  /** The server's clock: the only clock that decides anything. */
  now(): Date {
    return this.clock();
  }

  /** One transaction per command: all of it or nothing. */
  transaction<Result>(run: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.db.$transaction(run, TRANSACTION_LIMITS);
  }

  /**
   * A transaction that happens once per key. The same key with the same input gives the first result again, however
   * often and however concurrently it is asked; the result must be plain JSON.
   * @throws IDEMPOTENCY_CONFLICT for the same key with another input.
   */
  transactionOnce<Result>(
    { command, key, input }: Idempotency,
    run: (tx: Transaction) => Promise<Result>,
  ): Promise<Result> {
    const scope = `${this.viewer.userId ?? this.viewer.apiKeyId ?? this.viewer.kind}:${command}`;
    const hash = createHash("sha256").update(JSON.stringify(input)).digest("base64");
    return this.transaction(async (tx) => {
      const claimed = await tx.$executeRawUnsafe(
        "insert into app.idempotency_keys (scope, key, input_hash) values ($1, $2, $3) on conflict do nothing",
        scope,
        key,
        hash,
      );
      if (claimed === 0) {
        const [first] = await tx.$queryRawUnsafe<{ input_hash: string; result: Result }[]>(
          "select input_hash, result from app.idempotency_keys where scope = $1 and key = $2",
          scope,
          key,
        );
        if (first?.input_hash !== hash) throw new LenteraError("IDEMPOTENCY_CONFLICT");
        return first.result;
      }
      const result = await run(tx);
      await tx.$executeRawUnsafe(
        "update app.idempotency_keys set result = $3::jsonb where scope = $1 and key = $2",
        scope,
        key,
        JSON.stringify(result),
      );
      return result;
    });
  }
}
