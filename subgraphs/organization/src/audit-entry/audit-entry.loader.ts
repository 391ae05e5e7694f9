import { definePageLoader, paginateEach } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import * as store from "./audit-entry.store.js";
import type { AuditEntry } from "./audit-entry.type.js";

/** What each person did. */
export const activityLoader = definePageLoader<OrganizationContext, AuditEntry & { parentId: string }>(
  (ctx, actorIds, args) =>
    paginateEach({
      args,
      parentIds: actorIds,
      rows: (query) => store.findActivity(ctx.db, actorIds, query),
      parentOf: ({ parentId }) => parentId,
      sortValueOf: ({ occurredAt }) => occurredAt,
      counts: () => store.countActivity(ctx.db, actorIds),
    }),
);

/** What became of each setting. */
export const settingHistoryLoader = definePageLoader<OrganizationContext, AuditEntry & { parentId: string }>(
  (ctx, keys, args) =>
    paginateEach({
      args,
      parentIds: keys,
      rows: (query) => store.findHistories(ctx.db, "Setting", keys, ctx.viewer.organizationId, query),
      parentOf: ({ parentId }) => parentId,
      sortValueOf: ({ occurredAt }) => occurredAt,
      counts: () => store.countHistories(ctx.db, "Setting", keys, ctx.viewer.organizationId),
    }),
);
