import { definePageLoader } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { listOwnAddresses } from "./address.service.js";
import type { Address } from "./address.type.js";

/** One person of a selection is the viewer at most, and only their page asks the database. */
export const ownAddressesLoader = definePageLoader<OrganizationContext, Address>((ctx, userIds, args) =>
  Promise.all(userIds.map((userId) => listOwnAddresses(ctx, userId, args))),
);
