import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  asSystem,
  audit,
  mapPage,
  paginate,
  wholePage,
} from "@lentera/kit";
import { requirePersonThemselves } from "../account/account.policy.js";
import type { OrganizationContext } from "../context.js";
import { REFRESH_TOKEN_LIFETIME_MS } from "./session.rules.js";
import * as store from "./session.store.js";
import type { RevokeOtherSessionsPayload, RevokeSessionPayload, Session } from "./session.type.js";

/** Sessions that can still go on, newest first. Empty unless `userId` is the viewer. */
export async function listOwnSessions(
  ctx: OrganizationContext,
  userId: string,
  args: ConnectionArguments,
): Promise<Page<Session>> {
  if (ctx.viewer.userId !== userId) return wholePage<Session>([]);
  const usedAfter = new Date(ctx.now().getTime() - REFRESH_TOKEN_LIFETIME_MS);
  const page = await paginate<store.SessionRow>({
    args,
    orderBy: [
      { field: "createdAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (query) => store.findSessionPage(ctx.db, userId, usedAfter, query),
    count: () => store.countSessions(ctx.db, userId, usedAfter),
  });
  return mapPage(page, (session) => ({ ...session, current: session.id === ctx.viewer.sessionId }));
}

/**
 * Ends one of the caller's sessions.
 * @throws NOT_FOUND for one that is somebody else's, ended or not there
 */
export async function revokeSession(ctx: OrganizationContext, sessionId: string): Promise<RevokeSessionPayload> {
  const { userId } = requirePersonThemselves(ctx.viewer);
  await asSystem(() =>
    ctx.transaction(async (tx) => {
      if (!(await store.revokeOwnSession(tx, userId, sessionId, ctx.now()))) throw new LenteraError("NOT_FOUND");
      const entry = { action: "session.revoked", entityType: "Session", entityId: sessionId, organizationId: null };
      await audit(tx, ctx.identity, entry);
    }),
  );
  return { sessionId };
}

/** Ends all of the caller's sessions but the one that asks. */
export async function revokeOtherSessions(ctx: OrganizationContext): Promise<RevokeOtherSessionsPayload> {
  const { userId, sessionId } = requirePersonThemselves(ctx.viewer);
  return asSystem(() =>
    ctx.transaction(async (tx) => {
      const endedSessions = await store.revokeSessions(tx, userId, sessionId, ctx.now());
      const entry = { action: "session.others_revoked", entityType: "User", entityId: userId, organizationId: null };
      await audit(tx, ctx.identity, { ...entry, newValues: { endedSessions } });
      return { endedSessions };
    }),
  );
}
