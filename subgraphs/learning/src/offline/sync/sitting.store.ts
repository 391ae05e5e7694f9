import type { PageQuery } from "@lentera/kit";
import type { SittingVerdict, TryoutKind } from "@lentera/prisma/learning";
import { lockStart } from "../../attempt/attempt.store.js";
import type { Attempt } from "../../attempt/attempt.type.js";
import type { Transaction } from "../../context.js";
import { isSatOnce } from "../package/package.rules.js";
import type { ParsedEntry } from "./sync.input.js";
import type { ChainHead } from "./sync.rules.js";

/** What a package says about the sittings of it. */
export interface PackageFacts {
  readonly packageId: string;
  readonly contentHash: string;
  readonly deviceId: string;
  readonly devicePublicKey: string;
  readonly studentId: string;
  readonly organizationId: string | null;
  readonly tryoutId: string;
  readonly kind: TryoutKind;
  readonly attemptLimit: number | null;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly clockOffsetMs: bigint;
  readonly durationMinutes: number;
  readonly closesAt: Date | null;
}

/** The student's package, held so that its chains grow one entry at a time. */
export async function lockPackage(tx: Transaction, studentId: string, id: string): Promise<PackageFacts | null> {
  const [row] = await tx.$queryRaw<PackageFacts[]>`
    select p.id as "packageId", c.content_hash as "contentHash", p.device_id as "deviceId",
           d.public_key as "devicePublicKey", p.student_id as "studentId", p.organization_id as "organizationId",
           t.id as "tryoutId", t.kind, t.attempt_limit as "attemptLimit", p.issued_at as "issuedAt", p.expires_at as "expiresAt",
           p.clock_offset_ms as "clockOffsetMs", t.duration_minutes as "durationMinutes", t.closes_at as "closesAt"
    from offline_packages p
    join offline_contents c on c.id = p.content_id
    join offline_devices d on d.id = p.device_id
    join tryouts t on t.id = c.tryout_id
    where p.id = ${id}::uuid and p.student_id = ${studentId}::uuid
    for update of p`;
  return row ?? null;
}

export function findSittingPackage(tx: Transaction, id: string): Promise<{ packageId: string } | null> {
  return tx.offlineSitting.findFirst({ where: { id }, select: { packageId: true } });
}

export async function hasOtherSitting(tx: Transaction, packageId: string, id: string): Promise<boolean> {
  return (await tx.offlineSitting.count({ where: { packageId, id: { not: id } } })) > 0;
}

/** The end of the chain, with the most time that any of its entries says has passed. */
export async function findHead(tx: Transaction, sittingId: string): Promise<ChainHead | null> {
  const [head] = await tx.$queryRaw<ChainHead[]>`
    select sequence, hash, kind,
           (select max(elapsed_ms) from offline_entries where sitting_id = ${sittingId}::uuid) as "elapsedMs"
    from offline_entries where sitting_id = ${sittingId}::uuid
    order by sequence desc limit 1`;
  return head ?? null;
}

export async function insertSitting(tx: Transaction, id: string, facts: PackageFacts, startedAt: Date): Promise<void> {
  const { packageId, studentId, organizationId, tryoutId } = facts;
  const isGraded = isSatOnce(facts);
  await tx.offlineSitting.create({
    data: { id, packageId, studentId, organizationId, tryoutId, isGraded, startedAt },
  });
}

export async function insertEntry(
  tx: Transaction,
  entry: ParsedEntry,
  facts: { hash: string; syncItemId: string; correctedAt: Date; receivedAt: Date; refusal: string | null },
): Promise<void> {
  const { sittingId, sequence, previousHash, kind, itemId, response, elapsedMs, answeredAt } = entry;
  const link = { sittingId, sequence, previousHash, previousSequence: sequence === 1 ? null : sequence - 1 };
  await tx.offlineEntry.create({ data: { ...link, kind, itemId, response, elapsedMs, answeredAt, ...facts } });
}

/** When the START was made, by the device's clock. */
export async function findStart(tx: Transaction, sittingId: string): Promise<Date> {
  const { answeredAt } = await tx.offlineEntry.findFirstOrThrow({
    where: { sittingId, sequence: 1 },
    select: { answeredAt: true },
  });
  return answeredAt;
}

