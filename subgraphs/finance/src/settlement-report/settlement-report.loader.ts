import { defineLoader } from "@lentera/kit";
import type { FinanceContext } from "../context.js";
import * as store from "./settlement-report.store.js";
import type { SettlementVerdictCount } from "./settlement-report.type.js";

/** How many lines of each report have which verdict. */
export const verdictsLoader = defineLoader<FinanceContext, string, SettlementVerdictCount[]>(async (ctx, ids) => {
  const counted = Map.groupBy(await store.countVerdicts(ctx.db, ids), ({ reportId }) => reportId);
  return ids.map((id) => counted.get(id) ?? []);
});
