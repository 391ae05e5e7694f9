import type { PageQuery } from "@lentera/kit";
import type { Transaction } from "../context.js";
import type { NotificationContent } from "./notification.rules.js";

export interface NotificationRow {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

export function findNotificationPage(tx: Transaction, userId: string, page: PageQuery): Promise<NotificationRow[]> {
  return tx.notification.findMany({ ...page, where: { AND: [{ userId }, page.where] } });
}

export function countNotifications(tx: Transaction, userId: string): Promise<number> {
  return tx.notification.count({ where: { userId } });
}

export function findNotification(tx: Transaction, userId: string, id: string): Promise<NotificationRow | null> {
  return tx.notification.findFirst({ where: { id, userId } });
}

/** Only the first reading counts. */
export async function markRead(tx: Transaction, userId: string, id: string, readAt: Date): Promise<void> {
  await tx.notification.updateMany({ where: { id, userId, readAt: null }, data: { readAt } });
}

/** Does not read the row back: who writes it is not who may read it. */
export async function insertNotification(
  tx: Transaction,
  notification: NotificationContent & { readonly userId: string; readonly createdAt: Date },
): Promise<void> {
  await tx.notification.createMany({ data: notification });
}
