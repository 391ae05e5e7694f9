import { randomUUID } from "node:crypto";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildAttempt, buildTryout, connectLearning } from "@lentera/prisma/factories";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSubgraph } from "../../subgraph.js";
import type { ChainBinding } from "../chain.js";
import { PACKAGE_LIFE_MS } from "../offline.rules.js";
import { generateKeys, importPrivateKey, isSignedBy, readToken, toBase64url } from "../signed-token.js";
import {
  ChainMaker,
  Clocks,
  type OfflineStudent,
  SYNC,
  type SentItem,
  type Synced,
  buildOfflineStudent,
  deliver,
  removeTemporaryStorages,
} from "../testing/student.js";
import { MAXIMUM_TRIES } from "./sync.rules.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectLearning>;
let clocks = new Clocks();

beforeAll(async () => {
  test = await startTestSubgraph("learning", createSubgraph, { clock: () => clocks.serverClock() });
  db = connectLearning(test.ownerUrl);
});
beforeEach(() => {
  clocks = new Clocks();
});
afterAll(async () => {
  await removeTemporaryStorages();
  await db.$disconnect();
  await test.stop();
});

type Tryout = Awaited<ReturnType<typeof buildTryout>>;

/** A student with a downloaded package, and a maker of chains for it. */
async function buildSitting(over: Parameters<typeof buildTryout>[1] = {}, who: { organizationId?: string } = {}) {
  const student = await buildOfflineStudent(test, clocks, who);
  const tryout = await buildTryout(db, over);
  return { student, tryout, ...(await download(student, tryout)) };
}

async function download(student: OfflineStudent, tryout: Tryout) {
  const { packageId, contentHash } = await student.offline.download(tryout.id);
  const binding: ChainBinding = { packageId, contentHash, deviceId: student.deviceId, sittingId: randomUUID() };
  return { binding, chain: new ChainMaker(student, clocks, binding) };
}

const itemAt = (tryout: Tryout, index: number): string => tryout.items[index % tryout.items.length]!.itemId;

/** START, an answer a minute, FINISH. */
async function wholeChain(chain: ChainMaker, tryout: Tryout, answers = 3): Promise<SentItem[]> {
  const items = [await chain.next("START")];
  for (let index = 0; index < answers; index++) {
    clocks.pass(60_000);
    items.push(await chain.next("ANSWER", { itemId: itemAt(tryout, index), elapsedMs: (index + 1) * 60_000 }));
  }
  items.push(await chain.next("FINISH", { elapsedMs: answers * 60_000 }));
  return items;
}

const outcomes = ({ results }: Synced): string[] => results.map(({ status, reason }) => reason ?? status);

const entriesOf = (sittingId: string) =>
  db.offlineEntry.findMany({ where: { sittingId }, orderBy: { sequence: "asc" } });
const sittingOf = (id: string) =>
  db.offlineSitting.findUniqueOrThrow({
    where: { id },
    include: { attempt: { include: { answers: true, score: true } } },
  });

