import { definePageLoader } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { listOwnPasskeys } from "./passkey.service.js";
import type { Passkey } from "./passkey.type.js";

/** One person of a selection is the viewer at most, and only their page asks the database. */
export const ownPasskeysLoader = definePageLoader<OrganizationContext, Passkey>((ctx, userIds, args) =>
  Promise.all(userIds.map((userId) => listOwnPasskeys(ctx, userId, args))),
);
