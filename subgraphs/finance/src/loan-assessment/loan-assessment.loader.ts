import { LenteraError, defineLoader, inOrderOf } from "@lentera/kit";
import type { FinanceContext } from "../context.js";
import { shown } from "./loan-assessment.service.js";
import * as store from "./loan-assessment.store.js";
import type { LoanAssessment } from "./loan-assessment.type.js";

/** Of applications that the viewer may see; PostgreSQL agrees. */
export const loanAssessmentLoader = defineLoader<FinanceContext, string, LoanAssessment>(async (ctx, ids) =>
  inOrderOf(
    ids,
    (await store.findAssessments(ctx.db, {}, ids)).map(shown),
    ({ id }) => id,
    () => new LenteraError("NOT_FOUND"),
  ),
);
