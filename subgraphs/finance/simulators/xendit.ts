import { z } from "zod";
import {
  type ApiAnswer,
  basic,
  type Change,
  type Dialect,
  HOUR_MS,
  MINUTE_MS,
  rawDecimal,
  refuseProductionKeys,
  type SimulatedPayment,
  type SimulatedRefund,
  type World,
} from "./dialect.js";

export interface XenditSimulatorKeys {
  readonly secretKey: string;
  readonly callbackToken: string;
}

const RETRIES_MS = [15 * MINUTE_MS, 45 * MINUTE_MS, 2 * HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS];
const BUSINESS = "5f27a14a9bf05c73dd040bc8";

const InvoiceBody = z.object({
  external_id: z.string().min(1),
  amount: z.number().positive(),
  currency: z.literal("IDR").default("IDR"),
  invoice_duration: z.number().default(86_400),
  success_redirect_url: z.string().optional(),
});
const RequestBody = z.object({
  reference_id: z.string().min(1).max(255),
  type: z.enum(["PAY", "PAY_AND_SAVE", "REUSABLE_PAYMENT_CODE"]),
  country: z.literal("ID"),
  currency: z.literal("IDR"),
  request_amount: z.number().positive(),
  channel_code: z.string(),
  channel_properties: z.object({ expires_at: z.string().optional(), success_return_url: z.string().optional() }),
});
const RefundBody = z.object({
  payment_request_id: z.string().optional(),
  invoice_id: z.string().optional(),
  reference_id: z.string(),
  amount: z.number().positive(),
});

/** Xendit as its documentation has it: invoices v2, payment requests v3, refunds, webhooks with a static token. */
export function xenditDialect({ secretKey, callbackToken }: XenditSimulatorKeys): Dialect {
  refuseProductionKeys(secretKey);
  return {
    name: "xendit",
    webhookSecret: callbackToken,
    webhookTimeoutMs: 30_000,
    nextPaymentId: (world) => `py-${world.newUuid()}`,
    failureEnds: () => false,
    returnQuery: () => ({}),

    handle({ method, path, query, headers, body }, world) {
      if (headers["authorization"] !== basic(secretKey, "")) return refusal(401, "INVALID_API_KEY");
      if (path.startsWith("/v3/") && headers["api-version"] !== "2024-11-11")
        return refusal(400, "API_VALIDATION_ERROR", "The header api-version is required.");
      const id = decodeURIComponent(path.split("/")[3] ?? "");
      const payment = world.find((one) => one.id === id);
      const found = (render: (payment: SimulatedPayment) => object): ApiAnswer =>
        payment === undefined ? refusal(404, "DATA_NOT_FOUND") : { status: 200, body: render(payment) };
      if (method === "POST" && path === "/v2/invoices") return createInvoice(body, world);
      if (method === "POST" && path === "/v3/payment_requests") return createRequest(body, world);
      if (method === "POST" && path === "/refunds") return refund(body, world);
      if (method === "GET" && path === "/v2/invoices") {
        const one = world.find((one) => one.reference === query.get("external_id") && isInvoice(one));
        return { status: 200, body: one === undefined ? [] : [invoice(one, world.url)] };
      }
      if (method === "GET" && path.startsWith("/v2/invoices/")) return found((one) => invoice(one, world.url));
      if (method === "GET" && path.startsWith("/v3/payment_requests/")) return found((one) => request(one, world.url));
      return undefined;
    },

    notices(payment, change, world) {
      const body = isInvoice(payment) ? invoiceNotice(payment, change) : requestNotice(payment, change, world.now());
      const refunded = change.kind === "REFUNDED" ? refundNotice(payment, change.refund) : undefined;
      const sent = refunded ?? body;
      if (sent === undefined) return [];
      const text = JSON.stringify(sent);
      return [{ render: ({ secret }) => ({ body: text, headers: { "x-callback-token": secret } }) }];
    },

    retryAfterMs(attempt, httpStatus) {
      const received = httpStatus !== null && httpStatus >= 200 && httpStatus < 300;
      return received ? undefined : RETRIES_MS[attempt - 1];
    },
  };
}

