import { createHash } from "node:crypto";
import { z } from "zod";
import {
  type ApiAnswer,
  basic,
  type Dialect,
  HOUR_MS,
  MINUTE_MS,
  refuseProductionKeys,
  type SimulatedPayment,
  twoDecimals,
  type World,
} from "./dialect.js";

export interface MidtransSimulatorKeys {
  readonly serverKey: string;
}

const RETRIES_MS = [2 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS, 1.5 * HOUR_MS, 3.5 * HOUR_MS];
/** How often a failed delivery is repeated, by the receiver's status. */
const RETRY_COUNTS: Readonly<Record<number, number>> = { 500: 1, 503: 4, 400: 2, 404: 2, 301: 0, 302: 0, 303: 0 };
const UNIT_MS: Readonly<Record<string, number>> = {
  second: 1_000,
  minute: MINUTE_MS,
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
};
const REFUNDABLE = new Set(["credit_card", "gopay", "shopeepay", "qris"]);

const Common = {
  transaction_details: z.object({
    order_id: z.string().regex(/^[\w.~-]{1,50}$/),
    gross_amount: z.number().int().positive(),
  }),
  item_details: z.array(z.object({ price: z.number().int(), quantity: z.number().int() })).optional(),
};
const SnapBody = z.object({
  ...Common,
  callbacks: z.object({ finish: z.string() }).optional(),
  expiry: z.object({ unit: z.string(), duration: z.number() }).optional(),
});
const ChargeBody = z.object({
  ...Common,
  payment_type: z.string(),
  bank_transfer: z.object({ bank: z.string() }).optional(),
  gopay: z.object({ callback_url: z.string() }).optional(),
  shopeepay: z.object({ callback_url: z.string() }).optional(),
  custom_expiry: z.object({ expiry_duration: z.number(), unit: z.string().default("minute") }).optional(),
});
const RefundBody = z.object({
  refund_key: z.string(),
  amount: z.number().int().positive(),
  reason: z.string().optional(),
});

/** Midtrans as its documentation has it: Snap, charge, status, refunds, notifications signed in the body. */
export function midtransDialect({ serverKey }: MidtransSimulatorKeys): Dialect {
  refuseProductionKeys(serverKey);
  return {
    name: "midtrans",
    webhookSecret: serverKey,
    webhookTimeoutMs: 15_000,
    nextPaymentId: (world) => world.newUuid(),
    failureEnds: (payment) => payment.details["page"] === undefined,
    returnQuery: (payment) => ({
      order_id: payment.reference,
      status_code: statusCode(payment),
      transaction_status: statusName(payment),
    }),

    handle({ method, path, headers, body }, world) {
      if (headers["authorization"] !== basic(serverKey, ""))
        return refusal(401, "Access denied, please check client or server key", path);
      const route = /^\/v2\/([^/]+)\/(status|refund)$/.exec(path);
      if (method === "POST" && path === "/snap/v1/transactions") return createPage(body, world);
      if (method === "POST" && path === "/v2/charge") return charge(body, world);
      if (route === null) return undefined;
      const id = decodeURIComponent(route[1] ?? "");
      const payment = world.find((one) => one.reference === id || one.paymentId === id);
      // The Core API learns of a page only when the payer has chosen how to pay.
      if (payment === undefined || (payment.details["page"] !== undefined && payment.attempts === 0))
        return {
          status: 200,
          body: { status_code: "404", status_message: "Transaction doesn't exist.", id: world.newUuid() },
        };
      return route[2] === "status"
        ? { status: 200, body: withSignature(payment, serverKey) }
        : refund(payment, body, world);
    },

    notices(payment, change) {
      if (change.kind === "PAID_AGAIN" || (payment.details["page"] !== undefined && payment.attempts === 0)) return [];
      const frozen = { ...payment, refunds: [...payment.refunds] };
      return [
        {
          render: ({ secret }) => ({
            body: JSON.stringify(withSignature(frozen, secret, change.kind === "ATTEMPT_FAILED" ? "deny" : undefined)),
            headers: { "user-agent": "Veritrans", accept: "application/json" },
          }),
        },
      ];
    },

    retryAfterMs(attempt, httpStatus) {
      if (httpStatus !== null && httpStatus >= 200 && httpStatus < 300) return undefined;
      return attempt > (RETRY_COUNTS[httpStatus ?? 0] ?? 5) ? undefined : RETRIES_MS[attempt - 1];
    },
  };
}

