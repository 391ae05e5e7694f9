import { type ConnectionArguments, type Page, addJob, paginate, requireSignedIn } from "@lentera/kit";
import type { SittingVerdict } from "@lentera/prisma/learning";
import type { LearningContext, Transaction } from "../../context.js";
import { maySitAgain } from "../../tryout/tryout.rules.js";
import { correctTime, judgeSitting } from "../offline.rules.js";
import * as store from "./sitting.store.js";
import { type ParsedEntry } from "./sync.input.js";
import type { OfflineSitting } from "./sync.type.js";

export const SETTLE_JOB = "offline.settle";

/** The end of a sitting, with all its entries held. */
export interface Finish {
  readonly entry: ParsedEntry;
  readonly offsetMs: number;
  readonly receivedAt: Date;
  /** The most time that any entry of the chain says has passed. */
  readonly elapsedMs: number;
}

/** Judges a sitting whose end has arrived, and hands it to scoring unless it is rejected. */
export async function finishSitting(tx: Transaction, facts: store.PackageFacts, finish: Finish): Promise<void> {
  const { entry, offsetMs, receivedAt, elapsedMs } = finish;
  const { sittingId } = entry;
  const durationMs = facts.durationMinutes * 60_000;
  const deviceStart = await store.findStart(tx, sittingId);
  const judged = judgeSitting({
    ...facts,
    startedAt: deviceStart,
    finishedAt: entry.answeredAt,
    elapsedMs,
    offsetAtIssueMs: Number(facts.clockOffsetMs),
    offsetAtSyncMs: offsetMs,
    receivedAt,
    durationMs,
  });
  const wasSat = !maySitAgain(facts, await store.countAttemptsLocked(tx, facts.studentId, facts.tryoutId));
  const verdict: SittingVerdict = wasSat ? "REJECTED" : judged.verdict;
  const reasons = wasSat ? ["ALREADY_SAT", ...judged.reasons] : [...judged.reasons];
  const startedAt = correctTime(deviceStart, { ...facts, offsetMs, receivedAt }) ?? facts.issuedAt;
  const deadline = new Date(startedAt.getTime() + durationMs);
  const end = Math.min(startedAt.getTime() + elapsedMs, deadline.getTime(), receivedAt.getTime());
  const submittedAt = new Date(Math.max(end, startedAt.getTime()));
  const attemptId =
    verdict === "REJECTED"
      ? null
      : await store.insertAttempt(tx, sittingId, facts, { startedAt, deadline, submittedAt });
  await store.finishSitting(tx, sittingId, { finishedAt: submittedAt, verdict, reasons, attemptId });
  if (attemptId !== null) await addJob(tx, SETTLE_JOB, { attemptId }, { key: `${SETTLE_JOB}:${attemptId}` });
}

/**
 * Sittings that were delivered, the newest first: the caller's own, and for staff who read attempts those of their
 * organization.
 */
export async function listSittings(
  ctx: LearningContext,
  args: ConnectionArguments,
  filter: { readonly verdict?: SittingVerdict | null },
): Promise<Page<OfflineSitting>> {
  const { userId, staff, permissions, role } = requireSignedIn(ctx.viewer);
  // A teacher reads the attempts of whom they teach, through `User.attempts`.
  const isInCharge = role === "PLATFORM_ADMIN" || (staff && role !== "TEACHER");
  const seesOthers = isInCharge && permissions.includes("attempts:read");
  const where = {
    ...(seesOthers ? {} : { studentId: userId }),
    ...(filter.verdict == null ? {} : { verdict: filter.verdict }),
  };
  return paginate<store.SittingRow>({
    args,
    orderBy: [
      { field: "startedAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (query) => store.findSittingPage(ctx.db, where, query),
    count: () => store.countSittings(ctx.db, where),
  });
}
