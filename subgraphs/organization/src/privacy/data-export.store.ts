import type { PageQuery } from "@lentera/kit";
import type { Prisma } from "@lentera/prisma/organization";
import type { Transaction } from "../context.js";
import type { ArchivePart } from "./archive.js";
import type { DataExport } from "./privacy.type.js";

/** Some of what another subgraph stores about a person. */
export interface ReceivedPart {
  readonly subgraph: string;
  readonly position: number;
  readonly isLast: boolean;
  readonly record: string | null;
  readonly rows: unknown;
}

export function insertExport(tx: Transaction, userId: string, requestedAt: Date): Promise<DataExport> {
  return tx.dataExport.create({ data: { userId, requestedAt, missing: [] } });
}

export function findExport(tx: Transaction, id: string): Promise<DataExport | null> {
  return tx.dataExport.findFirst({ where: { id } });
}

/** Locked until the transaction ends; null when it is not being put together (any more). */
export async function lockCollecting(tx: Transaction, id: string): Promise<DataExport | null> {
  await tx.$executeRaw`select from data_exports where id = ${id}::uuid for update`;
  return tx.dataExport.findFirst({ where: { id, status: "COLLECTING" } });
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

/**
 * Takes a part, once, while the archive is being put together. Locks the archive, so that of the last two parts that come
 * at once the second sees that all are there.
 * @returns whether it was taken
 */
export async function insertPart(tx: Transaction, exportId: string, part: ReceivedPart): Promise<boolean> {
  const { subgraph, position, isLast, record, rows } = part;
  const count = await tx.$executeRaw`
    insert into data_export_parts (export_id, subgraph, position, is_last, record, rows)
    select id, ${subgraph}, ${position}::int, ${isLast}::boolean, ${record}, ${JSON.stringify(rows)}::jsonb from data_exports
    where id = ${exportId}::uuid and status = 'COLLECTING'
    for update
    on conflict do nothing`;
  return count > 0;
}

/** Whether a subgraph has given all of its parts, in whatever order they came. */
export async function isComplete(tx: Transaction, exportId: string, subgraph: string): Promise<boolean> {
  const last = await tx.dataExportPart.findFirst({
    where: { exportId, subgraph, isLast: true },
    select: { position: true },
  });
  return last !== null && last.position + 1 === (await tx.dataExportPart.count({ where: { exportId, subgraph } }));
}

/** What the subgraphs that have given all of their parts store: rows by kind. */
export function findCompleteParts(tx: Transaction, exportId: string): Promise<ArchivePart[]> {
  return tx.$queryRaw`
    select subgraph, coalesce(jsonb_object_agg(record, rows) filter (where record is not null), '{}') as data
    from (
      select p.subgraph, p.record, jsonb_agg(r.row order by p.position, r.place) filter (where r.row is not null) as rows
      from data_export_parts p left join lateral jsonb_array_elements(p.rows) with ordinality r(row, place) on true
      where p.export_id = ${exportId}::uuid and exists (
        select from data_export_parts l
        where l.export_id = p.export_id and l.subgraph = p.subgraph and l.is_last and l.position + 1 = (
          select count(*) from data_export_parts o where o.export_id = p.export_id and o.subgraph = p.subgraph))
      group by p.subgraph, p.record
    ) kinds
    group by subgraph order by subgraph`;
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
    select: {
      email: true,
      phone: true,
      birthDate: true,
      gender: true,
      status: true,
      emailVerifiedAt: true,
      lastSignedInAt: true,
    },
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
  return await tx.user.findFirstOrThrow({ where: { id: userId }, select: OWN_PART });
}
