import { LenteraError } from "@lentera/kit";
import type { Transaction } from "../context.js";
import * as store from "./way-in.store.js";

/**
 * To be asked after a way to sign in was removed, in the same transaction: somebody who has just removed their last one
 * could never come back.
 * @throws ILLEGAL_STATE when none is left
 */
export async function requireWayIn(tx: Transaction, userId: string): Promise<void> {
  if (await store.hasWayIn(tx, userId)) return;
  const message = "This is your last way to sign in: choose a password first.";
  throw new LenteraError("ILLEGAL_STATE", { details: [{ path: "input", code: "ILLEGAL_STATE", message }] });
}
