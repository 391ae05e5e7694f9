/** Events that nobody has taken yet. */
const CAPACITY = 1_000;

/** Turns pushed events into an iterator. It holds {@link CAPACITY} events at most, and ends at once on `return`. */
export class EventQueue<Event> implements AsyncIterator<Event, undefined> {
  readonly #waiting: Event[] = [];
  readonly #takers: ((result: IteratorResult<Event, undefined>) => void)[] = [];
  #ended = false;
  #release: () => void = () => undefined;

  /** What to let go of when the queue ends or its reader leaves. */
  onEnd(release: () => void): void {
    if (this.#ended) release();
    else this.#release = release;
  }

  /** @returns false when the queue is full: its reader is too slow. */
  push(event: Event): boolean {
    if (this.#ended) return true;
    const taker = this.#takers.shift();
    if (taker !== undefined) taker({ done: false, value: event });
    else if (this.#waiting.length < CAPACITY) this.#waiting.push(event);
    else return false;
    return true;
  }

  /** Ends after what is waiting, and after `last` when it is given. */
  end(last?: Event): void {
    if (this.#ended) return;
    this.#ended = true;
    if (last !== undefined) {
      const taker = this.#takers.shift();
      if (taker !== undefined) taker({ done: false, value: last });
      else this.#waiting.push(last);
    }
    for (const taker of this.#takers.splice(0)) taker({ done: true, value: undefined });
    this.#release();
  }

  next(): Promise<IteratorResult<Event, undefined>> {
    const event = this.#waiting.shift();
    if (event !== undefined) return Promise.resolve({ done: false, value: event });
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.#takers.push(resolve));
  }

  return(): Promise<IteratorResult<Event, undefined>> {
    this.#waiting.length = 0;
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }
}
