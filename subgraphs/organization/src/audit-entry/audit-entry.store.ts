import type { EachQuery } from "@lentera/kit";
import { Prisma } from "@lentera/prisma/organization";
import type { Transaction } from "../context.js";
import type { AuditEntryFilter } from "./audit-entry.input.js";
import type { AuditEntry } from "./audit-entry.type.js";

const COLUMNS = Prisma.sql`
  log.id, log.sequence::int as sequence, log.organization_id as "organizationId", log.actor_id as "actorId",
  log.impersonator_id as "impersonatorId", log.action, log.entity_type as "entityType", log.entity_id as "entityId",
  log.old_values as "oldValues", log.new_values as "newValues", host(log.ip) as ip, log.user_agent as "userAgent",
  log.occurred_at as "occurredAt"`;

/** Newest first. `organizationId` undefined: of all. */
export function findAuditEntries(
  tx: Transaction,
  filter: AuditEntryFilter,
  organizationId: string | undefined,
  { take, beyond }: EachQuery,
): Promise<AuditEntry[]> {
  return tx.$queryRaw`
    select ${COLUMNS} from app.audit_log log
    where ${conditions(filter, organizationId)} and ${past(beyond)}
    order by log.id desc limit ${take}`;
}

export async function countAuditEntries(
  tx: Transaction,
  filter: AuditEntryFilter,
  organizationId: string | undefined,
): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from app.audit_log log where ${conditions(filter, organizationId)}`;
  return row?.count ?? 0;
}

/** What each person did, in person or as an impersonator; newest first. */
export function findActivity(
  tx: Transaction,
  actorIds: readonly string[],
  { take, beyond }: EachQuery,
): Promise<(AuditEntry & { parentId: string })[]> {
  return tx.$queryRaw`
    select entry.*, person.id::text as "parentId"
    from unnest(${[...actorIds]}::uuid[]) as person(id)
    cross join lateral (
      select ${COLUMNS} from app.audit_log log
      where (log.actor_id = person.id or log.impersonator_id = person.id) and ${past(beyond)}
      order by log.id desc limit ${take}
    ) entry`;
}

export async function countActivity(tx: Transaction, actorIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ id: string; count: number }[]>`
    select person.id, (select count(*)::int from app.audit_log log
      where log.actor_id = person.id or log.impersonator_id = person.id) as count
    from unnest(${[...actorIds]}::uuid[]) as person(id)`;
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** What happened to each entity of one type, in the platform's chain and in the organization's; newest first. */
export function findHistories(
  tx: Transaction,
  entityType: string,
  entityIds: readonly string[],
  organizationId: string | null,
  { take, beyond }: EachQuery,
): Promise<(AuditEntry & { parentId: string })[]> {
  return tx.$queryRaw`
    select entry.*, entity.id as "parentId"
    from unnest(${[...entityIds]}::text[]) as entity(id)
    cross join lateral (
      select ${COLUMNS} from app.audit_log log
      where log.entity_type = ${entityType} and log.entity_id = entity.id and ${past(beyond)}
        and (log.organization_id is null or log.organization_id = ${organizationId}::uuid)
      order by log.id desc limit ${take}
    ) entry`;
}

export async function countHistories(
  tx: Transaction,
  entityType: string,
  entityIds: readonly string[],
  organizationId: string | null,
): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ id: string; count: number }[]>`
    select log.entity_id as id, count(*)::int as count from app.audit_log log
    where log.entity_type = ${entityType} and log.entity_id = any(${[...entityIds]}::text[])
      and (log.organization_id is null or log.organization_id = ${organizationId}::uuid)
    group by log.entity_id`;
  return new Map(rows.map(({ id, count }) => [id, count]));
}

export interface ExportedEntry {
  readonly sequence: number;
  readonly previousHash: string;
  readonly hash: string;
  /** Byte for byte what was hashed. */
  readonly entry: string;
}

/** One chain, oldest first. The list of fields must be that of `app.audit_hash`. */
export function findChain(
  tx: Transaction,
  organizationId: string | null,
  afterSequence: number,
  limit: number,
): Promise<ExportedEntry[]> {
  return tx.$queryRaw`
    select log.sequence::int as sequence, encode(log.previous_hash, 'hex') as "previousHash", encode(log.hash, 'hex') as hash,
      jsonb_build_array(
        log.id, log.sequence, log.organization_id, log.actor_id, log.impersonator_id, log.action, log.entity_type,
        log.entity_id, log.old_values, log.new_values, text(log.ip), log.user_agent,
        extract(epoch from log.occurred_at)
      )::text as entry
    from app.audit_log log
    where log.organization_id is not distinct from ${organizationId}::uuid and log.sequence > ${afterSequence}
    order by log.sequence limit ${limit}`;
}

function past(beyond: EachQuery["beyond"]): Prisma.Sql {
  return beyond === null ? Prisma.sql`true` : Prisma.sql`log.id < ${beyond.id}::uuid`;
}

function conditions(filter: AuditEntryFilter, organizationId: string | undefined): Prisma.Sql {
  const { actorId, entityType, entityId, action, from, to } = filter;
  const wanted = [
    organizationId === undefined ? null : Prisma.sql`log.organization_id = ${organizationId}::uuid`,
    actorId == null ? null : Prisma.sql`(log.actor_id = ${actorId}::uuid or log.impersonator_id = ${actorId}::uuid)`,
    entityType == null ? null : Prisma.sql`log.entity_type = ${entityType}`,
    entityId == null ? null : Prisma.sql`log.entity_id = ${entityId}`,
    action == null ? null : Prisma.sql`log.action = ${action}`,
    from == null ? null : Prisma.sql`log.occurred_at >= ${from}`,
    to == null ? null : Prisma.sql`log.occurred_at < ${to}`,
  ].filter((condition) => condition !== null);
  return wanted.length === 0 ? Prisma.sql`true` : Prisma.join(wanted, " and ");
}
