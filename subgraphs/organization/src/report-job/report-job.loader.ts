import { LenteraError, defineLoader, inOrderOf } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { visibleTo } from "./report-job.policy.js";
import * as store from "./report-job.store.js";

export const reportJobLoader = defineLoader<OrganizationContext, string, store.ReportJobRecord>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await store.findReportJobs(ctx.db, visibleTo(ctx.viewer), ids),
    ({ id }) => id,
    () => new LenteraError("NOT_FOUND"),
  ),
);
