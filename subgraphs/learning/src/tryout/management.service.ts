import { randomInt } from "node:crypto";
import {
  type ConnectionArguments,
  type ErrorDetail,
  LenteraError,
  type Page,
  addJob,
  asSystem,
  audit,
  emit,
  invalidField,
  paginate,
  requirePermission,
  requireSignedIn,
  validate,
} from "@lentera/kit";
import { pointsFor } from "../attempt/attempt.rules.js";
import { type Blueprint, type Candidate, compose } from "../blueprint/blueprint.rules.js";
import type { LearningContext, Transaction } from "../context.js";
import { attemptScored } from "../events.js";
import { findExamSubtests } from "../exam-type/exam-type.store.js";
import * as store from "./management.store.js";
import { tryoutLoader } from "./tryout.loader.js";
import {
  type CancelTryoutInput,
  type TryoutPlan,
  type CreateTryoutInput,
  type ScheduleTryoutInput,
  cancelTryoutRules,
  createTryoutRules,
  scheduleTryoutRules,
} from "./tryout.input.js";
import { canManage } from "./tryout.policy.js";
import { assertTryoutMove, releasesAt } from "./tryout.rules.js";
import { countTryouts, findTryoutPage, managed } from "./tryout.store.js";
import type { Tryout, TryoutManagementFilter } from "./tryout.type.js";

export const OPEN_JOB = "tryout.open";
export const CLOSE_JOB = "tryout.close";
export const RELEASE_JOB = "tryout.release";

