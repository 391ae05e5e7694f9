import type { ApolloServer } from "@apollo/server";
import type { Federation } from "../federation.js";
import type { Metrics } from "../metrics.js";
import { executeOperation } from "../operations.js";
import type { RequestScope } from "../request.js";
import type { SubgraphResponse } from "../sources/source.js";
import { policyFor } from "./policies.js";
import { Stream, type StreamParts } from "./stream.js";
import { Subscriber, type SubscriberOptions } from "./subscriber.js";
import { fingerprint, visibilityOf } from "./visibility.js";

/** All subscriptions that run in this gateway, whichever way their clients are connected. */
export class Streams {
  readonly #streams = new Map<string, Set<Stream>>();
  #count = 0;

  constructor(
    private readonly services: { readonly apollo: ApolloServer<RequestScope>; readonly federation: Federation },
    private readonly metrics: Pick<Metrics, "streams" | "subscriptionEnds">,
  ) {}

  /**
   * Subscribes. Who asks for the same and sees the same shares one stream; `scope.resumeFrom` joins a stream that still
   * has everything after that cursor, and begins one of its own otherwise.
   * @param as what the reader takes a result for
   * @param onTooSlow called when the subscriber was ended because it reads too slowly
   */
  open<Result>(
    { scope, request, document }: StreamParts,
    { as, onTooSlow }: Pick<SubscriberOptions<Result>, "as" | "onTooSlow">,
  ): Subscriber<Result> {
    const { query, operationName, variables } = request;
    const key = fingerprint([query, operationName, variables ?? {}, visibilityOf(scope.identity)]);
    const streams = this.#streams.get(key) ?? new Set();
    this.#streams.set(key, streams);
    const { resumeFrom } = scope;
    const known = [...streams].find((stream) =>
      resumeFrom === undefined ? stream.resumesFrom === undefined : stream.remembers(resumeFrom),
    );
    const stream = known ?? this.#begin(key, streams, { scope: sharable(scope), request, document });
    const leave = (): void => stream.remove(subscriber);
    const subscriber: Subscriber<Result> = new Subscriber({
      policy: policyFor(document, operationName),
      as,
      onLeave: () => {
        this.metrics.subscriptionEnds.inc({ reason: "left" });
        leave();
      },
      onTooSlow: () => {
        this.metrics.subscriptionEnds.inc({ reason: "too slow" });
        leave();
        onTooSlow();
      },
    });
    stream.add(subscriber, resumeFrom);
    return subscriber;
  }

  #begin(key: string, streams: Set<Stream>, parts: StreamParts): Stream {
    const stream = new Stream(
      {
        subscribe: (parts) => this.#subscribe(parts),
        execute: (scope, request) => executeOperation(this.services.apollo, scope, request),
      },
      parts,
      ({ stream: ended, outcome, subscribers: abandoned }) => {
        streams.delete(ended);
        if (streams.size === 0 && this.#streams.get(key) === streams) this.#streams.delete(key);
        this.metrics.streams.set(--this.#count);
        this.metrics.subscriptionEnds.inc({ reason: outcome }, abandoned);
      },
    );
    streams.add(stream);
    this.metrics.streams.set(++this.#count);
    stream.run().catch((error: unknown) => parts.scope.logger.error({ err: error }, "a stream broke"));
    return stream;
  }

  /** @throws AggregateError of what is wrong with the variables */
  async #subscribe({ scope, request, document }: StreamParts): Promise<AsyncIterator<SubgraphResponse, undefined>> {
    const errors = this.services.federation.variableErrors(document, request);
    if (errors.length > 0) throw new AggregateError(errors);
    const { source, operation } = this.services.federation.primaryFetch(document, request);
    return source.subscribe(operation, scope);
  }
}

/** What a stream acts as for all its subscribers: their rights and language, nobody's address. */
function sharable({ identity, logger, resumeFrom }: RequestScope): RequestScope {
  const { viewer, language, requestId } = identity;
  return { logger, resumeFrom, identity: { viewer, language, requestId } };
}
