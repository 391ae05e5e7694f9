import { type ChainEntry, entryHash, genesisHash } from "../chain.js";
import { importPrivateKey, signToken } from "../signed-token.js";
import type { Environment } from "./environment.js";
import type { QueueItem, SittingRecord } from "./records.js";

export interface Sittings {
  /** Begins a sitting of a downloaded package. @throws Error for an expired one @returns its id */
  start(packageId: string): Promise<string>;
  /** Writes down a response, empty to take it back. */
  answer(sittingId: string, itemId: string, response: readonly string[]): Promise<void>;
  finish(sittingId: string): Promise<void>;
  /** The sitting as it is on this device. */
  sitting(sittingId: string): Promise<SittingRecord>;
}

type Step = Pick<ChainEntry, "kind" | "itemId" | "response">;

const NOTHING = { itemId: null, response: [] } as const;

export function createSittings({ records, now, clock, monotonic, device }: Environment): Sittings {
  /** Elapsed time at a moment of the clock that nobody can set; lost when the process ends. */
  const anchors = new Map<string, { readonly at: number; readonly elapsedMs: number }>();
  /** Entries of one chain are made one after the other. */
  let last: Promise<unknown> = Promise.resolve();

  const sitting = async (sittingId: string): Promise<SittingRecord> => {
    const record = await records.get("sittings", sittingId);
    if (record === undefined) throw new Error("This sitting is not on this device.");
    return record;
  };

  /** After a restart the device's clock is all there is to say how long it took. */
  const elapsed = (sittingId: string, head: SittingRecord): number => {
    const anchor = anchors.get(sittingId) ?? {
      at: monotonic() - Math.max(0, clock() - Date.parse(head.at)),
      elapsedMs: head.elapsedMs,
    };
    anchors.set(sittingId, anchor);
    return Math.max(head.elapsedMs, Math.round(anchor.elapsedMs + monotonic() - anchor.at));
  };

  /** Signs the next entry and keeps it together with the new head, or neither. */
  const append = async (head: SittingRecord, step: Step, elapsedMs: number): Promise<void> => {
    const { id: keyId, privateKey } = await device();
    const clientId = crypto.randomUUID();
    const answeredAt = now();
    const { binding, sequence: before, hash: previousHash } = head;
    const sequence = before + 1;
    const entry: ChainEntry = { ...binding, ...step, sequence, previousHash, clientId, elapsedMs, answeredAt };
    const payload = await signToken("lentera-entry", entry, await importPrivateKey(privateKey), keyId);
    const { sittingId } = binding;
    const item: QueueItem = {
      clientId,
      kind: "ANSWER",
      priority: "HIGH",
      createdAt: answeredAt,
      payload,
      order: sequence,
      sittingId,
    };
    const grown: SittingRecord = {
      binding,
      sequence,
      hash: await entryHash(payload),
      elapsedMs,
      at: answeredAt,
      isFinished: step.kind === "FINISH",
      responses: step.itemId === null ? head.responses : { ...head.responses, [step.itemId]: step.response },
    };
    await records.write([
      { store: "queue", key: clientId, value: item },
      { store: "sittings", key: sittingId, value: grown },
    ]);
  };

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };

  const goOn = (sittingId: string, step: Step): Promise<void> =>
    inTurn(async () => {
      const head = await sitting(sittingId);
      if (head.isFinished) throw new Error("This sitting has ended.");
      await append(head, step, elapsed(sittingId, head));
    });

  return {
    sitting,
    start: (packageId) =>
      inTurn(async () => {
        const stored = await records.get("packages", packageId);
        if (stored === undefined) throw new Error("This package is not on this device.");
        if (stored.manifest.expiresAt <= now()) throw new Error("This package has expired.");
        const { contentHash, deviceId } = stored.manifest;
        const sittingId = crypto.randomUUID();
        const binding = { packageId, contentHash, deviceId, sittingId };
        const genesis = { binding, sequence: 0, hash: await genesisHash(binding), elapsedMs: 0, at: now() };
        anchors.set(sittingId, { at: monotonic(), elapsedMs: 0 });
        await append({ ...genesis, isFinished: false, responses: {} }, { kind: "START", ...NOTHING }, 0);
        return sittingId;
      }),
    answer: (sittingId, itemId, response) => goOn(sittingId, { kind: "ANSWER", itemId, response }),
    finish: (sittingId) => goOn(sittingId, { kind: "FINISH", ...NOTHING }),
  };
}
