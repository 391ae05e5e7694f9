import { type DocumentNode, type FormattedExecutionResult, GraphQLError } from "graphql";
import type { OperationRequest } from "../federation.js";
import type { RequestScope } from "../request.js";
import type { SubgraphResponse } from "../sources/source.js";
import type { Delivery, Receiver } from "./subscriber.js";

/** Events that resolve at the same time. They are delivered in the order in which they happened all the same. */
const AHEAD = 8;
/** Results that a reconnecting subscriber is given again without asking anybody, and their length together. */
const REMEMBERED_RESULTS = 100;
const REMEMBERED_SIZE = 1_000_000;

/** What a stream is made of. */
export interface StreamParts {
  readonly scope: RequestScope;
  readonly request: OperationRequest;
  readonly document: DocumentNode;
}

export interface StreamServices {
  /** Begins the subscription at the subgraph that has its events. */
  readonly subscribe: (parts: StreamParts) => Promise<AsyncIterator<SubgraphResponse, undefined>>;
  /** Makes one event into a result, fetching what other subgraphs have of it. */
  readonly execute: (scope: RequestScope, request: OperationRequest) => Promise<FormattedExecutionResult>;
}

export interface StreamEnd {
  readonly stream: Stream;
  readonly outcome: "completed" | "failed";
  /** Who was still listening. */
  readonly subscribers: number;
}

/** One subscription at a subgraph and one execution of each event, for everybody who asked for the same and sees the same. */
export class Stream {
  readonly #subscribers = new Set<Receiver>();
  readonly #recent: (Delivery & { readonly cursor: string })[] = [];
  #recentSize = 0;
  #events: AsyncIterator<SubgraphResponse, undefined> | undefined;
  #isEnded = false;

  constructor(
    private readonly services: StreamServices,
    private readonly parts: StreamParts,
    private readonly onEnd: (end: StreamEnd) => void,
  ) {}

  get resumesFrom(): string | undefined {
    return this.parts.scope.resumeFrom;
  }

  /** Whether everything after this cursor can be given from here. */
  remembers(cursor: string): boolean {
    return this.#recent.some((delivery) => delivery.cursor === cursor);
  }

  /** From now on; with a cursor that the stream remembers, from after it. */
  add(subscriber: Receiver, after?: string): void {
    const index = this.#recent.findIndex(({ cursor }) => cursor === after);
    if (index !== -1) for (const delivery of this.#recent.slice(index + 1)) subscriber.offer(delivery);
    this.#subscribers.add(subscriber);
  }

  /** The stream ends with its last subscriber. */
  remove(subscriber: Receiver): void {
    this.#subscribers.delete(subscriber);
    if (this.#subscribers.size === 0) this.#end("completed");
  }

  /** Whatever goes wrong arrives as a last result with errors. */
  async run(): Promise<void> {
    this.#events = await this.services.subscribe(this.parts).catch((error: unknown) => failed(error));
    if (this.#isEnded) {
      await this.#events.return?.();
      return;
    }
    const upcoming: Promise<Resolved | undefined>[] = [];
    let outcome: StreamEnd["outcome"] = "failed";
    try {
      for (;;) {
        while (upcoming.length < AHEAD) upcoming.push(this.#resolveNext(this.#events));
        const resolved = await upcoming.shift();
        if (this.#isEnded || resolved === undefined) {
          outcome = "completed";
          return;
        }
        this.#deliver(resolved);
        if (resolved.isLast) return;
      }
    } finally {
      for (const unwanted of upcoming) unwanted.catch(() => undefined);
      this.#end(outcome);
    }
  }

  async #resolveNext(events: AsyncIterator<SubgraphResponse, undefined>): Promise<Resolved | undefined> {
    try {
      const next = await events.next();
      if (next.done === true || this.#isEnded) return undefined;
      return { ...(await this.#resolve(next.value)), isLast: false };
    } catch (error) {
      if (this.#isEnded) return undefined;
      return { ...(await this.#resolve(failure(error))), isLast: true };
    }
  }

  async #resolve(event: SubgraphResponse): Promise<Pick<Resolved, "result" | "cursor">> {
    const { scope, request } = this.parts;
    // A signature over the identity lives for a minute, a subscription for longer: each event has its own identity.
    const identity = { ...scope.identity };
    const result = await this.services.execute({ ...scope, identity, event, stream: this }, request);
    const cursor = event.extensions?.["cursor"];
    if (typeof cursor !== "string") return { result, cursor: undefined };
    return { result: { ...result, extensions: { ...result.extensions, cursor } }, cursor };
  }

  #deliver({ result, cursor }: Resolved): void {
    const delivery = { result, size: JSON.stringify(result).length };
    if (cursor !== undefined) this.#remember({ ...delivery, cursor });
    for (const subscriber of this.#subscribers) subscriber.offer(delivery);
  }

  #remember(delivery: Delivery & { readonly cursor: string }): void {
    this.#recent.push(delivery);
    this.#recentSize += delivery.size;
    while (this.#recent.length > REMEMBERED_RESULTS || this.#recentSize > REMEMBERED_SIZE)
      this.#recentSize -= this.#recent.shift()?.size ?? 0;
  }

  #end(outcome: StreamEnd["outcome"]): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.onEnd({ stream: this, outcome, subscribers: this.#subscribers.size });
    for (const subscriber of this.#subscribers) subscriber.end();
    void this.#events?.return?.().catch(() => undefined);
  }
}

interface Resolved {
  readonly result: FormattedExecutionResult;
  readonly cursor: string | undefined;
  readonly isLast: boolean;
}

async function* failed(error: unknown): AsyncGenerator<SubgraphResponse, undefined> {
  yield failure(error);
}

function failure(error: unknown): SubgraphResponse {
  const errors = error instanceof AggregateError ? error.errors : [error];
  return { data: null, errors: errors.map(asGraphQLError) };
}

function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  return new GraphQLError("A subscription failed.", {
    originalError: error instanceof Error ? error : new Error(String(error)),
  });
}
