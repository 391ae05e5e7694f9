import { type ConnectionArguments, type Page, paginate } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import * as store from "./exam-type.store.js";
import type { ExamType } from "./exam-type.type.js";

/** All examinations, by code. */
export function listExamTypes(ctx: LearningContext, args: ConnectionArguments): Promise<Page<ExamType>> {
  return paginate<ExamType>({
    args,
    orderBy: [{ field: "code", direction: "asc" }],
    rows: (page) => store.findExamTypePage(ctx.db, page),
    count: () => store.countExamTypes(ctx.db),
  });
}
