import { randomUUID } from "node:crypto";
import { type Logger, type Viewer, system } from "@lentera/kit";
import { parse } from "graphql";
import { z } from "zod";
import type { SubgraphSource } from "./sources/source.js";

/** So soon after it ended does an access end here, beside the time that organization takes to answer. */
const POLL_MS = 2_000;
/** What has ended is asked about again for this long, as a change can be dated before it is committed. */
const OVERLAP_MS = 15_000;
/** The longest life of an access token: one that acts as somebody lives for 30 minutes. */
const TOKEN_LIFETIME_MS = 30 * 60_000;

const QUERY = "query ($since: DateTime!) { endedAccess(since: $since) { kind id endedAt } }";
const document = parse(QUERY);
const answer = z.object({
  endedAccess: z.array(
    z.object({ kind: z.enum(["SESSION", "API_KEY", "USER"]), id: z.uuid(), endedAt: z.coerce.date() }),
  ),
});
export type Ended = Pick<z.infer<typeof answer>["endedAccess"][number], "kind" | "id">;

/**
 * Whose access has ended though their token is still good: signed out elsewhere, no longer impersonated, a revoked key;
 * and who may see less than before. Known within seconds, as organization is asked all the time.
 */
export class EndedAccess {
  /** When it ended, by kind and id. */
  readonly #ended = new Map<string, number>();
  readonly #listeners: ((ended: Ended) => void)[] = [];
  #since: number;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** `now` in milliseconds since 1970. */
  constructor(
    private readonly organization: Pick<SubgraphSource, "fetch">,
    private readonly logger: Logger,
    private readonly now: () => number = Date.now,
  ) {
    this.#since = now() - TOKEN_LIFETIME_MS;
  }

  start(): void {
    void this.#poll();
  }

  stop(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  /** Whether what this viewer was let in by is over. */
  includes({ sessionId, apiKeyId }: Pick<Viewer, "sessionId" | "apiKeyId">): boolean {
    return this.#ended.has(`SESSION ${sessionId}`) || this.#ended.has(`API_KEY ${apiKeyId}`);
  }

  onEnd(listener: (ended: Ended) => void): void {
    this.#listeners.push(listener);
  }

  /** Asks once. What organization cannot answer now it answers later. */
  async ask(): Promise<void> {
    const startedAt = this.now();
    const identity = { viewer: system, requestId: randomUUID(), language: "en" } as const;
    const variables = { since: new Date(this.#since).toISOString() };
    const operation = { document, query: QUERY, operationName: undefined, variables };
    const { data, errors } = await this.organization.fetch(operation, { identity, logger: this.logger });
    if (errors !== undefined) throw new AggregateError(errors, "Organization does not say whose access has ended.");
    for (const { kind, id, endedAt } of answer.parse(data).endedAccess) this.#note({ kind, id }, endedAt.getTime());
    this.#since = startedAt - OVERLAP_MS;
    for (const [key, endedAt] of this.#ended)
      if (endedAt < startedAt - TOKEN_LIFETIME_MS - OVERLAP_MS) this.#ended.delete(key);
  }

  #note(ended: Ended, endedAt: number): void {
    const key = `${ended.kind} ${ended.id}`;
    if (this.#ended.get(key) === endedAt) return;
    this.#ended.set(key, endedAt);
    for (const listener of this.#listeners) listener(ended);
  }

  async #poll(): Promise<void> {
    try {
      await this.ask();
    } catch (error) {
      if (!this.#isClosed) this.logger.warn({ err: error }, "whose access has ended is not known; asking again");
    }
    if (!this.#isClosed) this.#timer = setTimeout(() => void this.#poll(), POLL_MS);
  }
}