/** The tryouts that the viewer manages, in every state, newest first. @throws INSUFFICIENT_PERMISSIONS */
export function listManagedTryouts(
  ctx: LearningContext,
  filter: TryoutManagementFilter,
  args: ConnectionArguments,
): Promise<Page<Tryout>> {
  requirePermission(ctx.viewer, "tryouts:create");
  const where = managed(ctx.viewer, filter);
  return paginate<Tryout>({
    args,
    orderBy: [
      { field: "createdAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (page) => findTryoutPage(ctx.db, where, page),
    count: () => countTryouts(ctx.db, where),
  });
}

/**
 * Composes a tryout as a draft: by hand, from shares, or both.
 * @throws INSUFFICIENT_PERMISSIONS without `tryouts:create`; VALIDATION_ERROR that says which constraint lacks how many items
 */
export async function createTryout(ctx: LearningContext, input: CreateTryoutInput): Promise<Tryout> {
  requirePermission(ctx.viewer, "tryouts:create");
  const { idempotencyKey, ...plan } = validate(createTryoutRules, input);
  const { userId: createdById, organizationId } = requireSignedIn(ctx.viewer);
  const candidates = await findCandidates(ctx, plan, organizationId);
  const { id } = await ctx.transactionOnce(
    { command: "createTryout", key: idempotencyKey, input: plan },
    async (tx) => {
      const names = await requireSubtests(tx, plan);
      const blueprint = blueprintOf(plan);
      requireNamed(plan, candidates);
      const chosen = choose(blueprint, candidates);
      const named = plan.sections.reduce((sum, { itemIds }) => sum + itemIds.length, 0);
      const wanted = plan.sections.reduce((sum, { itemCount }) => sum + itemCount, 0);
      const selection = named === wanted ? "MANUAL" : named === 0 ? "AUTO" : "MIXED";
      const { examTypeId, title, kind, hasSectionClocks, randomizeItems, attemptLimit } = plan;
      const { showResultsImmediately, allowReview, requiresAccessCode } = plan;
      const tryoutId = await store.insertTryout(tx, {
        tryout: {
          examTypeId,
          title,
          kind,
          hasSectionClocks,
          randomizeItems,
          attemptLimit,
          showResultsImmediately,
          allowReview,
        },
        organizationId,
        createdById,
        createdAt: ctx.now(),
        selection,
        blueprint: selection === "MANUAL" ? null : blueprint,
        sections: plan.sections.map(({ subtest, durationMinutes }, index) => ({
          subtest,
          name: names.get(subtest) ?? subtest,
          durationMinutes,
          itemIds: (chosen[index]?.items ?? []).map(({ itemId }) => itemId),
        })),
      });
      if (requiresAccessCode)
        await store.saveAccessCode(tx, tryoutId, ctx.encryption.encrypt(newAccessCode(), contextOf(tryoutId)));
      await note(ctx, tx, { id: tryoutId, organizationId }, "tryout.created", { title, kind, selection });
      return { id: tryoutId };
    },
  );
  return tryoutLoader(ctx).load(id);
}

async function requireSubtests(tx: Transaction, plan: TryoutPlan): Promise<Map<string, string>> {
  const subtests = await findExamSubtests(tx, [plan.examTypeId]);
  const names = new Map(subtests.map(({ code, name }) => [code, name]));
  const details = plan.sections.flatMap(({ subtest }, index): ErrorDetail[] =>
    names.has(subtest)
      ? []
      : [
          {
            path: `input.sections.${index}.subtest`,
            code: "NOT_FOUND",
            message: "The examination has no such subtest.",
          },
        ],
  );
  if (details.length > 0) throw new LenteraError("VALIDATION_ERROR", { details });
  return names;
}

function blueprintOf({ sections, targetInformation, maximumExposure }: TryoutPlan): Blueprint {
  return {
    targetInformation,
    maximumExposure,
    sections: sections.map(({ subtest, itemCount, itemIds, topics, difficulties }) => ({
      subtest,
      itemCount,
      itemIds,
      topics: topics.map(({ topic, count }) => ({ of: topic, count })),
      difficulties: difficulties.map(({ difficulty, count }) => ({ of: difficulty, count })),
    })),
  };
}

/** Read as the system, because an organization composes from the platform's items without seeing their parameters. */
function findCandidates(
  ctx: LearningContext,
  { examTypeId, sections }: TryoutPlan,
  organizationId: string | null,
): Promise<Candidate[]> {
  const subtests = sections.map(({ subtest }) => subtest);
  return asSystem(() => store.findCandidates(ctx.db, examTypeId, organizationId, subtests));
}

/** @throws VALIDATION_ERROR that names every item that cannot be chosen */
function requireNamed({ sections }: TryoutPlan, candidates: readonly Candidate[]): void {
  const subtestOf = new Map(candidates.map(({ itemId, subtest }) => [itemId, subtest]));
  const details = sections.flatMap(({ subtest, itemIds }, index) =>
    itemIds.flatMap((itemId, place): ErrorDetail[] => {
      const message = `No published question of subtest ${subtest} has this id.`;
      const path = `input.sections.${index}.itemIds.${place}`;
      return subtestOf.get(itemId) === subtest ? [] : [{ path, code: "NOT_FOUND", message }];
    }),
  );
  if (details.length > 0) throw new LenteraError("VALIDATION_ERROR", { details });
}

function choose(blueprint: Blueprint, candidates: readonly Candidate[]) {
  const composed = compose(blueprint, candidates);
  if ("sections" in composed) return composed.sections;
  const details = composed.shortages.map(({ path, message }): ErrorDetail => ({
    path: `input.${path}`,
    code: "LIMIT_EXCEEDED",
    message,
  }));
  throw new LenteraError("VALIDATION_ERROR", { details });
}

/** Without letters and digits that look alike; 31^8 codes are 40 bits. */
const ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const CODE_LENGTH = 8;

function newAccessCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}

function contextOf(tryoutId: string): string {
  return `tryout-access-code:${tryoutId}`;
}

/** The code in clear, for comparing it and for those who manage the tryout; null when none is asked for. */
export function readAccessCode(ctx: LearningContext, { id, accessCode }: Tryout): string | null {
  return accessCode === null ? null : ctx.encryption.decrypt(accessCode, contextOf(id));
}

/** For those who manage the tryout; null for everybody else. */
export function findAccessCode(ctx: LearningContext, tryout: Tryout): string | null {
  return canManage(ctx.viewer, tryout) ? readAccessCode(ctx, tryout) : null;
}

/**
 * Fixes when a draft can be sat; clocks open and close it.
 * @throws NOT_FOUND for a tryout that is not the viewer's to manage, ILLEGAL_STATE unless it is a DRAFT, VALIDATION_ERROR
 */
export async function scheduleTryout(ctx: LearningContext, input: ScheduleTryoutInput): Promise<Tryout> {
  const { tryoutId, closesAt, ...given } = validate(scheduleTryoutRules, input);
  await ctx.transaction(async (tx) => {
    const tryout = await lockManaged(ctx, tx, tryoutId);
    assertTryoutMove(tryout.status, "SCHEDULED");
    const now = ctx.now();
    const opensAt = given.opensAt ?? now;
    if (closesAt === null && tryout.kind === "SCHEDULED")
      throw invalidField("input.closesAt", "REQUIRED_FIELD_MISSING", "Say when it closes.");
    if (closesAt !== null && (closesAt <= opensAt || closesAt <= now))
      throw invalidField("input.closesAt", "INVALID_FORMAT", "It closes after it opens, and not in the past.");
    await store.updateTryoutStatus(tx, tryoutId, "SCHEDULED", { opensAt, closesAt });
    if (opensAt <= now) await store.updateTryoutStatus(tx, tryoutId, "ACTIVE");
    else await addJob(tx, OPEN_JOB, { tryoutId }, { key: `${OPEN_JOB}:${tryoutId}`, runAt: opensAt });
    if (closesAt !== null) await closeLater(tx, tryout, closesAt);
    await note(ctx, tx, tryout, "tryout.scheduled", { opensAt, closesAt });
  });
  return tryoutLoader(ctx).load(tryoutId);
}

async function closeLater(
  tx: Transaction,
  { id: tryoutId, showResultsImmediately }: Tryout,
  closesAt: Date,
): Promise<void> {
  await addJob(tx, CLOSE_JOB, { tryoutId }, { key: `${CLOSE_JOB}:${tryoutId}`, runAt: closesAt });
  if (!showResultsImmediately)
    await addJob(tx, RELEASE_JOB, { tryoutId }, { key: `${RELEASE_JOB}:${tryoutId}`, runAt: releasesAt(closesAt) });
}

/** Nobody can begin it any more; who has begun may finish. @throws NOT_FOUND, ILLEGAL_STATE when it is over */
export async function cancelTryout(ctx: LearningContext, input: CancelTryoutInput): Promise<Tryout> {
  const { tryoutId } = validate(cancelTryoutRules, input);
  await ctx.transaction(async (tx) => {
    const tryout = await lockManaged(ctx, tx, tryoutId);
    assertTryoutMove(tryout.status, "CANCELLED");
    await store.updateTryoutStatus(tx, tryoutId, "CANCELLED");
    await note(ctx, tx, tryout, "tryout.cancelled", { from: tryout.status });
  });
  return tryoutLoader(ctx).load(tryoutId);
}

/** What a clock does: opens a scheduled tryout when its time has come. */
export async function openTryout(ctx: LearningContext, tryoutId: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    const tryout = await store.lockTryout(tx, tryoutId);
    if (tryout?.status === "SCHEDULED" && tryout.opensAt !== null && tryout.opensAt <= ctx.now())
      await store.updateTryoutStatus(tx, tryoutId, "ACTIVE");
  });
}

