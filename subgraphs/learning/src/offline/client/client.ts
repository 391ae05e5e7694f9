/**
 * The reference client: downloads a tryout, lets a student sit it without a network, and delivers what they did. Every
 * step can be repeated after any failure: what is asked for is written down before it is asked, and forgotten only
 * when the server has said that it holds it. Runs in browsers and in Node.
 */
import {
  type ApiOptions,
  REGISTER_DEVICE,
  SIGNING_KEYS,
  createApi,
  registeredAnswer,
  signingKeysAnswer,
} from "./api.js";
import { type Download, createDownloads } from "./download.js";
import {
  type ItemKind,
  type PackageContent,
  type QueueItem,
  type Receipt,
  type Records,
  type SittingRecord,
  typed,
} from "./records.js";
import { type Sittings, createSittings } from "./sitting.js";
import type { OfflineStorage } from "./storage.js";
import { generateKeys } from "../signed-token.js";
import { type SyncReport, createSync } from "./sync.js";

export interface OfflineClientOptions extends ApiOptions {
  readonly storage: OfflineStorage;
  /** The device's clock, which its owner can set; milliseconds since 1970. */
  readonly clock?: () => number;
  /** A clock that nobody can set, e.g. `performance.now`. */
  readonly monotonic?: () => number;
}

export interface OfflineClient extends Sittings {
  /** Makes a key and registers the device, once. */
  registerDevice(name: string): Promise<void>;
  /** Downloads the tryout's paper for this device and checks it. The same one again while it is alive. */
  download(tryoutId: string, accessCode?: string): Promise<Download>;
  packages(): Promise<Download[]>;
  /** The paper of a package. @throws Error when it is not here */
  paper(packageId: string): Promise<PackageContent>;
  /** Queues something that is no answer. */
  record(kind: Exclude<ItemKind, "ANSWER">, payload: object, priority?: QueueItem["priority"]): Promise<void>;
  /** Delivers what is queued, in the server's order. @throws UnreachableError when it has to be tried again */
  sync(): Promise<SyncReport>;
  /** What is still to be delivered, by kind. */
  pending(): Promise<Record<ItemKind, number>>;
  /** Whether the server's signed receipt has every entry of the sitting. */
  isHeld(sittingId: string): Promise<boolean>;
  /**
   * The value of `load` while the network is there, and what it last gave without one, until `lifetimeMs` are over:
   * the student's profile, achievements, the leaderboard as it was.
   */
  cached(key: string, lifetimeMs: number, load: () => Promise<unknown>): Promise<unknown>;
  /** Unlocks (e.g. by fingerprint), delivers what is waiting if the network is there, and says where the student stands. */
  launch(unlock: () => Promise<boolean>): Promise<LaunchReport>;
  /** Delivers in the background whenever `target` says `online`; `told` hears what became of it. */
  syncWhenOnline(target: EventTarget, told: (report: SyncReport) => void): () => void;
}

export interface LaunchReport {
  readonly isUnlocked: boolean;
  /** Null when locked or without a network. */
  readonly synced: SyncReport | null;
  readonly packages: Download[];
  readonly unfinished: SittingRecord[];
}

export function createOfflineClient(options: OfflineClientOptions): OfflineClient {
  const { clock = Date.now, monotonic = () => performance.now() } = options;
  const records = typed(options.storage);
  const run = createApi(options);
  const now = (): string => new Date(clock()).toISOString();

  const device = async () => {
    const record = await records.get("device", "this");
    if (record === undefined || record.id === null) throw new Error("Register the device first.");
    return { ...record, id: record.id };
  };
  const environment = { records, run, now, clock, monotonic, device };
  const sittings = createSittings(environment);
  const downloads = createDownloads(environment);
  const delivery = createSync(environment);

  const client: OfflineClient = {
    ...sittings,
    ...downloads,
    ...delivery,

    registerDevice: async (name) => {
      const known = await records.get("device", "this");
      const keys = { ...(await generateKeys()), idempotencyKey: crypto.randomUUID(), id: null, signingKeys: [] };
      let record: Records["device"] = known ?? { name, ...keys };
      const keep = async (grown: Records["device"]): Promise<void> => {
        record = grown;
        await records.write([{ store: "device", key: "this", value: grown }]);
      };
      if (known === undefined) await keep(record);
      if (record.id === null) {
        const input = { name: record.name, publicKey: record.publicKey, idempotencyKey: record.idempotencyKey };
        const { registerOfflineDevice } = await run(registeredAnswer, REGISTER_DEVICE, { input });
        await keep({ ...record, id: registerOfflineDevice.device.id });
      }
      if (record.signingKeys.length === 0) {
        const { offlineSigningKeys } = await run(signingKeysAnswer, SIGNING_KEYS, {});
        await keep({ ...record, signingKeys: offlineSigningKeys });
      }
    },

    pending: async () => {
      const counts = { ANSWER: 0, PROGRESS: 0, GAMIFICATION: 0, ANALYTICS: 0 };
      for (const { kind } of await records.list("queue")) counts[kind] += 1;
      return counts;
    },

    isHeld: async (sittingId) => {
      const sitting = await records.get("sittings", sittingId);
      const stored = await records.get("receipts", sittingId);
      return sitting !== undefined && stored !== undefined && covers(stored.receipt, sitting);
    },

    cached: async (key, lifetimeMs, load) => {
      try {
        const value = await load();
        const entry = { key, value, cachedAt: now(), expiresAt: new Date(clock() + lifetimeMs).toISOString() };
        await records.write([{ store: "cache", key, value: entry }]);
        return value;
      } catch {
        const entry = await records.get("cache", key);
        return entry !== undefined && entry.expiresAt > now() ? entry.value : undefined;
      }
    },

    launch: async (unlock) => {
      if (!(await unlock())) return { isUnlocked: false, synced: null, packages: [], unfinished: [] };
      const synced = await delivery.sync().catch(() => null);
      const unfinished = (await records.list("sittings")).filter(({ isFinished }) => !isFinished);
      return { isUnlocked: true, synced, packages: await downloads.packages(), unfinished };
    },

    syncWhenOnline: (target, told) => {
      const deliver = (): void => {
        delivery.sync().then(told, () => undefined);
      };
      target.addEventListener("online", deliver);
      return () => target.removeEventListener("online", deliver);
    },
  };
  return client;
}

/** The hash of the head stands for everything before it. */
function covers({ headSequence, headHash }: Receipt, { sequence, hash }: SittingRecord): boolean {
  return headSequence === sequence && headHash === hash;
}
