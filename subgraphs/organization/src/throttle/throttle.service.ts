import { createHash } from "node:crypto";
import { LenteraError, asSystem } from "@lentera/kit";
import type { OrganizationContext, Transaction } from "../context.js";
import { FORGIVEN_AFTER_MS, FREE_FAILURES, afterFailure, waitMs } from "./throttle.rules.js";
import * as store from "./throttle.store.js";

function keyOf(kind: "account" | "address" | "letter", subject: string): store.ThrottleKey {
  return new Uint8Array(createHash("sha256").update(`${kind}:${subject}`).digest());
}

/**
 * Runs one attempt to prove who somebody is. Attempts on an account are counted before they are judged, so that many at
 * once are no way around the wait, and forgotten when one succeeds; unknown accounts count like known ones. A network
 * address is charged for failures only and is not forgiven for a success, which an attacker could always have.
 *
 * @param account the e-mail address that is claimed, in lower case
 * @throws RATE_LIMITED while either has to wait
 * @throws what `attempt` throws
 */
export async function withBackOff<Result>(
  ctx: OrganizationContext,
  account: string,
  attempt: () => Promise<Result>,
): Promise<Result> {
  await asSystem(() => ctx.transaction((tx) => countAttempt(ctx, tx, account)));
  try {
    const result = await attempt();
    await forgetFailures(ctx, account);
    return result;
  } catch (error) {
    if (isWrongGuess(error)) await chargeAddress(ctx);
    throw error;
  }
}

/** Clears what an account failed so far, e.g. when a letter has proven who its holder is. */
export async function forgetFailures(ctx: OrganizationContext, account: string): Promise<void> {
  await asSystem(() => store.deleteThrottle(ctx.db, keyOf("account", account)));
}

/** @returns whether this letter may be sent: one per kind, reader and minute, so that nobody's mailbox can be flooded */
export async function mayWrite(
  ctx: OrganizationContext,
  tx: Transaction,
  template: string,
  to: string,
): Promise<boolean> {
  const now = ctx.now();
  const key = keyOf("letter", `${template}:${to}`);
  if (waitMs(await store.lockThrottle(tx, key), now) > 0) return false;
  const blockedUntil = new Date(now.getTime() + BETWEEN_LETTERS_MS);
  await store.saveThrottle(tx, key, { failures: 0, lastFailedAt: now, blockedUntil });
  return true;
}

const BETWEEN_LETTERS_MS = 60_000;

async function countAttempt(ctx: OrganizationContext, tx: Transaction, account: string): Promise<void> {
  const now = ctx.now();
  const key = keyOf("account", account);
  const state = await store.lockThrottle(tx, key);
  const address =
    ctx.identity.ip === undefined ? null : await store.findThrottle(tx, keyOf("address", ctx.identity.ip));
  const wait = Math.max(waitMs(state, now), waitMs(address, now));
  if (wait > 0) throw tooSoon(wait);
  await store.saveThrottle(tx, key, afterFailure(state, now, FREE_FAILURES.account));
  await store.deleteForgiven(tx, new Date(now.getTime() - 2 * FORGIVEN_AFTER_MS));
}

async function chargeAddress(ctx: OrganizationContext): Promise<void> {
  const { ip } = ctx.identity;
  if (ip === undefined) return;
  const key = keyOf("address", ip);
  await asSystem(() =>
    ctx.transaction(async (tx) => {
      const state = await store.lockThrottle(tx, key);
      await store.saveThrottle(tx, key, afterFailure(state, ctx.now(), FREE_FAILURES.address));
    }),
  );
}

/** Being asked for the second factor is no failure. */
function isWrongGuess(error: unknown): boolean {
  return (
    error instanceof LenteraError &&
    error.code === "INVALID_CREDENTIALS" &&
    !error.details.some(({ code }) => code === "REQUIRED_FIELD_MISSING")
  );
}

function tooSoon(wait: number): LenteraError {
  const message = `Try again in ${Math.ceil(wait / 1000)} seconds.`;
  return new LenteraError("RATE_LIMITED", { details: [{ path: "input", code: "RATE_LIMITED", message }] });
}