function createInvoice(body: unknown, world: World): ApiAnswer {
  const wanted = InvoiceBody.safeParse(body).data;
  if (wanted === undefined) return refusal(400, "API_VALIDATION_ERROR");
  const payment = world.open({
    id: world.newUuid().replaceAll("-", "").slice(0, 24),
    paymentId: `py-${world.newUuid()}`,
    reference: wanted.external_id,
    amountMinor: BigInt(Math.trunc(wanted.amount)),
    currency: wanted.currency,
    method: "INVOICE",
    returnUrl: wanted.success_redirect_url ?? null,
    expiresAtMs: world.now() + wanted.invoice_duration * 1000,
  });
  return { status: 200, body: invoice(payment, world.url) };
}

function createRequest(body: unknown, world: World): ApiAnswer {
  const wanted = RequestBody.safeParse(body).data;
  if (wanted === undefined) return refusal(400, "API_VALIDATION_ERROR");
  const { expires_at, success_return_url } = wanted.channel_properties;
  const id = `pr-${world.newUuid()}`;
  const payment = world.open({
    id,
    paymentId: `py-${world.newUuid()}`,
    reference: wanted.reference_id,
    amountMinor: BigInt(Math.trunc(wanted.request_amount)),
    currency: wanted.currency,
    method: wanted.channel_code,
    returnUrl: success_return_url ?? null,
    expiresAtMs: expires_at === undefined ? world.now() + 48 * HOUR_MS : Date.parse(expires_at),
  });
  return { status: 201, body: request(payment, world.url) };
}

function refund(body: unknown, world: World): ApiAnswer {
  const wanted = RefundBody.safeParse(body).data;
  if (wanted === undefined) return refusal(400, "API_VALIDATION_ERROR");
  const payment = world.find(({ id }) => id === (wanted.payment_request_id ?? wanted.invoice_id));
  if (payment === undefined) return refusal(404, "DATA_NOT_FOUND");
  const earlier = payment.refunds.find(({ reference }) => reference === wanted.reference_id);
  if (earlier !== undefined) return { status: 200, body: refundObject(payment, earlier, "SUCCEEDED") };
  if (payment.method.endsWith("VIRTUAL_ACCOUNT")) return refusal(403, "REFUND_NOT_SUPPORTED");
  if (payment.status !== "paid") return refusal(400, "INELIGIBLE_TRANSACTION_STATUS");
  const amountMinor = BigInt(Math.trunc(wanted.amount));
  const before = payment.refunds.reduce((sum, one) => sum + one.amountMinor, 0n);
  if (before + amountMinor > payment.amountMinor) return refusal(400, "REFUND_AMOUNT_EXCEEDED");
  const made = world.refund(payment, `rfd-${world.newUuid()}`, wanted.reference_id, amountMinor);
  return { status: 200, body: refundObject(payment, made, "PENDING") };
}

function invoice(payment: SimulatedPayment, url: string): object {
  const status = { open: "PENDING", paid: "PAID", failed: "EXPIRED", expired: "EXPIRED" }[payment.status];
  return {
    id: payment.id,
    external_id: payment.reference,
    user_id: BUSINESS,
    status,
    merchant_name: "Simulated",
    amount: rawDecimal(payment.amountMinor, 0),
    ...(status === "PAID" ? { paid_amount: rawDecimal(payment.amountMinor, 0) } : {}),
    expiry_date: new Date(payment.expiresAtMs).toISOString(),
    invoice_url: `${url}/pay/${payment.id}`,
    created: new Date(payment.createdAtMs).toISOString(),
    updated: new Date(payment.createdAtMs).toISOString(),
    currency: payment.currency,
  };
}

