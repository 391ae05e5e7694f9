import { defineLoader } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import * as store from "./platform-admin.store.js";
import type { LastSignIn } from "./platform-admin.type.js";

export const lastSignInLoader = defineLoader<OrganizationContext, string, LastSignIn | null>(async (ctx, userIds) => {
  const found = await store.findLastSignIns(ctx.db, userIds);
  return userIds.map((userId) => found.get(userId) ?? null);
});
