import { type ConnectionArguments, type Page, paginate } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import { subtestsLoader } from "./tryout.loader.js";
import * as store from "./tryout.store.js";
import type { Tryout, TryoutFilter } from "./tryout.type.js";

/** The tryouts on offer, in the order in which they are offered. */
export function listTryouts(
  ctx: LearningContext,
  args: ConnectionArguments,
  filter: TryoutFilter,
): Promise<Page<Tryout>> {
  const where = store.offered(filter);
  return paginate<Tryout>({
    args,
    orderBy: [
      { field: "position", direction: "asc" },
      { field: "id", direction: "asc" },
    ],
    rows: (page) => store.findTryoutPage(ctx.db, where, page),
    count: () => store.countTryouts(ctx.db, where),
  });
}

export async function countItems(ctx: LearningContext, tryoutId: string): Promise<number> {
  const subtests = await subtestsLoader(ctx).load(tryoutId);
  return subtests.reduce((sum, { itemCount }) => sum + itemCount, 0);
}
