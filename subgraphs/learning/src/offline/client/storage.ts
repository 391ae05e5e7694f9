/** What the client keeps across restarts: named stores of JSON values by key. Two adapters, one contract. */
export type StoreName = "device" | "downloads" | "packages" | "sittings" | "queue" | "outcomes" | "receipts" | "cache";

export const STORE_NAMES: readonly StoreName[] = [
  "device",
  "downloads",
  "packages",
  "sittings",
  "queue",
  "outcomes",
  "receipts",
  "cache",
];

/** `value: undefined` deletes. */
export interface Change {
  readonly store: StoreName;
  readonly key: string;
  readonly value: object | undefined;
}

export interface OfflineStorage {
  /** The value that was last put, or undefined. */
  get(store: StoreName, key: string): Promise<unknown>;
  /** All values of a store in the order of their keys. */
  list(store: StoreName): Promise<unknown[]>;
  /** All of the changes or none, also when the power goes; kept when the promise resolves. */
  write(changes: readonly Change[]): Promise<void>;
  close(): Promise<void>;
}
