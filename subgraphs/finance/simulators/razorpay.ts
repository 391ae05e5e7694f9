import { createHmac } from "node:crypto";
import { z } from "zod";
import {
  type ApiAnswer,
  basic,
  type Dialect,
  HOUR_MS,
  MINUTE_MS,
  type Notice,
  refuseProductionKeys,
  type SimulatedPayment,
  type SimulatedRefund,
  type World,
} from "./dialect.js";

export interface RazorpaySimulatorKeys {
  readonly keyId: string;
  readonly keySecret: string;
  readonly webhookSecret: string;
}

const GIVEN_UP_AFTER_MS = 24 * HOUR_MS;

const LinkBody = z.object({
  amount: z.number().int(),
  currency: z.literal("INR"),
  reference_id: z.string().max(40),
  expire_by: z.number().optional(),
  callback_url: z.string().optional(),
  notes: z.record(z.string(), z.string()).default({}),
});
const RefundBody = z.object({ amount: z.number().int().positive().optional(), receipt: z.string().default("") });

/** Razorpay as its documentation has it: payment links, payments, refunds, webhooks signed over the raw body. Paise throughout. */
export function razorpayDialect({ keyId, keySecret, webhookSecret }: RazorpaySimulatorKeys): Dialect {
  refuseProductionKeys(keyId, keySecret);
  return {
    name: "razorpay",
    webhookSecret,
    webhookTimeoutMs: 5_000,
    nextPaymentId: (world) => world.newId("pay_", 14),
    failureEnds: () => false,

    returnQuery(payment) {
      const status = payment.status === "open" ? "created" : payment.status;
      const message = [payment.id, payment.reference, status, payment.paymentId].join("|");
      return {
        razorpay_payment_id: payment.paymentId,
        razorpay_payment_link_id: payment.id,
        razorpay_payment_link_reference_id: payment.reference,
        razorpay_payment_link_status: status,
        razorpay_signature: createHmac("sha256", keySecret).update(message).digest("hex"),
      };
    },

    handle({ method, path, query, headers, body }, world) {
      if (headers["authorization"] !== basic(keyId, keySecret)) return refusal(401, "Authentication failed");
      const [, section, encodedId, sub] =
        /^\/([a-z_]+)(?:\/([^/]+))?(?:\/([a-z]+))?$/.exec(path.replace(/^\/v1/, "")) ?? [];
      const id = decodeURIComponent(encodedId ?? "");
      if (section === "payment_links" && method === "POST" && id === "") return createLink(body, world);
      if (section === "payment_links" && id === "") {
        const one = world.find(({ reference }) => reference === query.get("reference_id"));
        return { status: 200, body: { payment_links: one === undefined ? [] : [link(one, world)] } };
      }
      const payment = world.find((one) => (section === "payment_links" ? one.id : one.paymentId) === id);
      if (payment === undefined) return refusal(400, "The id provided does not exist");
      if (section === "payment_links") return { status: 200, body: link(payment, world) };
      if (section !== "payments") return undefined;
      if (sub === "refund" && method === "POST") return refund(payment, body, headers["x-refund-idempotency"], world);
      if (sub === "refunds") {
        const items = payment.refunds.map((one) => refundEntity(payment, one));
        return { status: 200, body: { entity: "collection", count: items.length, items } };
      }
      return sub === undefined ? { status: 200, body: paymentEntity(payment) } : undefined;
    },

    notices(payment, change, world) {
      const event = (name: string, contains: readonly string[], entities: Record<string, object>): Notice => {
        const eventId = world.newId("Evt", 14);
        const payload = Object.fromEntries(Object.entries(entities).map(([key, entity]) => [key, { entity }]));
        const created_at = Math.floor(world.now() / 1000);
        const body = JSON.stringify({
          entity: "event",
          account_id: "acc_Simulated00000",
          event: name,
          contains,
          payload,
          created_at,
        });
        return {
          render: ({ secret }) => ({
            body,
            headers: {
              "x-razorpay-signature": createHmac("sha256", secret).update(body).digest("hex"),
              "x-razorpay-event-id": eventId,
            },
          }),
        };
      };
      const entity = paymentEntity(payment);
      const order = {
        id: payment.details["order_id"]?.replace("order_", ""),
        entity: "order",
        amount: Number(payment.amountMinor),
      };
      switch (change.kind) {
        case "PAID":
          return [
            event("payment.captured", ["payment"], { payment: entity }),
            event("payment_link.paid", ["order", "payment", "payment_link"], {
              order,
              payment: entity,
              payment_link: link(payment, world),
            }),
          ];
        case "ATTEMPT_FAILED":
          return [event("payment.failed", ["payment"], { payment: { ...entity, status: "failed", captured: false } })];
        case "EXPIRED":
          return [
            event("payment_link.expired", ["order", "payment_link"], { order, payment_link: link(payment, world) }),
          ];
        case "REFUNDED": {
          const refunded = refundEntity(payment, change.refund);
          return [event("refund.processed", ["refund", "payment"], { refund: refunded, payment: entity })];
        }
        case "CREATED":
        case "PAID_AGAIN":
          return [];
      }
    },

    /** Twice as long each time, until a day has passed; then the webhook counts as disabled. */
    retryAfterMs(attempt, httpStatus) {
      if (httpStatus !== null && httpStatus >= 200 && httpStatus < 300) return undefined;
      const delayMs = MINUTE_MS * 2 ** (attempt - 1);
      return delayMs * 2 - MINUTE_MS > GIVEN_UP_AFTER_MS ? undefined : delayMs;
    },
  };
}

