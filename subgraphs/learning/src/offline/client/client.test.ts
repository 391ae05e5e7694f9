import { randomUUID } from "node:crypto";
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SubgraphServer, serveSubgraph, signRequest } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildTryout, connectLearning } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../../subgraph.js";
import { type Cut, type CuttingProxy, startCuttingProxy } from "../testing/cutting-proxy.js";
import { Clocks, buildOfflineStudent, removeTemporaryStorages } from "../testing/student.js";
import { RefusedError, UnreachableError } from "./api.js";
import { type OfflineClient, createOfflineClient } from "./client.js";
import { ForgedError } from "./download.js";
import { openFileStorage } from "./file-storage.js";
import { STORAGE_CONTRACT } from "./testing/storage.contract.js";

const SECRET = "a secret of at least thirty-two characters";

let test: TestSubgraph;
let db: ReturnType<typeof connectLearning>;
let server: SubgraphServer;
let upstream: string;
let proxy: CuttingProxy;
let directory: string;
let tryout: Awaited<ReturnType<typeof buildTryout>>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "lentera-client-"));
  test = await startTestSubgraph("learning", createSubgraph);
  db = connectLearning(test.ownerUrl);
  server = await serveSubgraph(test.subgraph, { port: 0, viewerSecret: SECRET });
  upstream = `http://127.0.0.1:${server.port}/graphql`;
  proxy = await startCuttingProxy(upstream);
  tryout = await buildTryout(db, { itemCount: 6 });
});
afterAll(async () => {
  await proxy.close();
  await server.close();
  await removeTemporaryStorages();
  await rm(directory, { recursive: true, force: true });
  await db.$disconnect();
  await test.stop();
});

/** The app of a student on one phone: every call starts it anew on what it has stored, and closes it again. */
function buildPhone({ url: endpoint } = proxy) {
  const viewer = buildViewer({ permissions: ["attempts:create"] });
  const path = join(directory, randomUUID());
  const identity = { viewer, requestId: randomUUID(), language: "id" } as const;
  const use = async <Result>(work: (client: OfflineClient) => Promise<Result>): Promise<Result> => {
    const storage = await openFileStorage(path);
    try {
      const headers = async () => ({ "x-lentera-viewer": await signRequest(SECRET, identity) });
      return await work(createOfflineClient({ endpoint, headers, storage }));
    } finally {
      await storage.close();
    }
  };
  /** Goes on until the network lets it through, starting the app anew each time. */
  const insist = async <Result>(work: (client: OfflineClient) => Promise<Result>): Promise<Result> => {
    for (;;) {
      try {
        return await use(work);
      } catch (error) {
        if (!(error instanceof UnreachableError)) throw error;
      }
    }
  };
  return { userId: viewer.userId, use, insist };
}

/** Everything that a student does, from the first start of the app to the receipt. @returns the sitting's id */
async function study({ use, insist }: ReturnType<typeof buildPhone>, extra = 0): Promise<string> {
  await insist((client) => client.registerDevice("A phone"));
  const { packageId } = await insist((client) => client.download(tryout.id));
  const { sittingId, items } = await use(async (client) => {
    const id = await client.start(packageId);
    const paper = await client.paper(packageId);
    for (const item of paper.items.slice(0, 3)) await client.answer(id, item.id, ["B"]);
    return { sittingId: id, items: paper.items };
  });
  await insist((client) => client.sync());
  await use(async (client) => {
    for (const { id } of items) await client.answer(sittingId, id, ["A"]);
    await client.record("PROGRESS", { sittingId, position: 6 });
    for (let index = 0; index < extra; index++)
      await client.record("ANALYTICS", { name: "tick", properties: { index } }, "LOW");
    await client.finish(sittingId);
    await client.record("GAMIFICATION", { type: "STUDY_DAY", packageId });
  });
  await insist((client) => client.sync());
  return sittingId;
}