function request(payment: SimulatedPayment, url: string): object {
  const status = { open: "REQUIRES_ACTION", paid: "SUCCEEDED", failed: "FAILED", expired: "EXPIRED" }[payment.status];
  return {
    business_id: BUSINESS,
    reference_id: payment.reference,
    payment_request_id: payment.id,
    type: "PAY",
    country: "ID",
    currency: payment.currency,
    request_amount: rawDecimal(payment.amountMinor, 0),
    capture_method: "AUTOMATIC",
    channel_code: payment.method,
    actions: [action(payment, url)],
    status,
    ...(payment.status === "open" ? {} : { latest_payment_id: payment.paymentId }),
    metadata: {},
    created: new Date(payment.createdAtMs).toISOString(),
    updated: new Date(payment.createdAtMs).toISOString(),
  };
}

function action({ method, id }: SimulatedPayment, url: string): object {
  if (method.endsWith("VIRTUAL_ACCOUNT"))
    return {
      type: "PRESENT_TO_CUSTOMER",
      descriptor: "VIRTUAL_ACCOUNT_NUMBER",
      value: `107666${BigInt(`0x${id.slice(3, 11)}`)}`,
    };
  if (method === "QRIS")
    return { type: "PRESENT_TO_CUSTOMER", descriptor: "QR_STRING", value: `00020101021226SIMULATED${id}` };
  return { type: "REDIRECT_CUSTOMER", descriptor: "WEB_URL", value: `${url}/pay/${id}` };
}

function invoiceNotice(payment: SimulatedPayment, { kind }: Change): object | undefined {
  if (kind !== "PAID" && kind !== "EXPIRED") return undefined;
  const { invoice_url: _url, expiry_date: _date, ...flat } = Object.fromEntries(Object.entries(invoice(payment, "")));
  return kind === "PAID" ? { ...flat, payment_method: "CREDIT_CARD", payment_id: payment.paymentId } : flat;
}

function requestNotice(payment: SimulatedPayment, { kind }: Change, nowMs: number): object | undefined {
  if (kind !== "PAID" && kind !== "ATTEMPT_FAILED") return undefined;
  const now = new Date(nowMs).toISOString();
  const paid = kind === "PAID";
  const amount = rawDecimal(payment.amountMinor, 0);
  const capture = {
    capture_id: payment.paymentId.replace("py-", "cptr-"),
    capture_amount: amount,
    capture_timestamp: now,
  };
  return {
    created: now,
    business_id: BUSINESS,
    event: paid ? "payment.capture" : "payment.failure",
    data: {
      payment_id: payment.paymentId,
      business_id: BUSINESS,
      status: paid ? "SUCCEEDED" : "FAILED",
      ...(paid ? { captures: [capture] } : { failure_code: "INSUFFICIENT_BALANCE" }),
      payment_request_id: payment.id,
      request_amount: amount,
      channel_code: payment.method,
      country: "ID",
      currency: payment.currency,
      reference_id: payment.reference,
      type: "PAY",
      metadata: {},
      created: now,
      updated: now,
    },
  };
}

function refundNotice(payment: SimulatedPayment, refunded: SimulatedRefund): object {
  const created = new Date(refunded.createdAtMs).toISOString();
  return {
    event: "refund.succeeded",
    business_id: BUSINESS,
    created,
    data: refundObject(payment, refunded, "SUCCEEDED"),
  };
}

function refundObject(payment: SimulatedPayment, refunded: SimulatedRefund, status: string): object {
  const invoiced = isInvoice(payment);
  return {
    id: refunded.id,
    payment_request_id: invoiced ? null : payment.id,
    payment_id: payment.paymentId,
    invoice_id: invoiced ? payment.id : null,
    channel_code: payment.method,
    reference_id: refunded.reference,
    amount: rawDecimal(refunded.amountMinor, 0),
    currency: payment.currency,
    country: "ID",
    status,
    reason: "REQUESTED_BY_CUSTOMER",
    failure_code: null,
    refund_fee_amount: null,
    created: new Date(refunded.createdAtMs).toISOString(),
    updated: new Date(refunded.createdAtMs).toISOString(),
  };
}

function isInvoice({ method }: SimulatedPayment): boolean {
  return method === "INVOICE";
}

function refusal(status: number, error_code: string, message = error_code): ApiAnswer {
  return { status, body: { error_code, message } };
}
