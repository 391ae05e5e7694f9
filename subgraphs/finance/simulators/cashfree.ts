import { createHmac } from "node:crypto";
import { z } from "zod";
import {
  type ApiAnswer,
  type Dialect,
  HOUR_MS,
  MINUTE_MS,
  type Notice,
  rawDecimal,
  refuseProductionKeys,
  type SimulatedPayment,
  type SimulatedRefund,
  type World,
} from "./dialect.js";

export interface CashfreeSimulatorKeys {
  readonly clientId: string;
  readonly clientSecret: string;
}

const RETRIES_MS = [2 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS];

const OrderBody = z.object({
  order_id: z.string().regex(/^[\w-]{3,45}$/),
  order_amount: z.number().min(1),
  order_currency: z.literal("INR"),
  customer_details: z.object({
    customer_id: z.string().regex(/^[\w-]{3,50}$/),
    customer_phone: z.string().regex(/^\d{10}$/),
  }),
  order_meta: z
    .object({ return_url: z.string().max(250).optional(), payment_methods: z.string().optional() })
    .optional(),
  order_expiry_time: z.string().optional(),
});
const RefundBody = z.object({
  refund_amount: z.number().positive(),
  refund_id: z.string().min(3).max(40),
  refund_note: z.string().min(3).max(100).optional(),
});

/** Cashfree as its documentation has it: orders, payments, refunds, webhooks signed over timestamp and raw body. */
export function cashfreeDialect({ clientId, clientSecret }: CashfreeSimulatorKeys): Dialect {
  refuseProductionKeys(clientId, clientSecret);
  return {
    name: "cashfree",
    webhookSecret: clientSecret,
    webhookTimeoutMs: 30_000,
    nextPaymentId: (world) => numericId(world),
    failureEnds: () => false,
    returnQuery: () => ({}),

    handle({ method, path, headers, body }, world) {
      if (headers["x-client-id"] !== clientId || headers["x-client-secret"] !== clientSecret)
        return refusal(401, "authentication_error", "authentication Failed");
      if (headers["x-api-version"] === undefined)
        return refusal(400, "api_version_missing", "x-api-version is required");
      const [, encodedId, section, refundId] =
        /^\/orders(?:\/([^/]+))?(?:\/(payments|refunds))?(?:\/([^/]+))?$/.exec(path) ?? [];
      if (method === "POST" && path === "/orders") return createOrder(body, world);
      const payment = world.find(({ reference }) => reference === decodeURIComponent(encodedId ?? ""));
      if (payment === undefined) return refusal(404, "order_not_found", "Order Reference Id does not exist");
      if (section === undefined) return { status: 200, body: order(payment) };
      if (section === "payments") return { status: 200, body: payment.attempts === 0 ? [] : [paymentObject(payment)] };
      if (method === "POST") return refund(payment, body, world);
      const refunds = payment.refunds.map((one) => refundObject(payment, one));
      if (refundId === undefined) return { status: 200, body: refunds };
      const index = payment.refunds.findIndex(({ reference }) => reference === refundId);
      return index < 0 ? refusal(404, "refund_not_found", "refund not found") : { status: 200, body: refunds[index] };
    },

    notices(payment, change, world) {
      const notice = (type: string, data: object, key: string): Notice => {
        const body = JSON.stringify({ data, event_time: indianTime(world.now()), type });
        return {
          render: ({ secret, attempt, nowMs }) => ({
            body,
            headers: {
              "x-webhook-version": "2025-01-01",
              "x-webhook-attempt": String(attempt),
              "x-webhook-timestamp": String(nowMs),
              "x-webhook-signature": createHmac("sha256", secret).update(String(nowMs)).update(body).digest("base64"),
              "x-idempotency-key": key,
            },
          }),
        };
      };
      switch (change.kind) {
        case "PAID":
          return [notice("PAYMENT_SUCCESS_WEBHOOK", paymentData(payment, "SUCCESS"), world.newUuid())];
        case "ATTEMPT_FAILED":
          return [notice("PAYMENT_FAILED_WEBHOOK", paymentData(payment, "FAILED"), world.newUuid())];
        case "REFUNDED": {
          const object = refundObject(payment, change.refund);
          const refund = {
            ...object,
            cf_refund_id: Number(change.refund.id),
            cf_payment_id: Number(payment.paymentId),
          };
          return [notice("REFUND_STATUS_WEBHOOK", { refund }, world.newUuid())];
        }
        case "PAID_AGAIN": {
          // A second success of one order is given back at once.
          const again = numericId(world);
          const made = {
            id: numericId(world),
            reference: `auto_${again}`,
            amountMinor: payment.amountMinor,
            createdAtMs: world.now(),
          };
          const object = refundObject(payment, made);
          const auto = {
            ...object,
            cf_refund_id: Number(made.id),
            cf_payment_id: Number(again),
            refund_type: "PAYMENT_AUTO_REFUND",
          };
          return [
            notice("AUTO_REFUND_STATUS_WEBHOOK", { auto_refund: { ...auto, event: "AUTO-REFUND" } }, world.newUuid()),
          ];
        }
        case "CREATED":
        case "EXPIRED":
          return [];
      }
    },

    retryAfterMs: (attempt, httpStatus) => (httpStatus === 200 ? undefined : RETRIES_MS[attempt - 1]),
  };
}

