/** A message and its position in its topic, which is opaque. */
export interface Heard {
  readonly message: unknown;
  readonly cursor: string;
}

/** Messages that a topic remembers; fewer than a listener may be behind, so that the latter can hear them all. */
export const REMEMBERED_MESSAGES = 1000;

export interface Listener {
  readonly hear: (heard: Heard) => void;
  readonly fail: (error: unknown) => void;
}

/** What carries the messages. Two adapters, one contract (testing/pubsub.contract.ts). */
export interface Exchange {
  readonly publish: (topic: string, message: unknown) => void;
  /** @returns the way to stop */
  readonly listen: (topic: string, after: string | undefined, listener: Listener) => () => void;
  readonly close: () => Promise<void>;
}
