import { LenteraError, defineLoader, inOrderOf } from "@lentera/kit";
import type { FinanceContext } from "../context.js";
import { visibleTo } from "./loan-application.policy.js";
import * as store from "./loan-application.store.js";
import type { LoanApplication, LoanApplicationMove, LoanDocument } from "./loan-application.type.js";
import { findDocuments } from "./loan-document.store.js";

export const loanApplicationLoader = defineLoader<FinanceContext, string, LoanApplication>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await store.findApplications(ctx.db, visibleTo(ctx.viewer), ids),
    ({ id }) => id,
    () => new LenteraError("NOT_FOUND"),
  ),
);

/** Of applications that the viewer may see. */
export const loanMovesLoader = defineLoader<FinanceContext, string, LoanApplicationMove[]>(async (ctx, ids) => {
  const moves = Map.groupBy(await store.findMoves(ctx.db, ids), ({ applicationId }) => applicationId);
  return ids.map((id) => moves.get(id) ?? []);
});

/** Of applications that the viewer may see. */
export const loanDocumentsLoader = defineLoader<FinanceContext, string, LoanDocument[]>(async (ctx, ids) => {
  const documents = Map.groupBy(await findDocuments(ctx.db, ids), ({ applicationId }) => applicationId);
  return ids.map((id) => documents.get(id) ?? []);
});
