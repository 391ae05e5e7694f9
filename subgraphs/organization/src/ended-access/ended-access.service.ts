import { LenteraError } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import * as store from "./ended-access.store.js";
import type { EndedAccess } from "./ended-access.type.js";

/** Whose access has ended since a moment. @throws INSUFFICIENT_PERMISSIONS for all but the gateway */
export async function listEndedAccess(ctx: OrganizationContext, since: Date): Promise<EndedAccess[]> {
  if (ctx.viewer.kind !== "SYSTEM") throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  return store.findEndedAccess(ctx.db, since);
}
