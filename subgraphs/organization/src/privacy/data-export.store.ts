import type { PageQuery } from "@lentera/kit";
import type { Prisma } from "@lentera/prisma/organization";
import type { Transaction } from "../context.js";
import type { ArchivePart } from "./archive.js";
import type { DataExport } from "./privacy.type.js";

export function insertExport(tx: Transaction, userId: string, requestedAt: Date): Promise<DataExport> {
  return tx.dataExport.create({ data: { userId, requestedAt, missing: [] } });
}

export function findExport(tx: Transaction, id: string): Promise<DataExport | null> {
  return tx.dataExport.findUnique({ where: { id } });
}

/** Locked until the transaction ends; null when it is not being put together (any more). */
export async function lockCollecting(tx: Transaction, id: string): Promise<DataExport | null> {
  await tx.$executeRaw`select from data_exports where id = ${id}::uuid for update`;
  return tx.dataExport.findUnique({ where: { id, status: "COLLECTING" } });
}

export function findCollecting(tx: Transaction, userId: string): Promise<DataExport | null> {
  return tx.dataExport.findFirst({ where: { userId, status: "COLLECTING" } });
}

export function findPage(tx: Transaction, userId: string, page: PageQuery): Promise<DataExport[]> {
  return tx.dataExport.findMany({ ...page, where: { AND: [{ userId }, page.where] } });
}

export function countExports(tx: Transaction, userId: string): Promise<number> {
  return tx.dataExport.count({ where: { userId } });
}

/** Takes a part, once, while the archive is being put together. @returns whether it was taken */
export async function insertPart(tx: Transaction, exportId: string, part: ArchivePart): Promise<boolean> {
  const count = await tx.$executeRaw`
    insert into data_export_parts (export_id, subgraph, data)
    select id, ${part.subgraph}, ${JSON.stringify(part.data)}::jsonb from data_exports
    where id = ${exportId}::uuid and status = 'COLLECTING'
    on conflict do nothing`;
  return count > 0;
}

export function findParts(tx: Transaction, exportId: string): Promise<ArchivePart[]> {
  return tx.dataExportPart.findMany({
    where: { exportId },
    select: { subgraph: true, data: true },
    orderBy: { receivedAt: "asc" },
  });
}

/** Closes the collection; the parts are in the archive now. */
export async function completeExport(
  tx: Transaction,
  id: string,
  data: { fileId: string; missing: string[]; readyAt: Date; expiresAt: Date },
): Promise<void> {
  await tx.dataExport.update({ where: { id }, data: { ...data, status: "READY" }, select: { id: true } });
  await tx.dataExportPart.deleteMany({ where: { exportId: id } });
}

/** What this subgraph stores about a person: no hashes, no secrets, of other people only ids. */
const OWN_PART = {
  id: true,
  fullName: true,
  role: true,
  language: true,
  timeZone: true,
  createdAt: true,
  account: {
    select: { email: true, phone: true, birthDate: true, status: true, emailVerifiedAt: true, lastSignedInAt: true },
  },
  addresses: { omit: { userId: true } },
  passkeys: { select: { name: true, createdAt: true, lastUsedAt: true } },
  externalIdentities: { omit: { userId: true } },
  sessions: { select: { id: true, userAgent: true, createdAt: true, lastUsedAt: true, revokedAt: true } },
  memberships: { omit: { userId: true } },
  enrollments: { omit: { studentId: true } },
  classes: { select: { classId: true, organizationId: true } },
  guardianLinks: true,
  studentLinks: true,
  impersonations: { omit: { userId: true } },
  erasures: { omit: { userId: true } },
} as const satisfies Prisma.UserSelect;

export async function findOwnPart(tx: Transaction, userId: string) {
  return await tx.user.findUniqueOrThrow({ where: { id: userId }, select: OWN_PART });
}
