import type { Transaction } from "../context.js";

export interface FileRow {
  readonly id: string;
  readonly organizationId: string | null;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly completedAt: Date | null;
  readonly expiresAt: Date;
}

export interface NewFile {
  /** Null for a person's own file. */
  readonly organizationId: string | null;
  readonly ownerId: string | null;
  readonly name: string;
  readonly mediaType: string;
  readonly expiresAt: Date;
  /** What is announced; 0 when nobody knows yet. */
  readonly sizeBytes?: number;
}

export async function insertFile(tx: Transaction, file: NewFile): Promise<string> {
  const { id } = await tx.file.create({ data: { sizeBytes: 0, ...file }, select: { id: true } });
  return id;
}

export async function insertPiece(
  tx: Transaction,
  fileId: string,
  position: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  await tx.fileContent.create({ data: { fileId, position, bytes }, select: { position: true } });
}

export async function completeFile(
  tx: Transaction,
  id: string,
  facts: { sizeBytes: number; sha256: Uint8Array<ArrayBuffer>; completedAt: Date },
): Promise<void> {
  await tx.file.update({ where: { id }, data: facts, select: { id: true } });
}

const FACTS = {
  id: true,
  organizationId: true,
  name: true,
  mediaType: true,
  sizeBytes: true,
  completedAt: true,
  expiresAt: true,
} as const;

export function findFile(tx: Transaction, id: string): Promise<FileRow | null> {
  return tx.file.findFirst({ where: { id }, select: FACTS });
}

/** The file, locked until the transaction ends, so that it is written once. */
export async function lockFile(tx: Transaction, id: string): Promise<FileRow | null> {
  await tx.$queryRaw`select 1 from files where id = ${id}::uuid for update`;
  return findFile(tx, id);
}

/** One piece of a file, or null after the last. */
export async function findPiece(tx: Transaction, fileId: string, position: number): Promise<Uint8Array | null> {
  const piece = await tx.fileContent.findFirst({ where: { fileId, position } });
  return piece?.bytes ?? null;
}

/** Removes the bytes of a file that has expired; what it was stays. */
export async function deleteExpiredContents(tx: Transaction, fileId: string, now: Date): Promise<void> {
  await tx.fileContent.deleteMany({ where: { fileId, file: { expiresAt: { lte: now } } } });
}
