import { type ConnectionArguments, type Page, audit, paginateEach, requirePermission, validate } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { type AuditEntryFilter, type ExportAuditLogInput, exportRules } from "./audit-entry.input.js";
import { chainExportedBy, organizationSeenBy } from "./audit-entry.policy.js";
import * as store from "./audit-entry.store.js";
import type { AuditEntry, ExportAuditLogPayload } from "./audit-entry.type.js";

/** Newest first. @throws INSUFFICIENT_PERMISSIONS without `audit:read` */
export async function listAuditEntries(
  ctx: OrganizationContext,
  filter: AuditEntryFilter,
  args: ConnectionArguments,
): Promise<Page<AuditEntry>> {
  requirePermission(ctx.viewer, "audit:read");
  const organizationId = organizationSeenBy(ctx.viewer, filter.organizationId);
  const [page] = await paginateEach<AuditEntry>({
    args,
    parentIds: [LOG],
    rows: (query) => store.findAuditEntries(ctx.db, filter, organizationId, query),
    parentOf: () => LOG,
    sortValueOf: ({ occurredAt }) => occurredAt,
    counts: async () => new Map([[LOG, await store.countAuditEntries(ctx.db, filter, organizationId)]]),
  });
  if (page === undefined) throw new Error("One list has one page.");
  return page;
}

/** The log is the only parent of its pages. */
const LOG = "log";

/**
 * A part of one chain in the form that `verify.ts` checks. That somebody took it out is itself an entry.
 * @throws INSUFFICIENT_PERMISSIONS without `audit:read`
 * @throws VALIDATION_ERROR for a limit outside 1..1000
 */
export async function exportAuditLog(
  ctx: OrganizationContext,
  input: ExportAuditLogInput,
): Promise<ExportAuditLogPayload> {
  requirePermission(ctx.viewer, "audit:read");
  const { organizationId: wanted, afterSequence, limit } = validate(exportRules, input);
  const organizationId = chainExportedBy(ctx.viewer, wanted);
  return ctx.transaction(async (tx) => {
    const entries = await store.findChain(tx, organizationId, afterSequence, limit);
    await audit(tx, ctx.identity, {
      action: "audit_log.exported",
      entityType: "AuditLog",
      entityId: organizationId ?? "platform",
      organizationId,
      newValues: { afterSequence, entries: entries.length },
    });
    return {
      lines: entries.map(lineOf).join(""),
      nextAfterSequence: entries.length < limit ? null : (entries.at(-1)?.sequence ?? null),
    };
  });
}

/** `entry` goes in as it is, byte for byte, because that is what its hash is of. */
function lineOf({ previousHash, hash, entry }: store.ExportedEntry): string {
  return `{"previousHash":"${previousHash}","hash":"${hash}","entry":${entry}}\n`;
}