/** Everything is there, exactly once. */
async function expectWhole({ userId: studentId, use }: ReturnType<typeof buildPhone>, sittingId: string, extra = 0) {
  expect(await use((client) => client.isHeld(sittingId))).toBe(true);
  expect(await use((client) => client.pending())).toEqual({ ANSWER: 0, PROGRESS: 0, GAMIFICATION: 0, ANALYTICS: 0 });
  const [sitting, ...others] = await db.offlineSitting.findMany({
    where: { studentId },
    include: {
      entries: { orderBy: { sequence: "asc" } },
      attempt: { include: { answers: true, subtestScores: true } },
    },
  });
  expect(others).toEqual([]);
  expect(sitting).toMatchObject({ id: sittingId, verdict: "ACCEPTED", position: 6 });
  expect(sitting!.entries.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 11 }, (_, index) => index + 1));
  const { attempt } = sitting!;
  expect(attempt).toMatchObject({ status: "SCORED" });
  expect(attempt!.answers).toHaveLength(9);
  expect(attempt!.subtestScores.reduce((sum, { correct }) => sum + correct, 0)).toBe(6);
  const counts = await Promise.all([
    db.offlineDevice.count({ where: { userId: studentId } }),
    db.offlinePackage.count({ where: { studentId } }),
    db.attempt.count({ where: { studentId } }),
    db.syncItem.count({ where: { userId: studentId } }),
    db.syncItem.count({ where: { userId: studentId, status: "HELD" } }),
    db.xpEvent.count({ where: { userId: studentId, kind: "TRYOUT" } }),
    db.studyDay.count({ where: { userId: studentId } }),
  ]);
  expect(counts).toEqual([1, 1, 1, 13 + extra, 13 + extra, 1, 1]);
}

const CUTS = ["BEFORE_REQUEST", "BEFORE_RESPONSE", "MID_RESPONSE"] as const;

describe("000-06: sitting a tryout without a network", () => {
  let callsOfAStudy = 0;

  it("holds every answer exactly once when nothing goes wrong", async () => {
    proxy.plan(() => null);
    const phone = buildPhone();
    await expectWhole(phone, await study(phone));
    callsOfAStudy = proxy.calls;
    expect(callsOfAStudy).toBe(5);
  });

  it.each(CUTS)("… when the network is cut %s at each call in turn", async (cut) => {
    const studies = Array.from({ length: callsOfAStudy }, async (_, call) => {
      const broken = await startCuttingProxy(upstream);
      broken.plan((now) => (now === call ? cut : null));
      const phone = buildPhone(broken);
      await expectWhole(phone, await study(phone));
      expect(broken.calls).toBe(callsOfAStudy + 1);
      await broken.close();
    });
    await Promise.all(studies);
  });

  it("… when every call is cut in each of the three ways before it comes through, over several batches", async () => {
    const cycle: readonly Cut[] = [...CUTS, null];
    proxy.plan((call) => cycle[call % cycle.length] ?? null);
    const phone = buildPhone();
    await expectWhole(phone, await study(phone, 100), 100);
  });

  it("… when two starts of the app deliver the same at the same moment", async () => {
    proxy.plan(() => null);
    const phone = buildPhone();
    const sittingId = await phone.insist(async (client) => {
      await client.registerDevice("A phone");
      const { packageId } = await client.download(tryout.id);
      const id = await client.start(packageId);
      const { items } = await client.paper(packageId);
      for (const { id: itemId } of items) await client.answer(id, itemId, ["A"]);
      await client.finish(id);
      return id;
    });
    await phone.use(async (one) => {
      await Promise.all([one.sync(), phone.use((two) => two.sync()), one.sync()]);
    });
    expect(await db.offlineEntry.count({ where: { sittingId } })).toBe(8);
    expect(await db.attempt.count({ where: { studentId: phone.userId, status: "SCORED" } })).toBe(1);
  });
});

