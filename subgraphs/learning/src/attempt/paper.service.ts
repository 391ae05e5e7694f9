import { LenteraError } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import { itemsLoader, keyOf, responsesLoader } from "./attempt.loader.js";
import { isOwn } from "./attempt.policy.js";
import type { Attempt, AttemptItem } from "./attempt.type.js";

/** The paper as the student sees it. @throws INSUFFICIENT_PERMISSIONS for everybody else */
export async function listItems(ctx: LearningContext, attempt: Attempt): Promise<AttemptItem[]> {
  if (!isOwn(ctx.viewer, attempt)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  const [items, responses] = await Promise.all([
    itemsLoader(ctx).load(attempt.tryoutId),
    responsesLoader(ctx).load(keyOf(attempt)),
  ]);
  return items.map((item) => ({ ...item, response: responses.get(item.id) ?? [] }));
}

/** How many items have a response. */
export async function countAnswered(ctx: LearningContext, attempt: Attempt): Promise<number> {
  const responses = await responsesLoader(ctx).load(keyOf(attempt));
  return [...responses.values()].filter((response) => response.length > 0).length;
}
