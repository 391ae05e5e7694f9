import type { RunOperation } from "./api.js";
import type { RecordStore, Records } from "./records.js";

/** What the parts of the client share. */
export interface Environment {
  readonly records: RecordStore;
  readonly run: RunOperation;
  /** RFC 3339 by the device's clock. */
  readonly now: () => string;
  readonly clock: () => number;
  readonly monotonic: () => number;
  /** @throws Error until the device is registered */
  readonly device: () => Promise<Records["device"] & { readonly id: string }>;
}
