/** Something under way, and who waits for it. */
interface Flight<Result> {
  readonly result: Promise<Result>;
  readonly abort: AbortController;
  joined: number;
  left: number;
}

/** Lets equal questions that are asked at once share one answer, and gives up what nobody waits for any more. */
export class InFlight<Result> {
  readonly #flights = new Map<string, Flight<Result>>();

  /** @param copy makes the answer of each when several share one */
  constructor(private readonly copy: (result: Result) => Result) {}

  /**
   * @param key equal for equal questions; undefined for one that is never shared
   * @param signal of the one who asks: when it aborts this rejects with its reason
   * @param start begins the work, which ends early when the signal it is given aborts
   */
  async join(
    key: string | undefined,
    signal: AbortSignal | undefined,
    start: (abort: AbortController) => Promise<Result>,
  ): Promise<Result> {
    let flight = key === undefined ? undefined : this.#flights.get(key);
    if (flight === undefined) {
      const abort = new AbortController();
      flight = { result: start(abort), abort, joined: 0, left: 0 };
      if (key !== undefined) this.#begin(key, flight);
    }
    flight.joined += 1;
    const result = await (signal === undefined ? flight.result : unlessAborted(flight, signal));
    // Nobody joins any more, see #begin.
    return flight.joined > 1 ? this.copy(result) : result;
  }

  #begin(key: string, flight: Flight<Result>): void {
    this.#flights.set(key, flight);
    const end = (): void => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    };
    flight.result.then(end, end);
    flight.abort.signal.addEventListener("abort", end, { once: true });
  }
}

function unlessAborted<Result>(flight: Flight<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      reject(signal.reason instanceof Error ? signal.reason : new Error("Nobody waits."));
      flight.left += 1;
      if (flight.left === flight.joined) flight.abort.abort(signal.reason);
    };
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { once: true });
    flight.result.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}
