import { LenteraError } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import { subtestsLoader, tryoutLoader } from "../tryout/tryout.loader.js";
import { type SectionWindow, orderOf, windowsOf } from "../tryout/tryout.rules.js";
import { itemsLoader, keyOf, responsesLoader } from "./attempt.loader.js";
import { isOwn } from "./attempt.policy.js";
import type { Attempt, AttemptItem, AttemptSection } from "./attempt.type.js";

/**
 * The paper as the student sees it: in the student's own order when the tryout is randomised, and while it is sat without
 * the sections whose clock has not begun. @throws INSUFFICIENT_PERMISSIONS for everybody else
 */
export async function listItems(ctx: LearningContext, attempt: Attempt): Promise<AttemptItem[]> {
  if (!isOwn(ctx.viewer, attempt)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  const [{ randomizeItems }, items, responses, clocks] = await Promise.all([
    tryoutLoader(ctx).load(attempt.tryoutId),
    itemsLoader(ctx).load(attempt.tryoutId),
    responsesLoader(ctx).load(keyOf(attempt)),
    attempt.status === "IN_PROGRESS" ? findClocks(ctx, attempt) : null,
  ]);
  const inSets = items.map((item) => ({ ...item, passageId: item.passage?.id ?? null }));
  const ordered = randomizeItems ? orderOf(inSets, attempt.seed) : inSets;
  return ordered
    .map(({ passageId: _passageId, ...item }, index) => ({
      ...item,
      position: randomizeItems ? index + 1 : item.position,
      response: responses.get(item.id) ?? [],
    }))
    .filter(({ subtest }) => (clocks?.get(subtest)?.opensAt ?? attempt.startedAt) <= ctx.now());
}

/** The clocks of the sections by subtest; null when they have none of their own. */
async function findClocks(ctx: LearningContext, attempt: Attempt): Promise<ReadonlyMap<string, SectionWindow> | null> {
  const { hasSectionClocks } = await tryoutLoader(ctx).load(attempt.tryoutId);
  if (!hasSectionClocks) return null;
  return new Map((await listSections(ctx, attempt)).map((section) => [section.subtest, section]));
}

/** The sections in the order in which they are sat. */
export async function listSections(ctx: LearningContext, attempt: Attempt): Promise<AttemptSection[]> {
  const [{ hasSectionClocks }, sections] = await Promise.all([
    tryoutLoader(ctx).load(attempt.tryoutId),
    subtestsLoader(ctx).load(attempt.tryoutId),
  ]);
  return windowsOf(sections, attempt, hasSectionClocks);
}

/** How many items have a response. */
export async function countAnswered(ctx: LearningContext, attempt: Attempt): Promise<number> {
  const responses = await responsesLoader(ctx).load(keyOf(attempt));
  return [...responses.values()].filter((response) => response.length > 0).length;
}
