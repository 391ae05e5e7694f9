import type { EventEnvelope } from "@lentera/kit";
import type { attemptScored } from "@lentera/learning/events";
import type { z } from "zod";
import type { Transaction } from "../context.js";
import { insertNotification } from "./notification.store.js";

/** Tells the student that an attempt has its score. */
export async function notifyOfScore(
  tx: Transaction,
  { studentId, ...data }: z.infer<typeof attemptScored.data>,
  { occurredAt }: EventEnvelope,
): Promise<void> {
  await insertNotification(tx, { userId: studentId, type: "ATTEMPT_SCORED", data, createdAt: new Date(occurredAt) });
}
