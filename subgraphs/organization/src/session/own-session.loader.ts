import { definePageLoader } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { listOwnSessions } from "./own-session.service.js";
import type { Session } from "./session.type.js";

/** One person of a selection is the viewer at most, and only their page asks the database. */
export const ownSessionsLoader = definePageLoader<OrganizationContext, Session>((ctx, userIds, args) =>
  Promise.all(userIds.map((userId) => listOwnSessions(ctx, userId, args))),
);
