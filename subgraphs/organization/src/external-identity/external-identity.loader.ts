import { definePageLoader } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { listOwnExternalIdentities } from "./external-identity.service.js";
import type { ExternalIdentity } from "./external-identity.type.js";

/** One person of a selection is the viewer at most, and only their page asks the database. */
export const ownExternalIdentitiesLoader = definePageLoader<OrganizationContext, ExternalIdentity>(
  (ctx, userIds, args) => Promise.all(userIds.map((userId) => listOwnExternalIdentities(ctx, userId, args))),
);
