import { LenteraError } from "@lentera/kit";
import type { LearningContext } from "../../context.js";
import { PREMIUM, isEntitled } from "./entitlement.rules.js";
import { findEntitlement } from "./entitlement.store.js";

/**
 * @throws SUBSCRIPTION_EXPIRED when the viewer's entitlement to premium content has ended
 * @throws INSUFFICIENT_PERMISSIONS when there has never been one
 */
export async function requirePremium(ctx: LearningContext, userId: string): Promise<void> {
  const entitlement = await findEntitlement(ctx.db, userId, PREMIUM);
  if (entitlement === null) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  if (!isEntitled(entitlement, ctx.now())) throw new LenteraError("SUBSCRIPTION_EXPIRED");
}
