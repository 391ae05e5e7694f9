import type { ApolloServerPlugin } from "@apollo/server";
import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, propagation, trace } from "@opentelemetry/api";
import type { FetchObserver } from "./executor/upstream.js";
import type { Metrics } from "./metrics.js";
import { type RequestScope, currentScope, scopeOrThrow } from "./request.js";

/** An operation that takes this long is logged. */
const SLOW_SECONDS = 1;
/** So many pairs of an operation's name and a client are told apart; clients choose both, and each pair costs memory for ever. */
const TOLD_PAIRS = 500;
const OTHER = { operation: "other", client: "other" };

/** What is told of operations and of their fetches: metrics, slow operations in the log, and spans when somebody collects them. */
export class Observation {
  readonly #tracer = trace.getTracer("lentera-gateway");
  readonly #spans = new WeakMap<RequestScope, Span>();
  readonly #pairs = new Set<string>();

  constructor(private readonly metrics: Pick<Metrics, "operations" | "namedOperations" | "fetches">) {}

  plugin(): ApolloServerPlugin<RequestScope> {
    return {
      requestDidStart: ({ request }) => {
        const startedAt = performance.now();
        const scope = scopeOrThrow();
        const span = this.#begin(scope, request.http?.headers);
        return Promise.resolve({
          willSendResponse: ({ operation, response }) => {
            const errors = response.body.kind === "single" ? response.body.singleResult.errors : undefined;
            const outcome = errors === undefined ? "ok" : String(errors[0]?.extensions?.["code"]);
            const type = operation?.operation ?? "none";
            const name = operation?.name?.value;
            const seconds = (performance.now() - startedAt) / 1000;
            this.metrics.operations.observe({ type, outcome }, seconds);
            // What cannot be run names nothing that exists.
            if (operation !== undefined) this.metrics.namedOperations.observe(this.#labels(name, scope), seconds);
            if (seconds >= SLOW_SECONDS)
              scope.logger.warn(
                { operation: name, client: scope.client, type, outcome, durationMs: Math.round(seconds * 1000) },
                "a slow operation",
              );
            end(span, { type, name, outcome, client: scope.client });
            return Promise.resolve();
          },
        });
      },
    };
  }

  readonly fetched: FetchObserver = (subgraph, seconds, outcome) => {
    this.metrics.fetches.observe({ subgraph, outcome }, seconds);
    const scope = currentScope.getStore();
    const parent = scope && this.#spans.get(scope);
    if (parent === undefined) return;
    const endTime = Date.now();
    const span = this.#tracer.startSpan(
      `fetch ${subgraph}`,
      { kind: SpanKind.CLIENT, startTime: endTime - seconds * 1000, attributes: { "lentera.subgraph": subgraph } },
      trace.setSpan(ROOT_CONTEXT, parent),
    );
    if (outcome !== "ok") span.setStatus({ code: SpanStatusCode.ERROR, message: outcome });
    span.end(endTime);
  };

  /** A span that stands below the caller's, as its headers tell. */
  #begin(scope: RequestScope, headers: Iterable<[string, string]> | undefined): Span {
    const parent = propagation.extract(ROOT_CONTEXT, Object.fromEntries(headers ?? []));
    const span = this.#tracer.startSpan("operation", { kind: SpanKind.SERVER }, parent);
    // Without a collector the span records nothing, and its fetches have nowhere to hang.
    if (span.isRecording()) {
      span.setAttribute("lentera.request_id", scope.identity.requestId);
      this.#spans.set(scope, span);
    }
    return span;
  }

  #labels(name: string | undefined, { client }: RequestScope): typeof OTHER {
    const labels = { operation: name ?? "unnamed", client: client ?? "unnamed" };
    const pair = `${labels.operation}\n${labels.client}`;
    if (this.#pairs.size >= TOLD_PAIRS && !this.#pairs.has(pair)) return OTHER;
    this.#pairs.add(pair);
    return labels;
  }
}

function end(
  span: Span,
  told: {
    readonly type: string;
    readonly name: string | undefined;
    readonly outcome: string;
    readonly client: string | undefined;
  },
): void {
  const { type, name, outcome, client } = told;
  span.updateName(type);
  span.setAttributes({
    "graphql.operation.type": type,
    "lentera.outcome": outcome,
    ...(name !== undefined && { "graphql.operation.name": name }),
    ...(client !== undefined && { "lentera.client": client }),
  });
  if (outcome !== "ok") span.setStatus({ code: SpanStatusCode.ERROR, message: outcome });
  span.end();
}