/** Sittings of the tryout that the student has begun or ended in any way, while none begins or is delivered. */
export async function countAttemptsLocked(tx: Transaction, studentId: string, tryoutId: string): Promise<number> {
  await lockStart(tx, studentId, tryoutId);
  return tx.attempt.count({ where: { studentId, tryoutId } });
}

/** Makes the attempt of a sitting, submitted and waiting for its score, of the answers that count. */
export async function insertAttempt(
  tx: Transaction,
  sittingId: string,
  { studentId, organizationId, tryoutId }: PackageFacts,
  times: { startedAt: Date; deadline: Date; submittedAt: Date },
): Promise<string> {
  const data = { studentId, organizationId, tryoutId, status: "SUBMITTED", ...times } as const;
  const { id } = await tx.attempt.create({ data, select: { id: true } });
  await tx.$executeRaw`
    insert into answers (attempt_id, client_id, item_id, response, answered_at, elapsed_ms, received_at)
    select ${id}::uuid, i.client_id, e.item_id, e.response,
           ${times.startedAt}::timestamptz + e.elapsed_ms * interval '1 millisecond', e.elapsed_ms, e.received_at
    from offline_entries e join sync_items i on i.id = e.sync_item_id
    where e.sitting_id = ${sittingId}::uuid and e.kind = 'ANSWER' and e.refusal is null
    order by e.sequence`;
  return id;
}

export async function finishSitting(
  tx: Transaction,
  id: string,
  end: { finishedAt: Date; verdict: SittingVerdict; reasons: string[]; attemptId: string | null },
): Promise<void> {
  await tx.offlineSitting.update({ where: { id }, data: end, select: { id: true } });
}

/** Keeps the newest position. @returns whether the student has such a sitting */
export async function keepProgress(
  tx: Transaction,
  studentId: string,
  progress: { sittingId: string; position: number; occurredAt: Date },
): Promise<boolean> {
  const { sittingId: id, position, occurredAt: progressAt } = progress;
  await tx.offlineSitting.updateMany({
    where: { id, studentId, OR: [{ progressAt: null }, { progressAt: { lt: progressAt } }] },
    data: { position, progressAt },
  });
  return (await tx.offlineSitting.count({ where: { id, studentId } })) > 0;
}

/** Whether an answer of the student that counts was given on a local day. @param day `YYYY-MM-DD` */
export async function hasAnsweredOn(tx: Transaction, studentId: string, day: string, zone: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select 1 from offline_entries e join offline_sittings s on s.id = e.sitting_id
    where s.student_id = ${studentId}::uuid and e.kind = 'ANSWER' and e.refusal is null
      and e.corrected_at >= ${day}::date::timestamp at time zone ${zone}
      and e.corrected_at < (${day}::date + 1)::timestamp at time zone ${zone}
    limit 1`;
  return rows.length > 0;
}

export interface SittingRow {
  readonly id: string;
  readonly packageId: string;
  readonly studentId: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly verdict: SittingVerdict | null;
  readonly reasons: string[];
  readonly position: number | null;
  readonly attemptId: string | null;
}

export function findSittingPage(tx: Transaction, where: object, page: PageQuery): Promise<SittingRow[]> {
  return tx.offlineSitting.findMany({ ...page, where: { AND: [where, page.where] } });
}

export function countSittings(tx: Transaction, where: object): Promise<number> {
  return tx.offlineSitting.count({ where });
}

/** Attempts of these sittings that wait for their score. */
export async function findUnscoredAttempts(
  tx: Transaction,
  studentId: string,
  sittingIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.offlineSitting.findMany({
    where: { studentId, id: { in: [...sittingIds] }, attempt: { status: "SUBMITTED" } },
    select: { attemptId: true },
  });
  return rows.flatMap(({ attemptId }) => attemptId ?? []);
}

export function findAttempts(tx: Transaction, ids: readonly string[]): Promise<Attempt[]> {
  return tx.attempt.findMany({ where: { id: { in: [...ids] } } });
}
