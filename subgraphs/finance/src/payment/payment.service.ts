import {
  LenteraError,
  type Page,
  asSystem,
  audit,
  invalidField,
  paginate,
  refuseWhileImpersonating,
  requireSignedIn,
  toMinorUnits,
  toMoney,
  addJob,
  validate,
} from "@lentera/kit";
import type { Payment, PaymentMethod as MethodRow } from "@lentera/prisma/finance";
import QRCode from "qrcode";
import type { FinanceContext, Transaction } from "../context.js";
import { isWithinLimits, processingFee } from "../payment-method/payment-method.rules.js";
import { findMethod } from "../payment-method/payment-method.store.js";
import { OFFERS, type PaymentMethod, type ProviderName } from "../provider/provider.js";
import { DEFAULT_FEES, chooseProviders } from "../provider/routing.rules.js";
import { ADVANCE_JOB, TAKE_OVER_AFTER_MS, advancePayment } from "./attempt.service.js";
import { instructionsFor } from "./instructions.rules.js";
import { tellFailure } from "./payment.event.js";
import {
  type CancelPaymentInput,
  type CreatePaymentInput,
  type PaymentFilterInput,
  type PaymentListArguments,
  createPaymentRules,
} from "./payment.input.js";
import { liveAttemptLoader, paymentLoader } from "./payment.loader.js";
import { visibleTo } from "./payment.policy.js";
import { isOpen } from "./payment.rules.js";
import * as store from "./payment.store.js";
import type { PaymentInstructions } from "./payment.type.js";
import { PURPOSES } from "./purposes.js";

/** Success rates are those of the last hour. */
const HEALTH_WINDOW_MS = 3_600_000;

/**
 * Starts paying for something with a way to pay, once per idempotency key, and asks the best provider for it. The price is
 * the server's. Where no provider answers for sure, the payment is PROCESSING and settles by itself.
 * @throws VALIDATION_ERROR for every field that is wrong, and for a method that cannot take the amount
 * @throws NOT_FOUND for a thing that is not the viewer's to pay
 * @throws RESOURCE_ALREADY_EXISTS for a thing that is paid
 * @throws PAYMENT_GATEWAY_ERROR when no provider can take it
 * @throws INSUFFICIENT_PERMISSIONS while impersonating, IDEMPOTENCY_CONFLICT for a key that paid for something else
 */
export async function createPayment(ctx: FinanceContext, input: CreatePaymentInput): Promise<{ payment: Payment }> {
  const payer = requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  const { idempotencyKey: key, ...wanted } = validate(createPaymentRules, input);
  const { purpose, referenceId, currency, contact } = wanted;
  const definition = PURPOSES[purpose];
  if (definition === undefined) throw new LenteraError("NOT_FOUND");
  const wishedMinor = wanted.amount == null ? null : toMinorUnits(wanted.amount, currency);
  const id = await asSystem(() =>
    ctx.transactionOnce({ command: "createPayment", key, input: wanted }, async (tx) => {
      const price = await definition.price(tx, payer, { referenceId, amountMinor: wishedMinor, currency });
      if (price.currency !== currency)
        throw invalidField("input.currency", "INVALID_FORMAT", `This is paid in ${price.currency}.`);
      const method = await findMethod(tx, wanted.method, currency);
      assertUsable(method, price.amountMinor, currency);
      const feeMinor = processingFee(method, price.amountMinor);
      const candidates = await chooseCandidates(ctx, tx, method.code, price.amountMinor + feeMinor, currency);
      const { amountMinor, description, organizationId, destination } = price;
      const payment = await store.insertPayment(tx, {
        payerId: payer.userId,
        organizationId,
        purposeKind: purpose,
        purposeReferenceId: referenceId,
        isSingle: definition.isSingle,
        description,
        currency,
        amountMinor,
        feeMinor,
        method: method.code,
        destinationKind: destination.ownerKind,
        destinationId: destination.ownerId,
        destinationPurpose: destination.purpose,
        candidates,
        payerName: contact.name,
        payerEmail: contact.email,
        payerPhone: contact.phone,
        returnUrl: wanted.returnUrl ?? `${ctx.payments.publicUrl}/parent`,
        createdAt: ctx.now(),
        expiresAt: new Date(ctx.now().getTime() + method.expiresInMinutes * 60_000),
      });
      if (payment.isSingle && (await store.isPaidElsewhere(tx, payment)))
        throw new LenteraError("RESOURCE_ALREADY_EXISTS");
      const takeOver = new Date(ctx.now().getTime() + TAKE_OVER_AFTER_MS);
      await addJob(tx, ADVANCE_JOB, { paymentId: payment.id }, { key: `advance:${payment.id}`, runAt: takeOver });
      const facts = { purpose, referenceId, amountMinor: String(amountMinor), currency, method: method.code };
      const entry = { action: "payment.created", entityType: "Payment", entityId: payment.id, organizationId };
      await audit(tx, ctx.identity, { ...entry, newValues: facts });
      return payment.id;
    }),
  );
  await asSystem(() => advancePayment(ctx, id));
  return { payment: await paymentLoader(ctx).load(id) };
}

