import {
  type ConnectionArguments,
  type ErrorDetail,
  LenteraError,
  type Page,
  audit,
  paginate,
  requirePermission,
  validate,
} from "@lentera/kit";
import { countActiveClasses } from "../class/class.store.js";
import type { OrganizationContext, Transaction } from "../context.js";
import { lockWorkingOrganization } from "../organization/organization.service.js";
import { type PreviewRolloverInput, previewRolloverRules } from "./rollover.input.js";
import { type RolloverWish, conflictsOf, stepOf } from "./rollover.rules.js";
import * as store from "./rollover.store.js";
import type { Rollover, RolloverMove } from "./rollover.type.js";

/**
 * Works out what a change of the academic year would do, and changes nothing.
 * @throws INSUFFICIENT_PERMISSIONS without `classes:manage`, VALIDATION_ERROR for wishes about classes that do not end
 */
export async function previewRollover(ctx: OrganizationContext, input: PreviewRolloverInput): Promise<Rollover> {
  requirePermission(ctx.viewer, "classes:manage");
  const { fromAcademicYear, toAcademicYear, classes: wishes } = validate(previewRolloverRules, input);
  return ctx.transaction(async (tx) => {
    const { id: organizationId, maxClasses } = await lockWorkingOrganization(ctx, tx);
    const ending = (await store.findClassesOfYear(tx, organizationId, fromAcademicYear)).filter((old) => old.isActive);
    const wishOf = new Map((wishes ?? []).map((wish) => [wish.classId, wish]));
    requireKnown(wishes ?? [], new Set(ending.map(({ id }) => id)));
    const classes = ending.map((old) => stepOf(old, wishOf.get(old.id)));
    const next = await store.findClassesOfYear(tx, organizationId, toAcademicYear);
    const otherActiveClasses = (await countActiveClasses(tx, organizationId)) - ending.length;
    const conflicts = conflictsOf(classes, next, { maxClasses, otherActiveClasses });
    const fingerprint = await store.findFingerprint(tx, organizationId, [fromAcademicYear, toAcademicYear]);
    const preview = { organizationId, fromAcademicYear, toAcademicYear, fingerprint, classes, conflicts };
    return findOwn(tx, organizationId, await store.insertRollover(tx, preview));
  });
}

function requireKnown(wishes: readonly RolloverWish[], ending: ReadonlySet<string>): void {
  const details = wishes.flatMap(({ classId }, index): ErrorDetail[] => {
    const message = "Choose an active class of the year that ends.";
    return ending.has(classId) ? [] : [{ path: `input.classes.${index}.classId`, code: "NOT_FOUND", message }];
  });
  if (details.length > 0) throw new LenteraError("VALIDATION_ERROR", { details });
}

/**
 * Does what a preview says, all of it or nothing. Applying it again changes nothing.
 * @throws INSUFFICIENT_PERMISSIONS without `classes:manage`, NOT_FOUND
 * @throws ILLEGAL_STATE when the preview has conflicts, or classes or students have changed since
 */
export async function applyRollover(ctx: OrganizationContext, rolloverId: string): Promise<Rollover> {
  requirePermission(ctx.viewer, "classes:manage");
  return ctx.transaction(async (tx) => {
    const { id: organizationId } = await lockWorkingOrganization(ctx, tx);
    const rollover = await findOwn(tx, organizationId, rolloverId);
    if (rollover.appliedAt !== null) return rollover;
    const { fromAcademicYear, toAcademicYear, classes, conflicts } = rollover;
    if (conflicts.length > 0) throw refused("Solve the conflicts and preview again.");
    if (rollover.fingerprint !== (await store.findFingerprint(tx, organizationId, [fromAcademicYear, toAcademicYear])))
      throw refused("Classes or students have changed since the preview: preview again.");
    await store.applyRollover(tx, rollover, ctx.now());
    await audit(tx, ctx.identity, {
      action: "rollover.applied",
      entityType: "Rollover",
      entityId: rollover.id,
      organizationId,
      newValues: { fromAcademicYear, toAcademicYear, classes },
    });
    return findOwn(tx, organizationId, rollover.id);
  });
}

function refused(message: string): LenteraError {
  return new LenteraError("ILLEGAL_STATE", { details: [{ path: "input.rolloverId", code: "ILLEGAL_STATE", message }] });
}

/** @throws INSUFFICIENT_PERMISSIONS without `classes:manage`, NOT_FOUND */
export async function getRollover(ctx: OrganizationContext, id: string): Promise<Rollover> {
  requirePermission(ctx.viewer, "classes:manage");
  if (ctx.viewer.organizationId === null) throw new LenteraError("NOT_FOUND");
  return findOwn(ctx.db, ctx.viewer.organizationId, id);
}

/** Who goes where, class by class. */
export function listMoves(
  ctx: OrganizationContext,
  rolloverId: string,
  args: ConnectionArguments,
): Promise<Page<RolloverMove>> {
  return paginate<RolloverMove>({
    args,
    orderBy: [{ field: "id", direction: "asc" }],
    rows: (page) => store.findMovePage(ctx.db, rolloverId, page),
    count: () => store.countMoves(ctx.db, rolloverId),
  });
}

async function findOwn(tx: Transaction, organizationId: string, id: string): Promise<store.StoredRollover> {
  const rollover = await store.findRollover(tx, organizationId, id);
  if (rollover === undefined) throw new LenteraError("NOT_FOUND");
  return rollover;
}
