import { LenteraError, type Viewer } from "@lentera/kit";

/**
 * What only the person may do: change how they prove who they are, open their records to others, move money.
 * @throws INSUFFICIENT_PERMISSIONS while an admin acts as somebody
 */
export function refuseWhileImpersonating(ctx: { readonly viewer: Viewer }): void {
  if (ctx.viewer.impersonatorId !== null) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
}