function assertUsable(method: MethodRow | null, amountMinor: bigint, currency: string): asserts method is MethodRow {
  if (method === null || !method.isActive)
    throw invalidField("input.method", "INVALID_FORMAT", "Choose one of `paymentMethods`.");
  if (isWithinLimits(method, amountMinor)) return;
  const [least, most] = [method.minimumMinor, method.maximumMinor].map((limit) => toMoney(limit, currency).amount);
  throw invalidField("input.amount", "LIMIT_EXCEEDED", `This method takes ${least} to ${most} ${currency}.`);
}

/** Who is asked, best first: those that have keys, by currency, method, health and price. */
async function chooseCandidates(
  ctx: FinanceContext,
  tx: Transaction,
  code: string,
  amountMinor: bigint,
  currency: string,
): Promise<ProviderName[]> {
  const now = ctx.now();
  const method = methodNamed(code);
  const health = await store.findHealth(tx, new Date(now.getTime() - HEALTH_WINDOW_MS));
  const schedules = DEFAULT_FEES.filter(({ provider }) => ctx.payments.usable.includes(provider));
  const candidates =
    method === undefined
      ? []
      : chooseProviders({ amountMinor, currency, method, nowMs: now.getTime() }, schedules, health);
  if (candidates.length === 0) throw new LenteraError("PAYMENT_GATEWAY_ERROR");
  return candidates;
}

function methodNamed(code: string): PaymentMethod | undefined {
  return Object.values(OFFERS)
    .flatMap(({ methods }) => methods)
    .find((method) => method === code);
}

/**
 * The payer gives a payment up. Money that is already on its way still counts when it comes.
 * @throws NOT_FOUND for another's payment, ILLEGAL_STATE for one that has ended, INSUFFICIENT_PERMISSIONS while impersonating
 */
export async function cancelPayment(ctx: FinanceContext, input: CancelPaymentInput): Promise<{ payment: Payment }> {
  const { userId } = requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  const { payerId, id } = await paymentLoader(ctx).load(input.paymentId);
  if (payerId !== userId) throw new LenteraError("NOT_FOUND");
  const payment = await asSystem(() =>
    ctx.transaction(async (tx) => {
      const locked = await store.lockPayment(tx, id);
      if (locked === null || !isOpen(locked.status)) throw new LenteraError("ILLEGAL_STATE");
      const cancelled = await store.updatePayment(tx, id, { status: "CANCELLED" });
      await tellFailure(tx, cancelled, "CANCELLED");
      const { organizationId } = cancelled;
      const entry = { action: "payment.cancelled", entityType: "Payment", entityId: id, organizationId };
      await audit(tx, ctx.identity, entry);
      return cancelled;
    }),
  );
  return { payment };
}

/** The payments that the viewer may see, newest first. */
export function listPayments(ctx: FinanceContext, args: PaymentListArguments): Promise<Page<Payment>> {
  const where = { AND: [visibleTo(ctx.viewer), filterOf(args.filter ?? {})] };
  return paginate<Payment>({
    args,
    orderBy: [
      { field: "createdAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (page) => store.findPaymentPage(ctx.db, where, page),
    count: () => store.countPayments(ctx.db, where),
  });
}

/** A filter of the API as one of the store. */
export function filterOf(filter: PaymentFilterInput): object {
  const { statuses, purposes, methods, payerId, referenceId, currency, from, until } = filter;
  return {
    ...(statuses != null && { status: { in: statuses } }),
    ...(purposes != null && { purposeKind: { in: purposes } }),
    ...(methods != null && { method: { in: methods } }),
    ...(payerId != null && { payerId }),
    ...(referenceId != null && { purposeReferenceId: referenceId }),
    ...(currency != null && { currency }),
    ...((from != null || until != null) && {
      createdAt: { ...(from != null && { gte: from }), ...(until != null && { lt: until }) },
    }),
  };
}

/** What the payer has to do; null when there is nothing to do any more, or not yet. */
export async function instructionsOf(ctx: FinanceContext, payment: Payment): Promise<PaymentInstructions | null> {
  if (!isOpen(payment.status)) return null;
  const attempt = await liveAttemptLoader(ctx).load(payment.id);
  if (attempt === null) return null;
  const { paymentUrl, qrText, vaNumber, billerCode } = attempt;
  const texts = instructionsFor({ method: payment.method, vaNumber, billerCode }, ctx.identity.language);
  return { ...texts, paymentUrl, qrText, vaNumber, billerCode };
}

/** A QR code as a picture that every browser shows: a `data:` URL, SVG or a PNG of 512 pixels. */
export async function qrImage(text: string | null, format: "SVG" | "PNG"): Promise<string | null> {
  if (text === null) return null;
  if (format === "PNG") return QRCode.toDataURL(text, { errorCorrectionLevel: "M", width: 512 });
  const svg = await QRCode.toString(text, { type: "svg", errorCorrectionLevel: "M" });
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
}
