import { z } from "zod";
import { itemResultSchema, signingKeySchema } from "./api.js";
import type { OfflineStorage, StoreName } from "./storage.js";

export const manifestSchema = z.object({
  packageId: z.string(),
  studentId: z.string(),
  deviceId: z.string(),
  devicePublicKey: z.string(),
  tryoutId: z.string(),
  title: z.string(),
  version: z.int(),
  contentHash: z.string(),
  sizeBytes: z.int(),
  durationMinutes: z.number(),
  isGraded: z.boolean(),
  issuedAt: z.string(),
  expiresAt: z.string(),
});
/** What the server signed of a package. */
export type PackageManifest = z.output<typeof manifestSchema>;

const options = z.array(z.object({ key: z.string(), text: z.string() }));

export const contentSchema = z.object({
  format: z.literal(1),
  tryout: z.object({ id: z.string(), title: z.string(), durationMinutes: z.number() }),
  sections: z.array(
    z.object({ subtest: z.string(), name: z.string(), itemCount: z.int(), durationMinutes: z.number() }),
  ),
  passages: z.array(z.object({ id: z.string(), title: z.string(), text: z.string() })),
  items: z.array(
    z.object({
      id: z.string(),
      position: z.int(),
      subtest: z.string(),
      passageId: z.string().nullable(),
      kind: z.string(),
      stem: z.string(),
      options,
      imageIds: z.array(z.string()),
      translations: z.array(z.object({ language: z.string(), stem: z.string(), options })),
    }),
  ),
});
/** A paper. */
export type PackageContent = z.output<typeof contentSchema>;

const sittingSchema = z.object({
  binding: z.object({ packageId: z.string(), contentHash: z.string(), deviceId: z.string(), sittingId: z.string() }),
  sequence: z.int(),
  hash: z.string(),
  elapsedMs: z.number(),
  /** The device's clock at the head. */
  at: z.string(),
  isFinished: z.boolean(),
  /** The latest response to each item. */
  responses: z.record(z.string(), z.array(z.string()).readonly()),
});
/** A sitting with the head of its chain. */
export type SittingRecord = z.output<typeof sittingSchema>;

const itemKind = z.enum(["ANSWER", "PROGRESS", "GAMIFICATION", "ANALYTICS"]);
export type ItemKind = z.output<typeof itemKind>;

const queueItemSchema = z.object({
  clientId: z.string(),
  kind: itemKind,
  priority: z.enum(["HIGH", "MEDIUM", "LOW"]),
  createdAt: z.string(),
  payload: z.string(),
  /** Of ANSWERs the place in their chain, of the others the order in which they were made. */
  order: z.int(),
  sittingId: z.string().nullable(),
});
export type QueueItem = z.output<typeof queueItemSchema>;

export const receiptSchema = z.object({
  studentId: z.string(),
  sittingId: z.string(),
  headSequence: z.int(),
  headHash: z.string().nullable(),
  answers: z.array(
    z.object({
      clientId: z.string(),
      sequence: z.int().nullable(),
      hash: z.string().nullable(),
      status: z.string(),
      reason: z.string().nullable(),
    }),
  ),
});
export type Receipt = z.output<typeof receiptSchema>;

const deviceSchema = z.object({
  name: z.string(),
  publicKey: z.string(),
  privateKey: z.string(),
  idempotencyKey: z.string(),
  /** Null until the server has answered. */
  id: z.string().nullable(),
  signingKeys: z.array(signingKeySchema),
});

/** Downloads that were asked for, by tryout, so that asking again asks for the same. */
const downloadSchema = z.object({ tryoutId: z.string(), idempotencyKey: z.string() });
const packageSchema = z.object({ manifest: manifestSchema, content: contentSchema });
/** What is no longer tried, and why. */
const outcomeSchema = z.object({ ...itemResultSchema.shape, item: queueItemSchema });
const storedReceiptSchema = z.object({ sittingId: z.string(), token: z.string(), receipt: receiptSchema });
const cacheSchema = z.object({ key: z.string(), value: z.unknown(), cachedAt: z.string(), expiresAt: z.string() });

/** What the client keeps, by store. */
export interface Records {
  readonly device: z.output<typeof deviceSchema>;
  readonly downloads: z.output<typeof downloadSchema>;
  readonly packages: z.output<typeof packageSchema>;
  readonly sittings: SittingRecord;
  readonly queue: QueueItem;
  readonly outcomes: z.output<typeof outcomeSchema>;
  readonly receipts: z.output<typeof storedReceiptSchema>;
  readonly cache: z.output<typeof cacheSchema>;
}

const SCHEMAS: { readonly [Name in StoreName]: z.ZodType<Records[Name]> } = {
  device: deviceSchema,
  downloads: downloadSchema,
  packages: packageSchema,
  sittings: sittingSchema,
  queue: queueItemSchema,
  outcomes: outcomeSchema,
  receipts: storedReceiptSchema,
  cache: cacheSchema,
};

/** The stores with the types of what is in them. */
export interface RecordStore {
  get<Name extends StoreName>(store: Name, key: string): Promise<Records[Name] | undefined>;
  list<Name extends StoreName>(store: Name): Promise<Records[Name][]>;
  write(changes: readonly RecordChange[]): Promise<void>;
}

export type RecordChange = {
  [Name in StoreName]: { readonly store: Name; readonly key: string; readonly value: Records[Name] | undefined };
}[StoreName];

export function typed(storage: OfflineStorage): RecordStore {
  return {
    get: async (store, key) => SCHEMAS[store].optional().parse(await storage.get(store, key)),
    list: async (store) => SCHEMAS[store].array().parse(await storage.list(store)),
    write: (changes) => storage.write(changes),
  };
}
