import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  mapPage,
  paginate,
  requireSignedIn,
  validate,
} from "@lentera/kit";
import type { CommunityContext } from "../context.js";
import { type MarkNotificationReadInput, markNotificationReadRules } from "./notification.input.js";
import { notificationContent, wordsFor } from "./notification.rules.js";
import * as store from "./notification.store.js";
import type { MarkNotificationReadPayload, Notification } from "./notification.type.js";

/** The viewer's own notifications, newest first. */
export async function listNotifications(ctx: CommunityContext, args: ConnectionArguments): Promise<Page<Notification>> {
  const { userId } = requireSignedIn(ctx.viewer);
  const page = await paginate<store.NotificationRow>({
    args,
    orderBy: [
      { field: "createdAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (query) => store.findNotificationPage(ctx.db, userId, query),
    count: () => store.countNotifications(ctx.db, userId),
  });
  return mapPage(page, (row) => inWords(ctx, row));
}

/**
 * Notes when a notification was read; the first time counts.
 * @throws VALIDATION_ERROR for what is no id
 * @throws NOT_FOUND for a notification of somebody else
 */
export async function markNotificationRead(
  ctx: CommunityContext,
  input: MarkNotificationReadInput,
): Promise<MarkNotificationReadPayload> {
  const { notificationId } = validate(markNotificationReadRules, input);
  const { userId } = requireSignedIn(ctx.viewer);
  const row = await ctx.transaction(async (tx) => {
    await store.markRead(tx, userId, notificationId, ctx.now());
    return store.findNotification(tx, userId, notificationId);
  });
  if (row === null) throw new LenteraError("NOT_FOUND");
  return { notification: inWords(ctx, row) };
}

function inWords(ctx: CommunityContext, row: store.NotificationRow): Notification {
  const { id, createdAt, readAt } = row;
  return { id, createdAt, readAt, ...wordsFor(notificationContent.parse(row), ctx.identity.language) };
}
