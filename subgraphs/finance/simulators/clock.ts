/** The time of a simulator. Jobs are webhook deliveries and expiries. */
export interface SimulatorClock {
  /** Epoch milliseconds. */
  now(): number;
  schedule(delayMs: number, job: () => Promise<void>): void;
  stop(): void;
}

/** Real time; its timers keep no process alive. */
export function systemClock(): SimulatorClock {
  const timers = new Set<NodeJS.Timeout>();
  return {
    now: () => Date.now(),
    schedule(delayMs, job) {
      const timer = setTimeout(
        () => {
          timers.delete(timer);
          void job();
        },
        Math.min(delayMs, 2 ** 31 - 1),
      );
      timer.unref();
      timers.add(timer);
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

export interface VirtualClock extends SimulatorClock {
  /** Moves the time on and does, one after the other, all that falls due, also what those jobs schedule. */
  advance(byMs: number): Promise<void>;
}

/** Time that stands still until it is moved. */
export function virtualClock(startMs: number): VirtualClock {
  let nowMs = startMs;
  let jobs: { readonly atMs: number; readonly job: () => Promise<void> }[] = [];
  return {
    now: () => nowMs,
    schedule(delayMs, job) {
      jobs.push({ atMs: nowMs + delayMs, job });
    },
    stop() {
      jobs = [];
    },
    async advance(byMs) {
      const untilMs = nowMs + byMs;
      for (;;) {
        const next = jobs.filter(({ atMs }) => atMs <= untilMs).toSorted((left, right) => left.atMs - right.atMs)[0];
        if (next === undefined) break;
        jobs = jobs.filter((job) => job !== next);
        nowMs = Math.max(nowMs, next.atMs);
        await next.job();
      }
      nowMs = untilMs;
    },
  };
}