/** What a clock does: completes an active tryout when its time is over. */
export async function closeTryout(ctx: LearningContext, tryoutId: string): Promise<void> {
  await openTryout(ctx, tryoutId);
  await ctx.transaction(async (tx) => {
    const tryout = await store.lockTryout(tx, tryoutId);
    if (tryout?.status === "ACTIVE" && tryout.closesAt !== null && tryout.closesAt <= ctx.now())
      await store.updateTryoutStatus(tx, tryoutId, "COMPLETED");
  });
}

/** What a clock does: tells everybody the scores that were held back until the end. */
export async function releaseResults(ctx: LearningContext, tryoutId: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    for (const { correct, ...scored } of await store.findScoresOf(tx, tryoutId))
      await emit(tx, attemptScored, { ...scored, points: pointsFor({ correct }) });
  });
}

async function lockManaged(ctx: LearningContext, tx: Transaction, id: string): Promise<Tryout> {
  const tryout = await store.lockTryout(tx, id);
  if (tryout === null || !canManage(ctx.viewer, tryout)) throw new LenteraError("NOT_FOUND");
  return tryout;
}

function note(
  ctx: LearningContext,
  tx: Transaction,
  { id, organizationId }: Pick<Tryout, "id" | "organizationId">,
  action: string,
  newValues: object,
): Promise<void> {
  return audit(tx, ctx.identity, { action, entityType: "Tryout", entityId: id, organizationId, newValues });
}