function createLink(body: unknown, world: World): ApiAnswer {
  const wanted = LinkBody.safeParse(body).data;
  if (wanted === undefined) return refusal(400, "The payload is not valid");
  if (wanted.amount < 100) return refusal(400, "The amount must be at least INR 1.00");
  if (world.isTaken(wanted.reference_id))
    return refusal(400, "payment link creation with reference ID already attempted");
  const expiresAtMs = wanted.expire_by === undefined ? world.now() + 180 * 24 * HOUR_MS : wanted.expire_by * 1000;
  if (expiresAtMs < world.now() + 15 * MINUTE_MS)
    return refusal(400, "expire_by should be at least 15 minutes after current time");
  const payment = world.open({
    id: world.newId("plink_", 14),
    paymentId: world.newId("pay_", 14),
    reference: wanted.reference_id,
    amountMinor: BigInt(wanted.amount),
    currency: wanted.currency,
    method: "upi",
    returnUrl: wanted.callback_url ?? null,
    expiresAtMs,
    details: { order_id: world.newId("order_", 14) },
  });
  return { status: 200, body: link(payment, world) };
}

function refund(payment: SimulatedPayment, body: unknown, key: string | undefined, world: World): ApiAnswer {
  const wanted = RefundBody.safeParse(body).data;
  if (wanted === undefined) return refusal(400, "The payload is not valid");
  const amountMinor = wanted.amount === undefined ? payment.amountMinor : BigInt(wanted.amount);
  const reference = key ?? wanted.receipt;
  const earlier = payment.refunds.find((one) => key !== undefined && one.reference === reference);
  if (earlier !== undefined && earlier.amountMinor !== amountMinor)
    return refusal(400, "Different request with the same idempotency key has already been processed.");
  if (earlier !== undefined) return { status: 200, body: refundEntity(payment, earlier) };
  if (payment.status !== "paid") return refusal(400, "The payment status should be captured for action to be taken");
  if (refundedOf(payment) + amountMinor > payment.amountMinor)
    return refusal(400, "The refund amount provided is greater than amount captured");
  return {
    status: 200,
    body: refundEntity(payment, world.refund(payment, world.newId("rfnd_", 14), reference, amountMinor)),
  };
}

function link(payment: SimulatedPayment, world: World): object {
  const paid = payment.status === "paid";
  return {
    id: payment.id,
    amount: Number(payment.amountMinor),
    amount_paid: paid ? Number(payment.amountMinor) : 0,
    currency: payment.currency,
    order_id: payment.details["order_id"],
    notes: [],
    payments: paid
      ? [{ payment_id: payment.paymentId, amount: Number(payment.amountMinor), status: "captured" }]
      : null,
    reference_id: payment.reference,
    short_url: `${world.url}/pay/${payment.id}`,
    status: payment.status === "open" ? "created" : payment.status,
    created_at: Math.floor(payment.createdAtMs / 1000),
    expire_by: Math.floor(payment.expiresAtMs / 1000),
  };
}

function paymentEntity(payment: SimulatedPayment): object {
  const refunded = refundedOf(payment);
  const full = refunded === payment.amountMinor;
  const captured = payment.status === "paid";
  return {
    id: payment.paymentId,
    entity: "payment",
    amount: Number(payment.amountMinor),
    currency: payment.currency,
    status: !captured ? "created" : full ? "refunded" : "captured",
    order_id: payment.details["order_id"],
    method: payment.method,
    amount_refunded: Number(refunded),
    refund_status: refunded === 0n ? null : full ? "full" : "partial",
    captured,
    notes: [],
    fee: null,
    tax: null,
    created_at: Math.floor(payment.createdAtMs / 1000),
  };
}

function refundEntity(payment: SimulatedPayment, { id, reference, amountMinor, createdAtMs }: SimulatedRefund): object {
  return {
    id,
    entity: "refund",
    amount: Number(amountMinor),
    currency: payment.currency,
    payment_id: payment.paymentId,
    notes: [],
    receipt: reference,
    acquirer_data: { arn: null },
    created_at: Math.floor(createdAtMs / 1000),
    batch_id: null,
    status: "processed",
    speed_processed: "normal",
    speed_requested: "normal",
  };
}

function refundedOf({ refunds }: SimulatedPayment): bigint {
  return refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

function refusal(status: number, description: string): ApiAnswer {
  return {
    status,
    body: { error: { code: "BAD_REQUEST_ERROR", description, source: "business", reason: "input_validation_failed" } },
  };
}
