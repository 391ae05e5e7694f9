import type { RawClient } from "./context.js";
import type { RequestIdentity } from "./viewer.js";

/** A sensitive operation as it is written down, in the transaction that does it. */
export interface AuditEntry {
  /** Noun and past participle, e.g. `session.started`. */
  readonly action: string;
  readonly entityType: string;
  readonly entityId: string;
  readonly organizationId?: string | null;
  readonly actorId?: string | null;
  readonly oldValues?: unknown;
  readonly newValues?: unknown;
}

/** Appends to the hash-chained log of the organization (or of the platform). Never put secrets into the values. */
export async function audit(tx: RawClient, identity: RequestIdentity, entry: AuditEntry): Promise<void> {
  await tx.$executeRawUnsafe(
    `insert into app.audit_log
       (organization_id, actor_id, impersonator_id, action, entity_type, entity_id, old_values, new_values, ip, user_agent)
     values ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6, $7::jsonb, $8::jsonb, $9::inet, $10)`,
    entry.organizationId === undefined ? identity.viewer.organizationId : entry.organizationId,
    entry.actorId === undefined ? identity.viewer.userId : entry.actorId,
    identity.viewer.impersonatorId,
    entry.action,
    entry.entityType,
    entry.entityId,
    entry.oldValues === undefined ? null : JSON.stringify(entry.oldValues),
    entry.newValues === undefined ? null : JSON.stringify(entry.newValues),
    identity.ip ?? null,
    identity.userAgent ?? null,
  );
}
