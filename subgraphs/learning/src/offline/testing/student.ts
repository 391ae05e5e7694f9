import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestClient, type TestSubgraph, buildViewer } from "@lentera/kit/testing";
import type { ChainBinding, ChainEntry } from "../chain.js";
import { entryHash, genesisHash } from "../chain.js";
import { type OfflineClient, createOfflineClient } from "../client/client.js";
import { openFileStorage } from "../client/file-storage.js";
import type { OfflineStorage } from "../client/storage.js";
import { importPrivateKey, signToken } from "../signed-token.js";

/** The server's time and how far a device is from it, under the test's control. */
export class Clocks {
  server = Date.parse("2026-11-20T03:00:00.000Z");
  /** The device's clock minus the server's. */
  skewMs = 0;
  /** How much less the unsettable clock has counted than time has passed. */
  sleptMs = 0;

  pass(ms: number): void {
    this.server += ms;
  }
  readonly serverClock = (): Date => new Date(this.server);
  readonly deviceClock = (): number => this.server + this.skewMs;
  readonly monotonic = (): number => this.server - this.sleptMs;
}

/** A student with a registered device that talks to the subgraph without a network in between. */
export interface OfflineStudent {
  readonly client: TestClient;
  readonly userId: string;
  readonly offline: OfflineClient;
  readonly storage: OfflineStorage;
  readonly deviceId: string;
  readonly privateKey: CryptoKey;
}

const opened: { readonly directory: string; readonly storage: OfflineStorage }[] = [];

export async function buildOfflineStudent(
  test: TestSubgraph,
  clocks: Clocks,
  over: { userId?: string; organizationId?: string } = {},
): Promise<OfflineStudent> {
  const viewer = buildViewer({ permissions: ["attempts:create"], ...over });
  const client = test.as(viewer);
  const storage = await openTemporaryStorage();
  const offline = createOfflineClient({
    endpoint: "http://in.process/graphql",
    headers: () => ({}),
    fetch: fetchInProcess(client),
    storage,
    clock: clocks.deviceClock,
    monotonic: clocks.monotonic,
  });
  await offline.registerDevice("A phone");
  const record = (await storage.get("device", "this")) as { id: string; privateKey: string };
  const privateKey = await importPrivateKey(record.privateKey);
  return { client, userId: viewer.userId, offline, storage, deviceId: record.id, privateKey };
}

async function openTemporaryStorage(): Promise<OfflineStorage> {
  const directory = await mkdtemp(join(tmpdir(), "lentera-offline-"));
  const storage = await openFileStorage(join(directory, "journal"));
  opened.push({ directory, storage });
  return storage;
}

export async function removeTemporaryStorages(): Promise<void> {
  for (const { directory, storage } of opened.splice(0)) {
    await storage.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** What the gateway would answer to the client. */
function fetchInProcess(client: TestClient): typeof fetch {
  return async (_url, init) => {
    const { query, variables } = JSON.parse(await new Response(init?.body).text()) as {
      query: string;
      variables: object;
    };
    const { data, errors } = await client.run(query, { ...variables });
    const failed = errors.map(({ code, message }) => ({ message, extensions: { code } }));
    return Response.json({ data, ...(failed.length > 0 && { errors: failed }) });
  };
}

export const SYNC = `mutation ($input: SyncOfflineInput!) { syncOffline(input: $input) {
  synced failed serverTime results { clientId status reason } receipts { sittingId headSequence headHash token }
} }`;

export interface Synced {
  synced: number;
  failed: number;
  results: { clientId: string; status: string; reason: string | null }[];
  receipts: { sittingId: string; headSequence: number; headHash: string | null; token: string }[];
}

export interface SentItem {
  clientId: string;
  kind: string;
  priority: string;
  createdAt: string;
  payload: string;
}

/** Delivers items as they are, around the client. */
export async function deliver(student: OfflineStudent, clocks: Clocks, items: readonly SentItem[]): Promise<Synced> {
  const sentAt = new Date(clocks.deviceClock()).toISOString();
  const input = { deviceId: student.deviceId, sentAt, items };
  return (await student.client.data<{ syncOffline: Synced }>(SYNC, { input })).syncOffline;
}

/** Makes chains by hand, right and wrong ones. */
export class ChainMaker {
  #sequence = 0;
  #hash: string | undefined;

  constructor(
    readonly student: Pick<OfflineStudent, "deviceId" | "privateKey">,
    readonly clocks: Clocks,
    readonly binding: ChainBinding,
  ) {}

  /** The next entry; `over` makes it a wrong one, which the entries after it do not know of when `isAside`. */
  async next(
    kind: ChainEntry["kind"],
    over: Partial<ChainEntry> = {},
    options: { isAside?: boolean; key?: CryptoKey; keyId?: string } = {},
  ): Promise<SentItem> {
    const entry: ChainEntry = {
      ...this.binding,
      kind,
      sequence: this.#sequence + 1,
      previousHash: this.#hash ?? (await genesisHash(this.binding)),
      clientId: randomUUID(),
      itemId: null,
      response: kind === "ANSWER" ? ["A"] : [],
      elapsedMs: 0,
      answeredAt: new Date(this.clocks.deviceClock()).toISOString(),
      ...over,
    };
    const { key = this.student.privateKey, keyId = this.student.deviceId } = options;
    const payload = await signToken("lentera-entry", entry, key, keyId);
    if (options.isAside !== true) {
      this.#sequence = entry.sequence;
      this.#hash = await entryHash(payload);
    }
    return { clientId: entry.clientId, kind: "ANSWER", priority: "HIGH", createdAt: entry.answeredAt, payload };
  }
}
