import { LenteraError, defineLoader, withGrants } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import type { Class } from "../stubs.js";
import { countProgress, findSittings } from "./management.store.js";
import { tryoutLoader } from "./tryout.loader.js";
import { canManage } from "./tryout.policy.js";
import type { ClassTryoutProgress, TryoutProgress } from "./tryout.type.js";

function topicOf(tryoutId: string): string {
  return `tryout:${tryoutId}`;
}

/** Says that somebody has begun or finished; after the transaction that made it true. */
export function announceProgress(ctx: LearningContext, tryoutId: string): void {
  ctx.pubSub.publish(topicOf(tryoutId), { tryoutId });
}

/** One message for each start and finish. @throws NOT_FOUND for a tryout that is not the viewer's to manage */
export async function watchProgress(ctx: LearningContext, tryoutId: string): Promise<AsyncIterable<unknown>> {
  await requireManaged(ctx, tryoutId);
  return ctx.pubSub.subscribe(topicOf(tryoutId));
}

/** @throws NOT_FOUND for a tryout that is not, or no longer, the viewer's to manage */
export async function findProgress(ctx: LearningContext, tryoutId: string): Promise<TryoutProgress> {
  await requireManaged(ctx, tryoutId);
  return { tryoutId, ...(await countProgress(ctx.db, tryoutId)) };
}

interface ClassSitting {
  readonly tryoutId: string;
  readonly studentIds: readonly string[];
}

/** The roster comes from its owner, who has decided that the viewer may see the class. */
const classProgressLoader = defineLoader<LearningContext, ClassSitting, ClassTryoutProgress>(async (ctx, keys) => {
  const studentIds = [...new Set(keys.flatMap((key) => key.studentIds))];
  const tryoutIds = [...new Set(keys.map(({ tryoutId }) => tryoutId))];
  const sittings = await withGrants(studentIds, () => findSittings(ctx.db, tryoutIds, studentIds));
  return keys.map(({ tryoutId, studentIds }) => {
    const ofClass = sittings.filter((one) => one.tryoutId === tryoutId && studentIds.includes(one.studentId));
    const submitted = ofClass.filter(({ hasSubmitted }) => hasSubmitted).length;
    return { students: studentIds.length, started: ofClass.length, submitted };
  });
});

/** How far a class is, for those who see its students. */
export async function findClassProgress(
  ctx: LearningContext,
  { studentIds = [] }: Class,
  tryoutId: string,
): Promise<ClassTryoutProgress | null> {
  if (!ctx.viewer.permissions.includes("attempts:read")) return null;
  return classProgressLoader(ctx).load({ tryoutId, studentIds });
}

async function requireManaged(ctx: LearningContext, tryoutId: string): Promise<void> {
  if (!canManage(ctx.viewer, await tryoutLoader(ctx).load(tryoutId))) throw new LenteraError("NOT_FOUND");
}
