import type { OrganizationContext, Transaction } from "../context.js";
import { endedBefore } from "./retention.rules.js";
import { removeSecrets, removeSessions } from "./retention.store.js";

export const REMOVE_ENDED_JOB = "retention.remove-ended";

/** Removes what proved who somebody is and no longer does (001-44). Run again, it removes nothing more. */
export async function removeEnded(ctx: OrganizationContext): Promise<void> {
  const now = ctx.now();
  for (const remove of removeSecrets) await inBatches(ctx, (tx) => remove(tx, endedBefore("secret", now)));
  await inBatches(ctx, (tx) => removeSessions(tx, endedBefore("endedSession", now)));
}

async function inBatches(ctx: OrganizationContext, remove: (tx: Transaction) => Promise<number>): Promise<void> {
  let removed: number;
  do removed = await ctx.transaction(remove);
  while (removed > 0);
}
