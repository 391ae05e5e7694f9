import { LenteraError } from "@lentera/kit";
import { unavailable } from "../errors.js";
import type { RequestScope } from "../request.js";
import type { SubgraphOperation, SubgraphResponse, SubgraphSource } from "../sources/source.js";
import { InFlight } from "./in-flight.js";
import { copy, isObject } from "./json.js";

/** Reports how long a subgraph took for one fetch. */
export type FetchObserver = (subgraph: string, seconds: number, outcome: "ok" | "errors" | "failed") => void;

export interface UpstreamOptions {
  /** Told of every fetch that went to a subgraph. */
  readonly observe: FetchObserver;
  /** A fetch that takes longer has failed. */
  readonly timeoutMs: number;
  /** Whether equal fetches of viewers with equal rights share one answer while it is under way. */
  readonly isShared: boolean;
}

/** All subgraphs: with a time limit, an end when nobody waits any more, and one request where equal ones would run at once. */
export class Upstream {
  readonly #fetches = new InFlight(copyOf);
  readonly #visibility = new WeakMap<RequestScope["identity"], string>();
  /** Raised by every mutation: what was asked before it can not answer what is asked after it. */
  #epoch = 0;

  constructor(
    private readonly sources: ReadonlyMap<string, SubgraphSource>,
    private readonly options: UpstreamOptions,
  ) {}

  /**
   * What questions have to have in common, beside their own text, to be answered as one; undefined when they may not be. What
   * belongs to an event has to be newer than the event.
   */
  sharing({ identity, event }: RequestScope): string | undefined {
    if (!this.options.isShared || event !== undefined) return undefined;
    let visibility = this.#visibility.get(identity);
    if (visibility === undefined) {
      const { viewer, language, ip } = identity;
      visibility = JSON.stringify([viewer, language, ip]);
      this.#visibility.set(identity, visibility);
    }
    return `${this.#epoch}\n${visibility}`;
  }

  /** @throws SERVICE_UNAVAILABLE when there is no answer in time, and the reason of the scope's signal when it aborts. */
  query(subgraph: string, operation: SubgraphOperation, scope: RequestScope): Promise<SubgraphResponse> {
    const sharing = this.sharing(scope);
    const key = sharing && [sharing, subgraph, JSON.stringify(operation.variables), operation.query].join("\n");
    return this.#fetches.join(key, scope.signal, (abort) => this.#send(subgraph, operation, scope, abort));
  }

  /** A mutation is never shared, and never given up halfway. */
  async mutate(subgraph: string, operation: SubgraphOperation, scope: RequestScope): Promise<SubgraphResponse> {
    try {
      return await this.#send(subgraph, operation, scope, new AbortController());
    } finally {
      this.#epoch += 1;
    }
  }

  async #send(
    subgraph: string,
    operation: SubgraphOperation,
    scope: RequestScope,
    abort: AbortController,
  ): Promise<SubgraphResponse> {
    const { observe, timeoutMs } = this.options;
    const source = this.sources.get(subgraph);
    if (source === undefined) throw new Error(`Nothing connects to the subgraph "${subgraph}".`);
    const startedAt = performance.now();
    const report = (outcome: Parameters<FetchObserver>[2]): void =>
      observe(subgraph, (performance.now() - startedAt) / 1000, outcome);
    const { promise: cutOff, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      const error = unavailable(subgraph, new Error(`No answer within ${timeoutMs} ms.`), scope.logger);
      reject(error);
      abort.abort(error);
    }, timeoutMs);
    try {
      const response = await Promise.race([source.fetch(operation, { ...scope, signal: abort.signal }), cutOff]);
      report(response.errors === undefined ? "ok" : "errors");
      return response;
    } catch (error) {
      report("failed");
      if (error instanceof LenteraError || abort.signal.aborted) throw error;
      throw unavailable(subgraph, error, scope.logger);
    } finally {
      clearTimeout(timer);
    }
  }
}

function copyOf({ data, errors }: SubgraphResponse): SubgraphResponse {
  const copied = copy(data);
  return {
    ...(data !== undefined && { data: isObject(copied) ? copied : null }),
    ...(errors !== undefined && { errors }),
  };
}