function createPage(body: unknown, world: World): ApiAnswer {
  const wanted = SnapBody.safeParse(body).data;
  if (wanted === undefined) return { status: 400, body: { error_messages: ["transaction_details is invalid"] } };
  const { order_id, gross_amount } = wanted.transaction_details;
  if (!sumsUp(wanted))
    return {
      status: 400,
      body: { error_messages: ["transaction_details.gross_amount is not equal to the sum of item_details"] },
    };
  if (world.isTaken(order_id))
    return { status: 400, body: { error_messages: ["transaction_details.order_id has already been taken"] } };
  const token = world.newUuid();
  world.open({
    id: token,
    paymentId: world.newUuid(),
    reference: order_id,
    amountMinor: BigInt(gross_amount),
    currency: "IDR",
    method: "credit_card",
    returnUrl: wanted.callbacks?.finish ?? null,
    expiresAtMs: world.now() + lifetimeMs(wanted.expiry?.unit ?? "hour", wanted.expiry?.duration ?? 24),
    details: { page: "snap" },
  });
  return { status: 201, body: { token, redirect_url: `${world.url}/pay/${token}` } };
}

function charge(body: unknown, world: World): ApiAnswer {
  const wanted = ChargeBody.safeParse(body).data;
  if (wanted === undefined || !sumsUp(wanted)) return refusal(400, "One or more parameters in the payload is invalid.");
  const { order_id, gross_amount } = wanted.transaction_details;
  if (world.isTaken(order_id))
    return refusal(
      406,
      "The request could not be completed due to a conflict with the current state of the target resource, please try again",
    );
  const id = world.newUuid();
  const expiry = wanted.custom_expiry;
  const number = String(81_278_500_253_0000n + BigInt(id.charCodeAt(0)) * 97n + BigInt(gross_amount % 9_973));
  const payment = world.open({
    id,
    paymentId: id,
    reference: order_id,
    amountMinor: BigInt(gross_amount),
    currency: "IDR",
    method: wanted.payment_type,
    returnUrl: wanted.gopay?.callback_url ?? wanted.shopeepay?.callback_url ?? null,
    expiresAtMs: world.now() + lifetimeMs(expiry?.unit ?? "hour", expiry?.expiry_duration ?? 24),
    details: instructions(wanted, number, id),
  });
  const actions = { deeplink: [{ name: "deeplink-redirect", method: "GET", url: `${world.url}/pay/${id}` }] };
  const wallet = payment.method === "gopay" || payment.method === "shopeepay" ? { actions: actions.deeplink } : {};
  return {
    status: 200,
    body: { ...transaction(payment), status_message: "Success, transaction is created", ...wallet },
  };
}

function instructions(
  { payment_type, bank_transfer }: z.output<typeof ChargeBody>,
  number: string,
  id: string,
): Record<string, string> {
  if (payment_type === "bank_transfer") return { bank: bank_transfer?.bank ?? "bca", va_number: number };
  if (payment_type === "permata") return { permata_va_number: number };
  if (payment_type === "echannel") return { bill_key: number, biller_code: "70012" };
  return payment_type === "qris" ? { qr_string: `00020101021226SIMULATED${id}`, acquirer: "gopay" } : {};
}

