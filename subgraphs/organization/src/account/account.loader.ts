import { defineLoader, inOrderOf } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import * as store from "./account.store.js";

/** The viewer's own account; null for everybody else. */
export const ownAccountLoader = defineLoader<OrganizationContext, string, store.OwnAccount | null>(
  async (ctx, userIds) =>
    inOrderOf(
      userIds,
      await store.findAccounts(
        ctx.db,
        userIds.filter((userId) => userId === ctx.viewer.userId),
      ),
      (account) => account.userId,
      () => null,
    ),
);
