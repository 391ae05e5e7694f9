import type { FormattedExecutionResult } from "graphql";

/** What a stream gives its results to. */
export type Receiver = Pick<Subscriber<unknown>, "offer" | "end">;

/** One result of a subscription on its way to its subscribers. */
export interface Delivery {
  readonly result: FormattedExecutionResult;
  /** Length of the result as JSON. */
  readonly size: number;
}

/**
 * What happens to results that a subscriber is too slow for. CLOSE: the connection ends with 4413, and the client resumes
 * from its last cursor. DROP_OLDEST: the oldest make room, and the next result says so in `extensions.gap.dropped`.
 * COALESCE: only the newest is kept, and says so in the same way, for fields whose every result is the whole state.
 */
export type SlowPolicy = "CLOSE" | "DROP_OLDEST" | "COALESCE";

/** Results that may wait for one subscriber, and their length together. */
const CAPACITY = { CLOSE: 256, DROP_OLDEST: 64, COALESCE: 1 } as const satisfies Record<SlowPolicy, number>;
const MAX_WAITING_SIZE = 1_000_000;

export interface SubscriberOptions<Result> {
  readonly policy: SlowPolicy;
  /** What the reader takes a result for. */
  readonly as: (result: FormattedExecutionResult) => Result;
  /** The reader has left. */
  readonly onLeave: () => void;
  /** The reader is too slow, and has been ended. */
  readonly onTooSlow: () => void;
}

/** The results of one subscription as its reader takes them. It never holds more than its capacity. */
export class Subscriber<Result> implements AsyncGenerator<Result, undefined> {
  readonly #waiting: Delivery[] = [];
  #waitingSize = 0;
  #dropped = 0;
  #takers: ((result: IteratorResult<Result, undefined>) => void)[] = [];
  #isEnded = false;

  constructor(private readonly options: SubscriberOptions<Result>) {}

  offer(delivery: Delivery): void {
    if (this.#isEnded) return;
    const taker = this.#takers.shift();
    if (taker !== undefined) return taker({ done: false, value: this.options.as(delivery.result) });
    this.#waiting.push(delivery);
    this.#waitingSize += delivery.size;
    while (this.#waiting.length > 1 && this.#isOverfull) {
      if (this.options.policy === "CLOSE") {
        this.#discard();
        return this.options.onTooSlow();
      }
      this.#waitingSize -= this.#waiting.shift()?.size ?? 0;
      this.#dropped += 1;
    }
  }

  /** After what is waiting. */
  end(): void {
    this.#isEnded = true;
    for (const taker of this.#takers.splice(0)) taker({ done: true, value: undefined });
  }

  next(): Promise<IteratorResult<Result, undefined>> {
    const delivery = this.#waiting.shift();
    if (delivery !== undefined) {
      this.#waitingSize -= delivery.size;
      return Promise.resolve({ done: false, value: this.options.as(this.#withGap(delivery.result)) });
    }
    if (this.#isEnded) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.#takers.push(resolve));
  }

  /** The client does not want any more. */
  return(): Promise<IteratorResult<Result, undefined>> {
    const isLeaving = !this.#isEnded;
    this.#discard();
    if (isLeaving) this.options.onLeave();
    return Promise.resolve({ done: true, value: undefined });
  }

  throw(): Promise<IteratorResult<Result, undefined>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  get #isOverfull(): boolean {
    return this.#waiting.length > CAPACITY[this.options.policy] || this.#waitingSize > MAX_WAITING_SIZE;
  }

  #discard(): void {
    this.#waiting.length = 0;
    this.#waitingSize = 0;
    this.end();
  }

  #withGap(result: FormattedExecutionResult): FormattedExecutionResult {
    if (this.#dropped === 0) return result;
    const gap = { dropped: this.#dropped };
    this.#dropped = 0;
    return { ...result, extensions: { ...result.extensions, gap } };
  }
}