describe("000-06: launching the app", () => {
  it("opens nothing before it is unlocked, and then delivers what is waiting", async () => {
    proxy.plan(() => null);
    const phone = buildPhone();
    await phone.insist((client) => client.registerDevice("A phone"));
    const { packageId } = await phone.insist((client) => client.download(tryout.id));
    await phone.use((client) => client.start(packageId));
    const locked = await phone.use((client) => client.launch(() => Promise.resolve(false)));
    expect(locked).toEqual({ isUnlocked: false, synced: null, packages: [], unfinished: [] });
    const opened = await phone.use((client) => client.launch(() => Promise.resolve(true)));
    expect(opened).toMatchObject({
      isUnlocked: true,
      synced: { synced: 1, refused: [], waiting: 0 },
      packages: [{ packageId }],
      unfinished: [{ sequence: 1 }],
    });
    proxy.plan(() => "BEFORE_REQUEST");
    await phone.use((client) => client.record("ANALYTICS", { name: "tick", properties: {} }));
    expect(await phone.use((client) => client.launch(() => Promise.resolve(true)))).toMatchObject({
      synced: null,
      packages: [{}],
    });
    proxy.plan(() => null);
    const told = await phone.use(
      (client) =>
        new Promise((resolve) => {
          const network = new EventTarget();
          client.syncWhenOnline(network, resolve);
          network.dispatchEvent(new Event("online"));
        }),
    );
    expect(told).toEqual({ synced: 1, refused: [], waiting: 0 });
  });

  it("000-04: tells what is still to be delivered, by kind, and keeps what was refused with its reason", async () => {
    const clocks = new Clocks();
    clocks.server = Date.now();
    const { offline, storage } = await buildOfflineStudent(test, clocks);
    await offline.record("ANALYTICS", { name: "tick", properties: {} });
    await offline.record("PROGRESS", { nothing: true });
    await offline.record("GAMIFICATION", { type: "STUDY_DAY", packageId: randomUUID() });
    expect(await offline.pending()).toEqual({ ANSWER: 0, PROGRESS: 1, GAMIFICATION: 1, ANALYTICS: 1 });
    const report = await offline.sync();
    expect(report).toMatchObject({ synced: 1, waiting: 0 });
    expect(new Set(report.refused.map(({ reason }) => reason))).toEqual(
      new Set(["INVALID_PAYLOAD", "UNKNOWN_PACKAGE"]),
    );
    expect(await storage.list("outcomes")).toHaveLength(2);
  });

  it("000-05: shows what was there last without a network, until it is too old", async () => {
    const clocks = new Clocks();
    const { offline } = await buildOfflineStudent(test, clocks);
    const offLine = () => Promise.reject(new UnreachableError("no network"));
    for (const key of ["user_profile", "achievements", "leaderboard_snapshot", "last_sync"]) {
      expect(await offline.cached(key, 60_000, () => Promise.resolve({ key }))).toEqual({ key });
      expect(await offline.cached(key, 60_000, offLine)).toEqual({ key });
    }
    clocks.pass(60_000);
    expect(await offline.cached("achievements", 60_000, offLine)).toBeUndefined();
  });
});