function refund(payment: SimulatedPayment, body: unknown, world: World): ApiAnswer {
  const wanted = RefundBody.safeParse(body).data;
  if (wanted === undefined) return refusal(400, "One or more parameters in the payload is invalid.");
  if (payment.refunds.some(({ reference }) => reference === wanted.refund_key))
    return refusal(406, "Duplicate refund ID");
  if (payment.status !== "paid" || !REFUNDABLE.has(payment.method))
    return refusal(412, "Merchant cannot modify the status of the transaction");
  if (refundedOf(payment) + BigInt(wanted.amount) > payment.amountMinor)
    return refusal(414, "Refund amount is invalid");
  const refunded = world.refund(
    payment,
    String(5001 + payment.refunds.length),
    wanted.refund_key,
    BigInt(wanted.amount),
  );
  return {
    status: 200,
    body: {
      ...transaction(payment),
      status_message: "Success, refund request is approved",
      refund_chargeback_id: Number(refunded.id),
      refund_amount: twoDecimals(refunded.amountMinor, 0),
      refund_key: refunded.reference,
    },
  };
}

/** A plain hash of four texts without separators, nothing else covered. */
function withSignature(payment: SimulatedPayment, serverKey: string, forced?: "deny"): object {
  const code = forced === undefined ? statusCode(payment) : "202";
  const amount = twoDecimals(payment.amountMinor, 0);
  const signature = createHash("sha512").update(`${payment.reference}${code}${amount}${serverKey}`).digest("hex");
  return {
    ...transaction(payment),
    ...(forced === undefined ? {} : { transaction_status: forced, status_code: code }),
    status_message: "midtrans payment notification",
    signature_key: signature,
  };
}

function transaction(payment: SimulatedPayment): object {
  const { bank, va_number, page: _page, ...details } = payment.details;
  const refunds = payment.refunds.map(({ id, reference, amountMinor, createdAtMs }) => ({
    refund_chargeback_id: Number(id),
    refund_amount: twoDecimals(amountMinor, 0),
    created_at: jakartaTime(createdAtMs),
    refund_key: reference,
  }));
  return {
    transaction_time: jakartaTime(payment.createdAtMs),
    transaction_status: statusName(payment),
    transaction_id: payment.paymentId,
    status_code: statusCode(payment),
    payment_type: payment.method,
    order_id: payment.reference,
    merchant_id: "G000000000",
    gross_amount: twoDecimals(payment.amountMinor, 0),
    fraud_status: "accept",
    currency: "IDR",
    expiry_time: jakartaTime(payment.expiresAtMs),
    ...(va_number === undefined ? {} : { va_numbers: [{ bank, va_number }] }),
    ...details,
    ...(refunds.length === 0 ? {} : { refund_amount: twoDecimals(refundedOf(payment), 0), refunds }),
  };
}

function statusName(payment: SimulatedPayment): string {
  if (payment.status === "open") return "pending";
  if (payment.status === "expired") return "expire";
  if (payment.status === "failed") return "deny";
  const refunded = refundedOf(payment);
  if (refunded > 0n) return refunded < payment.amountMinor ? "partial_refund" : "refund";
  return payment.method === "credit_card" ? "capture" : "settlement";
}

function statusCode({ status }: SimulatedPayment): string {
  return status === "open" ? "201" : status === "paid" ? "200" : "202";
}

function refundedOf({ refunds }: SimulatedPayment): bigint {
  return refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

function sumsUp({
  transaction_details,
  item_details,
}: Pick<z.output<typeof SnapBody>, "transaction_details" | "item_details">): boolean {
  const sum = item_details?.reduce((total, { price, quantity }) => total + price * quantity, 0);
  return sum === undefined || sum === transaction_details.gross_amount;
}

function lifetimeMs(unit: string, duration: number): number {
  return duration * (UNIT_MS[unit.replace(/s$/, "")] ?? MINUTE_MS);
}

/** The Core API says what happened in the body, with HTTP 200; Snap does not. */
function refusal(code: number, message: string, path = ""): ApiAnswer {
  if (path.startsWith("/snap")) return { status: code, body: { error_messages: [message] } };
  return { status: 200, body: { status_code: String(code), status_message: message } };
}

/** `2026-03-02 10:15:00`, in Jakarta and without saying so. */
function jakartaTime(epochMs: number): string {
  return new Date(epochMs + 7 * HOUR_MS).toISOString().slice(0, 19).replace("T", " ");
}