function createOrder(body: unknown, world: World): ApiAnswer {
  const wanted = OrderBody.safeParse(body).data;
  if (wanted === undefined) return refusal(400, "order_invalid", "the order is not valid");
  if (world.isTaken(wanted.order_id))
    return refusal(409, "order_already_exists", "order with same id is already present");
  const { order_expiry_time: expiry, order_meta: meta } = wanted;
  const payment = world.open({
    id: world.newId("session_", 40),
    paymentId: numericId(world),
    reference: wanted.order_id,
    amountMinor: BigInt(Math.round(wanted.order_amount * 100)),
    currency: wanted.order_currency,
    method: meta?.payment_methods ?? "upi",
    returnUrl: meta?.return_url?.replace("{order_id}", wanted.order_id) ?? null,
    expiresAtMs: expiry === undefined ? world.now() + 30 * 24 * HOUR_MS : Date.parse(expiry),
  });
  return { status: 200, body: order(payment) };
}

function refund(payment: SimulatedPayment, body: unknown, world: World): ApiAnswer {
  const wanted = RefundBody.safeParse(body).data;
  if (wanted === undefined) return refusal(400, "refund_invalid", "the refund is not valid");
  if (payment.refunds.some(({ reference }) => reference === wanted.refund_id))
    return refusal(409, "refund_already_exists", "refund with same id is already present");
  if (payment.status !== "paid") return refusal(400, "order_not_paid", "the order is not paid");
  const amountMinor = BigInt(Math.round(wanted.refund_amount * 100));
  const before = payment.refunds.reduce((sum, one) => sum + one.amountMinor, 0n);
  if (before + amountMinor > payment.amountMinor)
    return refusal(400, "refund_amount_exceeded", "refund amount exceeds the order");
  return {
    status: 200,
    body: refundObject(payment, world.refund(payment, numericId(world), wanted.refund_id, amountMinor)),
  };
}

function order(payment: SimulatedPayment): object {
  return {
    cf_order_id: String(payment.createdAtMs),
    created_at: indianTime(payment.createdAtMs),
    entity: "order",
    order_id: payment.reference,
    order_amount: rawDecimal(payment.amountMinor, 2),
    order_currency: payment.currency,
    order_expiry_time: indianTime(payment.expiresAtMs),
    order_status: { open: "ACTIVE", paid: "PAID", failed: "ACTIVE", expired: "EXPIRED" }[payment.status],
    payment_session_id: payment.id,
    order_tags: null,
  };
}

function paymentObject(payment: SimulatedPayment): object {
  return {
    cf_payment_id: payment.paymentId,
    order_id: payment.reference,
    entity: "payment",
    is_captured: payment.status === "paid",
    order_amount: rawDecimal(payment.amountMinor, 2),
    payment_amount: rawDecimal(payment.amountMinor, 2),
    payment_currency: payment.currency,
    payment_group: "upi",
    payment_status: payment.status === "paid" ? "SUCCESS" : "FAILED",
  };
}

function paymentData(payment: SimulatedPayment, payment_status: "SUCCESS" | "FAILED"): object {
  const amount = rawDecimal(payment.amountMinor, 2);
  const { paymentId, reference, currency } = payment;
  return {
    order: { order_id: reference, order_amount: amount, order_currency: currency, order_tags: null },
    payment: {
      cf_payment_id: paymentId,
      payment_status,
      payment_amount: amount,
      payment_currency: currency,
      payment_message: payment_status === "SUCCESS" ? "00::Transaction success" : "U30::Debit failed",
      payment_group: "upi",
    },
  };
}

/** Refunds settle at once here. */
function refundObject(payment: SimulatedPayment, { id, reference, amountMinor, createdAtMs }: SimulatedRefund): object {
  return {
    cf_payment_id: payment.paymentId,
    cf_refund_id: id,
    refund_id: reference,
    order_id: payment.reference,
    entity: "refund",
    refund_amount: rawDecimal(amountMinor, 2),
    refund_currency: payment.currency,
    refund_status: "SUCCESS",
    refund_type: "MERCHANT_INITIATED",
    created_at: indianTime(createdAtMs),
  };
}

function numericId(world: World): string {
  return String(BigInt(`0x${world.newUuid().slice(0, 8)}`) + 1_000_000_000n);
}

function refusal(status: number, code: string, message: string): ApiAnswer {
  const type = status === 401 ? "authentication_error" : "invalid_request_error";
  return { status, body: { message, code, type } };
}

/** `2026-03-03T10:15:00+05:30`. */
function indianTime(epochMs: number): string {
  return `${new Date(epochMs + 5.5 * HOUR_MS).toISOString().slice(0, 19)}+05:30`;
}