describe("the client", () => {
  it("tells a refusal from a network that fails", async () => {
    const clocks = new Clocks();
    const { storage } = await buildOfflineStudent(test, clocks);
    const answering = (code: string) =>
      createOfflineClient({
        endpoint: "http://in.process/graphql",
        headers: () => ({}),
        storage,
        fetch: () =>
          Promise.resolve(Response.json({ errors: [{ message: code, extensions: { code } }] }, { status: 400 })),
      });
    await expect(answering("NOT_FOUND").download(tryout.id)).rejects.toThrow(new RefusedError("NOT_FOUND"));
    await expect(answering("SERVICE_UNAVAILABLE").download(tryout.id)).rejects.toThrow(UnreachableError);
  });

  it("believes no package that was changed on its way", async () => {
    const clocks = new Clocks();
    clocks.server = Date.now();
    const { client, storage } = await buildOfflineStudent(test, clocks);
    const other = await buildTryout(db);
    const changed = (change: (text: string) => string) =>
      createOfflineClient({
        endpoint: "http://in.process/graphql",
        headers: () => ({}),
        storage,
        fetch: async (_url, init) => {
          const { query, variables } = JSON.parse(await new Response(init?.body).text()) as {
            query: string;
            variables: Record<string, unknown>;
          };
          const { data } = await client.run(query, variables);
          return new Response(change(JSON.stringify({ data })), { headers: { "content-type": "application/json" } });
        },
      });
    const forged = changed((text) =>
      text.replace(
        /("manifest":"[^."]+\.)(.)/,
        (_all, before: string, one: string) => before + (one === "f" ? "e" : "f"),
      ),
    );
    await expect(forged.download(tryout.id)).rejects.toThrow(ForgedError);
    const { createOfflinePackage } = await client.data<{ createOfflinePackage: { package: { content: string } } }>(
      `mutation ($input: CreateOfflinePackageInput!) { createOfflinePackage(input: $input) { package { content } } }`,
      {
        input: {
          tryoutId: other.id,
          deviceId: ((await storage.get("device", "this")) as { id: string }).id,
          deviceTime: new Date().toISOString(),
          idempotencyKey: "other",
        },
      },
    );
    const exchanged = changed((text) =>
      text.replace(/"content":"[^"]*"/, `"content":"${createOfflinePackage.package.content}"`),
    );
    await expect(exchanged.download(tryout.id)).rejects.toThrow(ForgedError);
    expect(await storage.list("packages")).toEqual([]);
    expect((await changed((text) => text).download(tryout.id)).tryoutId).toBe(tryout.id);
  });

  it("begins no sitting of an expired package, and downloads a new one instead", async () => {
    const clocks = new Clocks();
    clocks.server = Date.now();
    const { offline } = await buildOfflineStudent(test, clocks);
    const { packageId, expiresAt } = await offline.download(tryout.id);
    expect((await offline.download(tryout.id)).packageId).toBe(packageId);
    clocks.pass(Date.parse(expiresAt) - clocks.server);
    await expect(offline.start(packageId)).rejects.toThrow("expired");
    expect((await offline.download(tryout.id)).packageId).not.toBe(packageId);
  });

  it("goes on counting the time after a restart", async () => {
    const clocks = new Clocks();
    clocks.server = Date.now();
    const { offline, storage } = await buildOfflineStudent(test, clocks);
    const { packageId } = await offline.download(tryout.id);
    const { items } = await offline.paper(packageId);
    const sittingId = await offline.start(packageId);
    clocks.pass(1000);
    await offline.answer(sittingId, items[0]!.id, ["A"]);
    clocks.pass(5000);
    const options = { endpoint: "http://in.process/graphql", headers: () => ({}), storage };
    const restarted = createOfflineClient({
      ...options,
      clock: clocks.deviceClock,
      monotonic: () => clocks.server - 1e9,
    });
    await restarted.answer(sittingId, items[1]!.id, ["A"]);
    clocks.pass(2000);
    await restarted.answer(sittingId, items[1]!.id, ["B"]);
    expect(await restarted.sitting(sittingId)).toMatchObject({
      elapsedMs: 8000,
      sequence: 4,
      responses: { [items[0]!.id]: ["A"], [items[1]!.id]: ["B"] },
    });
    await restarted.finish(sittingId);
    await expect(restarted.answer(sittingId, items[1]!.id, ["B"])).rejects.toThrow("has ended");
  });
});

describe("storage in a file", () => {
  it.each(Object.entries(STORAGE_CONTRACT))("%s", async (_name, prove) => {
    const path = join(directory, randomUUID());
    await expect(prove(() => openFileStorage(path))).resolves.toBeUndefined();
  });

  it("forgets a write that a crash cut off, and nothing else", async () => {
    const path = join(directory, randomUUID());
    const storage = await openFileStorage(path);
    await storage.write([{ store: "queue", key: "1", value: { n: 1 } }]);
    await storage.close();
    await appendFile(path, '[{"store":"queue","key":"2","val');
    const after = await openFileStorage(path);
    expect(await after.list("queue")).toEqual([{ n: 1 }]);
    await after.write([{ store: "queue", key: "3", value: { n: 3 } }]);
    await after.close();
    const again = await openFileStorage(path);
    expect(await again.list("queue")).toEqual([{ n: 1 }, { n: 3 }]);
    await again.close();
  });
});
