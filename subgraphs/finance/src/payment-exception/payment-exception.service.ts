import {
  LenteraError,
  type Page,
  type SignedInViewer,
  audit,
  invalidField,
  paginate,
  refuseWhileImpersonating,
  requireSignedIn,
  validate,
} from "@lentera/kit";
import type { PaymentException } from "@lentera/prisma/finance";
import type { FinanceContext, Transaction } from "../context.js";
import { acceptReceived, returnReceived } from "../payment/wrong-amount.service.js";
import { managesPayments } from "../payment/payment.policy.js";
import {
  type PaymentExceptionListArguments,
  type ResolvePaymentExceptionInput,
  resolvePaymentExceptionRules,
} from "./payment-exception.input.js";
import * as store from "./payment-exception.store.js";

const WRONG_AMOUNT: readonly string[] = ["UNDERPAID", "OVERPAID"];

/**
 * Ends an exception with a note, or proposes what moves money, which another person has to approve.
 * @throws INSUFFICIENT_PERMISSIONS unless the viewer is of the platform's finance staff, and while impersonating
 * @throws NOT_FOUND, ILLEGAL_STATE for one that is resolved or proposed, VALIDATION_ERROR for a resolution that does not fit
 */
export async function resolveException(
  ctx: FinanceContext,
  input: ResolvePaymentExceptionInput,
): Promise<{ paymentException: PaymentException }> {
  const { userId } = requireFinanceStaff(ctx);
  const { id, resolution, note } = validate(resolvePaymentExceptionRules, input);
  return ctx.transaction(async (tx) => {
    const exception = await store.lockException(tx, id);
    if (exception === null) throw new LenteraError("NOT_FOUND");
    if (exception.status !== "OPEN") throw new LenteraError("ILLEGAL_STATE");
    if (resolution !== "NOTE" && !WRONG_AMOUNT.includes(exception.kind))
      throw invalidField("input.resolution", "INVALID_FORMAT", "Only a note ends this exception.");
    const change =
      resolution === "NOTE"
        ? { status: "RESOLVED" as const, resolvedById: userId, resolvedAt: ctx.now() }
        : { status: "PROPOSED" as const, proposedById: userId };
    const paymentException = await store.updateException(tx, id, { ...change, resolution, note });
    await writeDown(ctx, tx, resolution === "NOTE" ? "resolved" : "proposed", paymentException);
    return { paymentException };
  });
}

/**
 * Does what another person has proposed.
 * @throws INSUFFICIENT_PERMISSIONS for the person who proposed it and for those who are not of the platform's finance staff
 * @throws NOT_FOUND, ILLEGAL_STATE when nothing is proposed
 */
export async function approveException(
  ctx: FinanceContext,
  id: string,
): Promise<{ paymentException: PaymentException }> {
  const { userId } = requireFinanceStaff(ctx);
  return ctx.transaction(async (tx) => {
    const exception = await store.lockException(tx, id);
    if (exception === null) throw new LenteraError("NOT_FOUND");
    const { status, resolution, proposedById, attemptId } = exception;
    if (status !== "PROPOSED" || attemptId === null) throw new LenteraError("ILLEGAL_STATE");
    if (proposedById === userId) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
    await (resolution === "ACCEPT" ? acceptReceived : returnReceived)(ctx, tx, attemptId);
    const done = { status: "RESOLVED", resolvedById: userId, resolvedAt: ctx.now() } as const;
    const paymentException = await store.updateException(tx, id, done);
    await writeDown(ctx, tx, "approved", paymentException);
    return { paymentException };
  });
}

/** Exceptions, newest first. @throws INSUFFICIENT_PERMISSIONS unless the viewer is of the platform's finance staff */
export function listExceptions(
  ctx: FinanceContext,
  { statuses, kinds, ...args }: PaymentExceptionListArguments,
): Promise<Page<PaymentException>> {
  requireReader(ctx);
  const where = {
    ...(statuses != null && { status: { in: statuses } }),
    ...(kinds != null && { kind: { in: kinds } }),
  };
  return paginate<PaymentException>({
    args,
    orderBy: [
      { field: "createdAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (page) => store.findExceptionPage(ctx.db, where, page),
    count: () => store.countExceptions(ctx.db, where),
  });
}

function requireReader(ctx: FinanceContext): SignedInViewer {
  const viewer = requireSignedIn(ctx.viewer);
  if (!managesPayments(viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  return viewer;
}

function requireFinanceStaff(ctx: FinanceContext): SignedInViewer {
  refuseWhileImpersonating(ctx);
  return requireReader(ctx);
}

async function writeDown(
  ctx: FinanceContext,
  tx: Transaction,
  what: string,
  { id, resolution, note }: PaymentException,
): Promise<void> {
  const entry = { entityType: "PaymentException", entityId: id, organizationId: null, newValues: { resolution, note } };
  await audit(tx, ctx.identity, { ...entry, action: `payment_exception.${what}` });
}
