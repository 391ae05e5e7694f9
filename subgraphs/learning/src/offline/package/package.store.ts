import type { PageQuery } from "@lentera/kit";
import { findItems } from "../../attempt/attempt.store.js";
import type { Transaction } from "../../context.js";
import type { PackageContent } from "./content.rules.js";

/** What a package of a tryout holds now. */
export async function readContent(tx: Transaction, tryout: PackageContent["tryout"]): Promise<PackageContent> {
  const { id: tryoutId } = tryout;
  const sections = await tx.tryoutSection.findMany({ where: { tryoutId }, orderBy: { position: "asc" } });
  const rows = await findItems(tx, [tryoutId]);
  const items = rows.map(({ passage, ...item }) => ({ ...item, passageId: passage?.id ?? null }));
  const passages = new Map(rows.flatMap(({ passage }) => (passage === null ? [] : [[passage.id, passage]])));
  return { format: 1, tryout, sections, passages: [...passages.values()], items };
}

/** The id and version of a content, stored now if it is new. One new version of a tryout at a time. */
export async function keepContent(
  tx: Transaction,
  content: { tryoutId: string; contentHash: string; content: Uint8Array<ArrayBuffer> },
): Promise<{ id: string; version: number; sizeBytes: number }> {
  const { tryoutId, contentHash } = content;
  await tx.$queryRaw`select 1 from pg_advisory_xact_lock(hashtextextended(${`offline_contents:${tryoutId}`}, 0))`;
  const known = await tx.offlineContent.findFirst({ where: { tryoutId, contentHash } });
  const last = await tx.offlineContent.aggregate({ where: { tryoutId }, _max: { version: true } });
  const row =
    known ?? (await tx.offlineContent.create({ data: { ...content, version: (last._max.version ?? 0) + 1 } }));
  return { id: row.id, version: row.version, sizeBytes: row.content.length };
}

export interface NewPackage {
  readonly id: string;
  readonly contentId: string;
  readonly deviceId: string;
  readonly studentId: string;
  readonly organizationId: string | null;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly clockOffsetMs: number;
  readonly manifest: string;
}

export async function insertPackage(tx: Transaction, { clockOffsetMs, ...row }: NewPackage): Promise<void> {
  await tx.offlinePackage.create({ data: { ...row, clockOffsetMs: BigInt(clockOffsetMs) } });
}

const WITH_CONTENT = { content: { select: { tryoutId: true, version: true, contentHash: true } } } as const;

export interface PackageRow {
  readonly id: string;
  readonly contentId: string;
  readonly deviceId: string;
  readonly studentId: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly manifest: string;
  readonly content: { readonly tryoutId: string; readonly version: number; readonly contentHash: string };
}

export function findPackage(tx: Transaction, id: string): Promise<PackageRow | null> {
  return tx.offlinePackage.findFirst({ where: { id }, include: WITH_CONTENT });
}

export function findPackagePage(tx: Transaction, studentId: string, page: PageQuery): Promise<PackageRow[]> {
  return tx.offlinePackage.findMany({ ...page, where: { AND: [{ studentId }, page.where] }, include: WITH_CONTENT });
}

export function countPackages(tx: Transaction, studentId: string): Promise<number> {
  return tx.offlinePackage.count({ where: { studentId } });
}

/** Compressed sizes, without reading what they are the sizes of. */
export async function findContentSizes(tx: Transaction, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ id: string; size: number }[]>`
    select id, octet_length(content) as size from offline_contents where id = any(${[...ids]}::uuid[])`;
  return new Map(rows.map(({ id, size }) => [id, size]));
}

export async function findContents(tx: Transaction, ids: readonly string[]): Promise<Map<string, Uint8Array>> {
  const rows = await tx.offlineContent.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, content: true },
  });
  return new Map(rows.map(({ id, content }) => [id, content]));
}

/** Sittings of the tryout that the student has begun or ended, online or delivered. */
export function countAttempts(tx: Transaction, studentId: string, tryoutId: string): Promise<number> {
  return tx.attempt.count({ where: { studentId, tryoutId } });
}
