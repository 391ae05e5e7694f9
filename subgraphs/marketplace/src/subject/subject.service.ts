import { type ConnectionArguments, type Page, paginate } from "@lentera/kit";
import type { MarketplaceContext } from "../context.js";
import * as store from "./subject.store.js";
import type { Subject } from "./subject.type.js";

/** The subjects on offer, by name. */
export function listSubjects(ctx: MarketplaceContext, args: ConnectionArguments): Promise<Page<Subject>> {
  return paginate<Subject>({
    args,
    orderBy: [
      { field: "name", direction: "asc" },
      { field: "id", direction: "asc" },
    ],
    rows: (page) => store.findSubjectPage(ctx.db, page),
    count: () => store.countSubjects(ctx.db),
  });
}