describe("000-03: synchronisation", () => {
  it("holds each item once, however often and however concurrently it comes", async () => {
    const { student, tryout, chain, binding } = await buildSitting();
    const items = await wholeChain(chain, tryout);
    const all = await Promise.all(Array.from({ length: 6 }, () => deliver(student, clocks, items)));
    expect(outcomes(await deliver(student, clocks, items))).toEqual(Array.from({ length: 5 }, () => "HELD"));
    expect(all.flatMap(outcomes).filter((outcome) => outcome !== "HELD" && outcome !== "MISSING_PREDECESSOR")).toEqual(
      [],
    );
    expect(await entriesOf(binding.sittingId)).toHaveLength(5);
    expect(await db.syncItem.count({ where: { userId: student.userId } })).toBe(5);
    expect(await db.attempt.count({ where: { studentId: student.userId } })).toBe(1);
    expect((await sittingOf(binding.sittingId)).attempt!.answers).toHaveLength(3);
  });

  it("works by priority, then age, and tells of each item for itself", async () => {
    const { student, tryout, chain, binding } = await buildSitting();
    const chainItems = await wholeChain(chain, tryout);
    const { sittingId, packageId } = binding;
    const at = new Date(clocks.server).toISOString();
    const other = (kind: string, priority: string, payload: object) => ({
      clientId: randomUUID(),
      kind,
      priority,
      createdAt: at,
      payload: JSON.stringify({ occurredAt: at, ...payload }),
    });
    // Of the lowest priority first: what they need has been done by the time that it is their turn.
    const sent = [
      other("ANALYTICS", "LOW", { name: "screen.opened", properties: { screen: "paper" } }),
      other("ANALYTICS", "LOW", { nothing: true }),
      other("GAMIFICATION", "MEDIUM", { type: "STUDY_DAY", packageId }),
      other("PROGRESS", "MEDIUM", { sittingId, position: 3 }),
      { ...other("PROGRESS", "MEDIUM", {}), payload: "no JSON" },
      ...chainItems.toReversed(),
    ];
    const synced = await deliver(student, clocks, sent);
    expect(outcomes(synced)).toEqual([
      "HELD",
      "INVALID_PAYLOAD",
      "HELD",
      "HELD",
      "INVALID_PAYLOAD",
      ...chainItems.map(() => "HELD"),
    ]);
    expect([synced.synced, synced.failed]).toEqual([8, 2]);
    expect(synced.results.map(({ clientId }) => clientId)).toEqual(sent.map(({ clientId }) => clientId));
    expect(await sittingOf(sittingId)).toMatchObject({ position: 3, verdict: "ACCEPTED" });
  });

  it("keeps what it cannot store away from the others", async () => {
    const { student, tryout, chain } = await buildSitting();
    const items = await wholeChain(chain, tryout);
    const poison = ["\0", "\uD800", "x".repeat(16_385)].map((payload) => ({
      ...items[0]!,
      clientId: randomUUID(),
      payload,
    }));
    const future = {
      ...items[0]!,
      clientId: randomUUID(),
      kind: "ANALYTICS",
      createdAt: "0001-01-01T00:00:00.000Z",
      payload: "{}",
    };
    const synced = await deliver(student, clocks, [...poison, future, ...items]);
    expect(outcomes(synced)).toEqual([
      ...Array.from({ length: 4 }, () => "INVALID_PAYLOAD"),
      ...items.map(() => "HELD"),
    ]);
  });

  it("does not let an id mean two things", async () => {
    const { student, tryout, chain } = await buildSitting();
    const [start, ...rest] = await wholeChain(chain, tryout);
    await deliver(student, clocks, [start!]);
    const again = { ...rest[0]!, clientId: start!.clientId };
    expect(outcomes(await deliver(student, clocks, [again]))).toEqual(["ID_REUSED"]);
    expect(outcomes(await deliver(student, clocks, [start!, ...rest]))).toEqual([
      "HELD",
      "HELD",
      "HELD",
      "HELD",
      "HELD",
    ]);
  });

  it("has one item's crash be that item's alone, and sets it aside after five tries", async () => {
    const organizationId = randomUUID();
    const { student, tryout, chain, binding } = await buildSitting({}, { organizationId });
    const items = await wholeChain(chain, tryout);
    const progress = { ...items[0]!, clientId: randomUUID(), kind: "PROGRESS", priority: "LOW" };
    const broken = {
      ...progress,
      payload: JSON.stringify({ sittingId: binding.sittingId, position: 7777, occurredAt: progress.createdAt }),
    };
    await test.owner.query(
      "create or replace function break_it() returns trigger language plpgsql as 'begin raise exception ''no disk''; end'",
    );
    await test.owner.query(
      "create or replace trigger break_it before update on offline_sittings for each row when (new.position = 7777) execute function break_it()",
    );
    const first = await deliver(student, clocks, [broken, ...items]);
    expect(outcomes(first)).toEqual(["INTERNAL", ...items.map(() => "HELD")]);
    for (let index = 1; index < MAXIMUM_TRIES; index++) await deliver(student, clocks, [broken]);
    const last = await deliver(student, clocks, [broken]);
    expect(last.results).toEqual([{ clientId: broken.clientId, status: "DEAD", reason: "INTERNAL" }]);
    expect(await db.syncItem.findFirst({ where: { clientId: broken.clientId } })).toMatchObject({
      retryCount: MAXIMUM_TRIES,
    });

    const LIST = `query ($first: Int) { deadLetters(first: $first) { totalCount edges { node { id clientId kind payload reason retryCount student { id } } } } }`;
    const RETRY = `mutation ($id: ID!) { retryDeadLetter(input: { id: $id }) { deadLetter { id status reason retryCount } } }`;
    const staff = test.as(buildViewer({ role: "ADMIN", organizationId, staff: true, permissions: ["sync:manage"] }));
    const { deadLetters } = await staff.data<{ deadLetters: { edges: { node: { id: string } }[] } }>(LIST);
    expect(deadLetters).toMatchObject({
      totalCount: 1,
      edges: [{ node: { clientId: broken.clientId, reason: "INTERNAL", student: { id: student.userId } } }],
    });
    const { id } = deadLetters.edges[0]!.node;
    const foreign = test.as(
      buildViewer({ role: "ADMIN", organizationId: randomUUID(), staff: true, permissions: ["sync:manage"] }),
    );
    expect((await foreign.run(RETRY, { id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect((await student.client.run(RETRY, { id })).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    expect((await student.client.run(LIST)).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);

    await test.owner.query("drop trigger break_it on offline_sittings");
    expect(await staff.data(RETRY, { id })).toEqual({
      retryDeadLetter: { deadLetter: { id, status: "HELD", reason: null, retryCount: 0 } },
    });
    expect((await staff.run(RETRY, { id })).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    expect(await sittingOf(binding.sittingId)).toMatchObject({ position: 7777 });
    const { rows } = await test.owner.query("select action from app.audit_log where entity_id = $1", [id]);
    expect(rows).toEqual([{ action: "dead_letter.retried" }]);
  });

  it("refuses a call that cannot be one, all wrong fields at once, and another person's or a revoked device", async () => {
    const { student, tryout, chain } = await buildSitting();
    const items = await wholeChain(chain, tryout);
    const sentAt = new Date(clocks.server).toISOString();
    const refusal = async (input: object) => (await student.client.run(SYNC, { input })).errors;
    expect(
      await refusal({ deviceId: "x", sentAt: "2500-01-01T00:00:00Z", items: [{ ...items[0], clientId: "y" }] }),
    ).toMatchObject([
      {
        code: "VALIDATION_ERROR",
        details: [{ path: "input.deviceId" }, { path: "input.sentAt" }, { path: "input.items.0.clientId" }],
      },
    ]);
    const other = await buildOfflineStudent(test, clocks);
    expect(await refusal({ deviceId: other.deviceId, sentAt, items })).toMatchObject([{ code: "NOT_FOUND" }]);
    await db.offlineDevice.update({ where: { id: student.deviceId }, data: { revokedAt: new Date() } });
    expect(await refusal({ deviceId: student.deviceId, sentAt, items })).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    expect(await db.syncItem.count({ where: { userId: student.userId } })).toBe(0);
  });

  it("gives a signed receipt of every answer that came in, whatever became of it", async () => {
    const { student, tryout, chain, binding } = await buildSitting();
    const items = await wholeChain(chain, tryout);
    const missing = items.splice(2, 1);
    const { receipts } = await deliver(student, clocks, items);
    const { offlineSigningKeys: keys } = await student.client.data<{
      offlineSigningKeys: { id: string; publicKey: string }[];
    }>("{ offlineSigningKeys { id publicKey } }");
    expect(receipts).toMatchObject([{ sittingId: binding.sittingId, headSequence: 2 }]);
    const { token } = receipts[0]!;
    expect(await isSignedBy(keys[0]!.publicKey, token)).toBe(true);
    expect(readToken("lentera-receipt", token)?.payload).toMatchObject({
      studentId: student.userId,
      headSequence: 2,
      answers: [
        { clientId: items[0]!.clientId, sequence: 1, status: "HELD" },
        { clientId: items[1]!.clientId, sequence: 2, status: "HELD" },
        { clientId: items[2]!.clientId, sequence: 4, hash: null, status: "PENDING", reason: "MISSING_PREDECESSOR" },
        { clientId: items[3]!.clientId, sequence: 5, hash: null, status: "PENDING" },
      ],
    });
    const complete = await deliver(student, clocks, missing);
    expect(complete.receipts).toMatchObject([{ headSequence: 5 }]);
    const RECEIPT = `query ($id: ID!) { offlineReceipt(sittingId: $id) { headSequence headHash } }`;
    const { headHash } = complete.receipts[0]!;
    const { sittingId: id } = binding;
    expect(await student.client.data(RECEIPT, { id })).toEqual({ offlineReceipt: { headSequence: 5, headHash } });
    const stranger = test.as(buildViewer());
    expect(await stranger.data(RECEIPT, { id })).toEqual({ offlineReceipt: { headSequence: 0, headHash: null } });
  });
});

describe("C-02: a chain", () => {
  it("that was tampered with is rejected where it was, and what follows from it waits in vain", async () => {
    const { student, tryout, chain, binding } = await buildSitting();
    const items = await wholeChain(chain, tryout);
    const [header, payload, signature] = items[2]!.payload.split(".");
    const entry = JSON.parse(Buffer.from(payload!, "base64url").toString()) as object;
    const changed = toBase64url(Buffer.from(JSON.stringify({ ...entry, response: ["B"] })));
    const tampered = items.with(2, { ...items[2]!, payload: [header, changed, signature].join(".") });
    const expected = ["HELD", "HELD", "TAMPERED", "MISSING_PREDECESSOR", "MISSING_PREDECESSOR"];
    expect(outcomes(await deliver(student, clocks, tampered))).toEqual(expected);
    expect(await entriesOf(binding.sittingId)).toHaveLength(2);
    expect(await sittingOf(binding.sittingId)).toMatchObject({ verdict: null, attemptId: null });
  });

  it("that was cut is not finished, at its end or in its middle, until the missing part arrives", async () => {
    for (const cut of [1, 3]) {
      const { student, tryout, chain, binding } = await buildSitting();
      const items = await wholeChain(chain, tryout);
      const without = items.toSpliced(cut, 1);
      const held = (index: number) => (index < cut ? "HELD" : "MISSING_PREDECESSOR");
      expect(outcomes(await deliver(student, clocks, without))).toEqual(without.map((_, index) => held(index)));
      expect(await sittingOf(binding.sittingId)).toMatchObject({ verdict: null });
      await deliver(student, clocks, [items[cut]!]);
      expect(await sittingOf(binding.sittingId)).toMatchObject({ verdict: "ACCEPTED" });
      expect(outcomes(await deliver(student, clocks, items))).toEqual(items.map(() => "HELD"));
    }
  });

  it("whose missing part never arrives is set aside after five tries", async () => {
    const { student, tryout, chain } = await buildSitting();
    const [start, , ...rest] = await wholeChain(chain, tryout);
    await deliver(student, clocks, [start!, ...rest]);
    for (let index = 1; index < MAXIMUM_TRIES; index++) await deliver(student, clocks, rest);
    const { results } = await deliver(student, clocks, rest);
    expect(results.map(({ status }) => status)).toEqual(["DEAD", "DEAD", "DEAD"]);
  });

  it("whose entries were signed again in another order is a fork of the one that is held", async () => {
    const { student, tryout, chain, binding } = await buildSitting();
    const items = await wholeChain(chain, tryout);
    await deliver(student, clocks, items.slice(0, 3));
    const forked = new ChainMaker(student, clocks, binding);
    const swapped = [await forked.next("START"), await forked.next("ANSWER", { itemId: itemAt(tryout, 1) })];
    expect(outcomes(await deliver(student, clocks, swapped))).toEqual(["FORKED", "FORKED"]);
    const next = await forked.next("ANSWER", { itemId: itemAt(tryout, 1), sequence: 4 });
    expect(outcomes(await deliver(student, clocks, [next]))).toEqual(["BROKEN_LINK"]);
    expect(outcomes(await deliver(student, clocks, items))).toEqual(items.map(() => "HELD"));
  });

  it("of which two versions arrive at the same moment is held in one of them, whole", async () => {
    const { student, tryout, chain, binding } = await buildSitting();
    const other = new ChainMaker(student, clocks, binding);
    const one = await wholeChain(chain, tryout);
    const two = await wholeChain(other, tryout);
    await Promise.all([deliver(student, clocks, one), deliver(student, clocks, two)]);
    const entries = await entriesOf(binding.sittingId);
    const chains = [one, two].map((items) => items.map(({ clientId }) => clientId));
    const held = await db.syncItem.findMany({ where: { id: { in: entries.map(({ syncItemId }) => syncItemId) } } });
    const heldIds = held.map(({ clientId }) => clientId).toSorted();
    expect(chains.map((ids) => ids.toSorted())).toContainEqual(heldIds);
  });

  it("goes on past a fork that waits at the same place", async () => {
    const { student, tryout, chain, binding } = await buildSitting();
    const one = await wholeChain(chain, tryout);
    const two = await wholeChain(new ChainMaker(student, clocks, binding), tryout);
    // The ends of both wait; then all but the end of the first arrives, which must find its own end.
    await deliver(student, clocks, [two.at(-1)!]);
    await deliver(student, clocks, [one.at(-1)!]);
    await deliver(student, clocks, one.slice(0, -1));
    expect(await sittingOf(binding.sittingId)).toMatchObject({ verdict: "ACCEPTED" });
    expect(outcomes(await deliver(student, clocks, [two.at(-1)!]))).toEqual(["BROKEN_LINK"]);
  });

  it("of another device, package, person or key is rejected entry by entry", async () => {
    const { student, tryout, binding } = await buildSitting();
    const second = await buildOfflineStudent(test, clocks, { userId: student.userId });
    const stranger = await buildSitting();
    const otherPackage = await download(second, tryout);
    const forge = async (over: Partial<ChainBinding>, options: object = {}, by = student) =>
      new ChainMaker(by, clocks, { ...binding, sittingId: randomUUID(), ...over }).next("START", {}, options);
    const otherKey = await importPrivateKey((await generateKeys()).privateKey);
    const items = [
      await forge({ deviceId: second.deviceId }),
      await forge({}, { keyId: second.deviceId }),
      await forge({ packageId: otherPackage.binding.packageId }),
      await forge({ packageId: stranger.binding.packageId }),
      await forge({ contentHash: "A".repeat(43) }),
      await forge({}, { key: otherKey }),
      { ...(await forge({})), clientId: randomUUID() },
    ];
    expect(outcomes(await deliver(student, clocks, items))).toEqual([
      "FOREIGN_DEVICE",
      "FOREIGN_DEVICE",
      "FOREIGN_DEVICE",
      "UNKNOWN_PACKAGE",
      "FOREIGN_PACKAGE",
      "TAMPERED",
      "TAMPERED",
    ]);
    const [start] = await wholeChain(new ChainMaker(student, clocks, binding), tryout);
    expect(outcomes(await deliver({ ...student, deviceId: second.deviceId }, clocks, [start!]))).toEqual([
      "FOREIGN_DEVICE",
    ]);

    await deliver(stranger.student, clocks, [await stranger.chain.next("START")]);
    const stolen = await forge({ sittingId: stranger.binding.sittingId });
    expect(outcomes(await deliver(student, clocks, [stolen]))).toEqual(["FOREIGN_PACKAGE"]);
  });

  it("goes on after an answer that does not count", async () => {
    const { student, tryout, chain, binding } = await buildSitting();
    const itemId = itemAt(tryout, 0);
    const items = [
      await chain.next("START"),
      await chain.next("ANSWER", { itemId: randomUUID(), elapsedMs: 1000 }),
      await chain.next("ANSWER", { itemId, response: ["Z"], elapsedMs: 2000 }),
      await chain.next("ANSWER", { itemId, response: ["A", "A"], elapsedMs: 2000 }),
      await chain.next("ANSWER", { itemId, elapsedMs: 1000 }),
      await chain.next("ANSWER", { itemId, elapsedMs: 3000, answeredAt: "2026-11-01T00:00:00.000Z" }),
      await chain.next("ANSWER", { itemId, elapsedMs: 3000 }),
      await chain.next("FINISH", { elapsedMs: 4000 }),
      await chain.next("ANSWER", { itemId, elapsedMs: 5000 }),
    ];
    expect(outcomes(await deliver(student, clocks, items))).toEqual([
      "HELD",
      "UNKNOWN_ITEM",
      "INVALID_RESPONSE",
      "INVALID_RESPONSE",
      "ELAPSED_BACKWARDS",
      "OUTSIDE_WINDOW",
      "HELD",
      "HELD",
      "AFTER_FINISH",
    ]);
    expect((await sittingOf(binding.sittingId)).attempt!.answers).toMatchObject([{ itemId, elapsedMs: 3000 }]);
  });

  it("is kept by the database from gaps, forks and changes", async () => {
    const { student, tryout, chain, binding } = await buildSitting();
    await deliver(student, clocks, await wholeChain(chain, tryout));
    const [first] = await entriesOf(binding.sittingId);
    const { id: syncItemId } = await db.syncItem.create({
      data: {
        userId: student.userId,
        clientId: randomUUID(),
        deviceId: student.deviceId,
        kind: "ANSWER",
        priority: "HIGH",
        payload: "{}",
        createdAt: new Date(),
        receivedAt: new Date(),
        clockOffsetMs: 0n,
      },
    });
    const link = { ...first!, syncItemId, kind: "ANSWER", itemId: itemAt(tryout, 0), hash: "h" };
    for (const wrong of [
      { sequence: 2, previousSequence: 1, previousHash: first!.hash },
      { sequence: 9, previousSequence: 8, previousHash: "x" },
      { sequence: 6, previousSequence: 5, previousHash: "x" },
      { sequence: 6, previousSequence: null, previousHash: "x" },
    ])
      await expect(db.offlineEntry.create({ data: { ...link, ...wrong } })).rejects.toThrow(/constraint/i);
    const DELETE = "delete from offline_entries where sitting_id = $1";
    await expect(test.owner.query(DELETE, [binding.sittingId])).rejects.toThrow(/never changed/);
  });
});

describe("000-02 and C-02: an offline sitting", () => {
  it("becomes a scored attempt at the time at which it was sat", async () => {
    const { student, tryout, chain, binding } = await buildSitting();
    clocks.pass(2 * 24 * 60 * 60_000);
    const startedAt = clocks.server;
    const items = await wholeChain(chain, tryout, 4);
    clocks.pass(24 * 60 * 60_000);
    await deliver(student, clocks, items);
    const { attempt, ...sitting } = await sittingOf(binding.sittingId);
    expect(sitting).toMatchObject({ verdict: "ACCEPTED", reasons: [], startedAt: new Date(startedAt) });
    expect(attempt).toMatchObject({
      status: "SCORED",
      startedAt: new Date(startedAt),
      submittedAt: new Date(startedAt + 4 * 60_000),
      studentId: student.userId,
    });
    expect(attempt!.answers.map(({ receivedAt }) => receivedAt.getTime())).toEqual(
      Array.from({ length: 4 }, () => clocks.server),
    );
    const online = await buildAttempt(db, { tryoutId: tryout.id });
    expect(attempt!.score!.ability).toBeGreaterThan(0);
    expect(online.status).toBe("IN_PROGRESS");
  });

  it("on a device whose clock is years off is accepted, and the server's time stands beside the client's", async () => {
    clocks.skewMs = -3 * 365 * 24 * 60 * 60_000;
    const { student, tryout, chain, binding } = await buildSitting();
    const startedAt = clocks.server;
    await deliver(student, clocks, await wholeChain(chain, tryout));
    expect(await sittingOf(binding.sittingId)).toMatchObject({ verdict: "ACCEPTED", startedAt: new Date(startedAt) });
    const [first] = await entriesOf(binding.sittingId);
    expect(first).toMatchObject({
      answeredAt: new Date(startedAt + clocks.skewMs),
      correctedAt: new Date(startedAt),
      receivedAt: new Date(clocks.server),
    });
  });

  it("on a device whose clock was set meanwhile is flagged, scored, and shown to those in charge", async () => {
    const organizationId = randomUUID();
    const { student, tryout, chain, binding } = await buildSitting({}, { organizationId });
    clocks.pass(60 * 60_000);
    clocks.skewMs = -10 * 60_000;
    const items = await wholeChain(chain, tryout);
    await deliver(student, clocks, items);
    expect(await sittingOf(binding.sittingId)).toMatchObject({ verdict: "FLAGGED", reasons: ["CLOCK_CHANGED"] });
    const LIST = `{ offlineSittings(filter: { verdict: FLAGGED }) { totalCount edges { node { id reasons student { id } attempt { status } } } } }`;
    const viewer = (over: object) => test.as(buildViewer({ organizationId, permissions: ["attempts:read"], ...over }));
    const admin = viewer({ role: "ADMIN", staff: true });
    expect(await admin.data(LIST)).toEqual({
      offlineSittings: {
        totalCount: 1,
        edges: [
          {
            node: {
              id: binding.sittingId,
              reasons: ["CLOCK_CHANGED"],
              student: { id: student.userId },
              attempt: { status: "SCORED" },
            },
          },
        ],
      },
    });
    for (const nobody of [
      viewer({ role: "TEACHER", staff: true }),
      viewer({}),
      viewer({ role: "ADMIN", staff: true, organizationId: randomUUID() }),
    ])
      expect(await nobody.data(LIST)).toMatchObject({ offlineSittings: { totalCount: 0 } });
    expect(await student.client.data(LIST)).toMatchObject({ offlineSittings: { totalCount: 1 } });
  });

  it("that took too long is rejected: held, and not scored", async () => {
    const { student, tryout, chain, binding } = await buildSitting();
    const items = await wholeChain(chain, tryout, 40);
    expect(outcomes(await deliver(student, clocks, items))).toEqual(items.map(() => "HELD"));
    expect(await sittingOf(binding.sittingId)).toMatchObject({
      verdict: "REJECTED",
      reasons: ["TIME_EXCEEDED"],
      attemptId: null,
    });
    expect(await db.attempt.count({ where: { studentId: student.userId } })).toBe(0);
  });

  it("of a package that has expired counts when it was sat in time, and does not when it was not", async () => {
    const inTime = await buildSitting();
    const items = await wholeChain(inTime.chain, inTime.tryout);
    const late = await buildSitting();
    clocks.pass(PACKAGE_LIFE_MS);
    await deliver(inTime.student, clocks, items);
    expect(await sittingOf(inTime.binding.sittingId)).toMatchObject({ verdict: "ACCEPTED" });

    clocks.pass(60 * 60_000);
    const tooLate = await wholeChain(late.chain, late.tryout);
    const synced = await deliver(late.student, clocks, tooLate);
    expect(outcomes(synced)).toEqual(tooLate.map(() => "OUTSIDE_WINDOW"));
    expect(await sittingOf(late.binding.sittingId)).toMatchObject({ verdict: "REJECTED", attemptId: null });
  });

  it("on two devices at once counts once when the tryout is sat once", async () => {
    const { student, tryout, chain, binding } = await buildSitting({ kind: "SCHEDULED" });
    const second = await buildOfflineStudent(test, clocks, { userId: student.userId });
    const other = await download(second, tryout);
    const [one, two] = [await wholeChain(chain, tryout), await wholeChain(other.chain, tryout)];
    await Promise.all([deliver(student, clocks, one), deliver(second, clocks, two)]);
    const verdicts = await db.offlineSitting.findMany({
      where: { studentId: student.userId },
      select: { verdict: true, reasons: true },
    });
    expect(verdicts).toEqual(
      expect.arrayContaining([
        { verdict: "ACCEPTED", reasons: [] },
        { verdict: "REJECTED", reasons: ["ALREADY_SAT"] },
      ]),
    );
    expect(await db.attempt.count({ where: { studentId: student.userId } })).toBe(1);

    const again = new ChainMaker(student, clocks, { ...binding, sittingId: randomUUID() });
    expect(outcomes(await deliver(student, clocks, await wholeChain(again, tryout)))).toEqual(
      Array.from({ length: 5 }, () => "SECOND_SITTING"),
    );
  });

  it("of a practice can be repeated, on two devices too, and each is an attempt", async () => {
    const { student, tryout, chain, binding } = await buildSitting();
    const second = await buildOfflineStudent(test, clocks, { userId: student.userId });
    const other = await download(second, tryout);
    const again = new ChainMaker(student, clocks, { ...binding, sittingId: randomUUID() });
    const chains = [
      await wholeChain(chain, tryout),
      await wholeChain(other.chain, tryout),
      await wholeChain(again, tryout),
    ];
    await Promise.all([
      deliver(student, clocks, chains[0]!),
      deliver(second, clocks, chains[1]!),
      deliver(student, clocks, chains[2]!),
    ]);
    expect(await db.attempt.count({ where: { studentId: student.userId, status: "SCORED" } })).toBe(3);
  });

  it("is invisible to other people, without any where", async () => {
    const { student, tryout, chain } = await buildSitting();
    await deliver(student, clocks, await wholeChain(chain, tryout));
    const statements = ["offline_sittings", "offline_entries", "sync_items"].map((table) => `select * from ${table}`);
    const other = buildViewer({ organizationId: randomUUID(), staff: true });
    expect(await test.rowsAs(other, statements)).toEqual([[], [], []]);
    const [sittings, entries, items] = await test.rowsAs(student.client.viewer, statements);
    expect([sittings!.length, entries!.length, items!.length]).toEqual([1, 5, 5]);
  });

  it("takes as many statements for one more sitting in a list as for one", async () => {
    const { student, tryout, chain, binding } = await buildSitting();
    const LIST = `{ offlineSittings { edges { node { id student { id } attempt { id status } } } } }`;
    await deliver(student, clocks, await wholeChain(chain, tryout));
    const one = await test.statementsOf(() => student.client.data(LIST));
    const again = new ChainMaker(student, clocks, { ...binding, sittingId: randomUUID() });
    await deliver(student, clocks, await wholeChain(again, tryout));
    expect((await test.statementsOf(() => student.client.data(LIST))).length).toBe(one.length);
  });
});

describe("000-33 and C-21: credit for studying offline", () => {
  const studyDay = (packageId: string, at: number) => ({
    clientId: randomUUID(),
    kind: "GAMIFICATION",
    priority: "MEDIUM",
    createdAt: new Date(at).toISOString(),
    payload: JSON.stringify({ type: "STUDY_DAY", packageId, occurredAt: new Date(at).toISOString() }),
  });
  const creditedDays = async (userId: string, source = "") => {
    const { rows } = await test.owner.query<{ day: string }>(
      "select day::text as day from study_days where user_id = $1 and ($2 = '' or source::text = $2) order by day",
      [userId, source],
    );
    return rows.map(({ day }) => day);
  };

  it("is given once a local day on which answers are held, whatever the number of devices and deliveries", async () => {
    clocks.server = Date.parse("2026-11-20T16:58:30.000Z");
    const { student, tryout, chain, binding } = await buildSitting();
    // 23:58:30 to 00:01:30 in Jakarta: two days.
    const items = await wholeChain(chain, tryout);
    const days = [clocks.server - 180_000, clocks.server, clocks.server, clocks.server].map((at) =>
      studyDay(binding.packageId, at),
    );
    await Promise.all([deliver(student, clocks, [...items, ...days]), deliver(student, clocks, days)]);
    await deliver(student, clocks, days);
    expect(await creditedDays(student.userId)).toEqual(["2026-11-20", "2026-11-21"]);
  });

  it("is refused before the package, after it, and on days without answers", async () => {
    const { student, tryout, chain, binding } = await buildSitting();
    const items = await wholeChain(chain, tryout);
    const issued = clocks.server;
    clocks.pass(PACKAGE_LIFE_MS + 60 * 60_000);
    const { packageId } = binding;
    const days = [issued - 24 * 60 * 60_000, issued + 24 * 60 * 60_000, clocks.server].map((at) =>
      studyDay(packageId, at),
    );
    const foreign = studyDay(randomUUID(), issued);
    const synced = await deliver(student, clocks, [...items, ...days, foreign]);
    expect(outcomes(synced).slice(items.length)).toEqual([
      "OUTSIDE_WINDOW",
      "NO_EVIDENCE",
      "OUTSIDE_WINDOW",
      "UNKNOWN_PACKAGE",
    ]);
    expect(await creditedDays(student.userId, "OFFLINE")).toEqual([]);
  });
});
