import { z } from "zod";
import {
  basicAuthorization,
  callProvider,
  DEFAULT_TIMEOUT_MS,
  outcomeOf,
  type ProviderAnswer,
  requireKey,
} from "./http.js";
import { decimalNumber, minorFromDecimal, optionalText, text } from "./json.js";
import { MidtransTransaction, midtransSnapshot, readMidtransWebhook, refundsOf } from "./midtrans.webhook.js";
import {
  assertPayable,
  assertRefundable,
  type CreatedPayment,
  type PaymentMethod,
  type PaymentProvider,
  type PaymentRequest,
  ProviderError,
  type RefundFact,
  type RefundRequest,
  type StatusAnswer,
} from "./provider.js";

const HOSTS = {
  sandbox: { coreUrl: "https://api.sandbox.midtrans.com", snapUrl: "https://app.sandbox.midtrans.com/snap/v1" },
  production: { coreUrl: "https://api.midtrans.com", snapUrl: "https://app.midtrans.com/snap/v1" },
} as const;

export interface MidtransConfig {
  readonly serverKey: string;
  /** Default: the sandbox. */
  readonly environment?: keyof typeof HOSTS;
  /** In place of the environment's, for a simulator. */
  readonly coreUrl?: string;
  readonly snapUrl?: string;
  readonly timeoutMs?: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** How each method is asked for. Cards go through the hosted page, as we never see a card number. */
const CHARGES: Partial<Record<PaymentMethod, (request: PaymentRequest) => object>> = {
  BCA_VA: () => ({ payment_type: "bank_transfer", bank_transfer: { bank: "bca" } }),
  BNI_VA: () => ({ payment_type: "bank_transfer", bank_transfer: { bank: "bni" } }),
  BRI_VA: () => ({ payment_type: "bank_transfer", bank_transfer: { bank: "bri" } }),
  PERMATA_VA: () => ({ payment_type: "permata" }),
  MANDIRI_VA: () => ({ payment_type: "echannel", echannel: { bill_info1: "Payment", bill_info2: "Lentera" } }),
  QRIS: () => ({ payment_type: "qris", qris: { acquirer: "gopay" } }),
  GOPAY: ({ returnUrl }) => ({ payment_type: "gopay", gopay: { enable_callback: true, callback_url: returnUrl } }),
  SHOPEEPAY: ({ returnUrl }) => ({ payment_type: "shopeepay", shopeepay: { callback_url: returnUrl } }),
};

const SnapToken = z.object({ token: text, redirect_url: text });
const Envelope = z.object({ status_code: text, status_message: text.default("") });
const Charge = z.object({
  status_code: text,
  transaction_id: text,
  transaction_status: text,
  redirect_url: optionalText,
  va_numbers: z.array(z.object({ va_number: text })).nullish(),
  permata_va_number: optionalText,
  bill_key: optionalText,
  biller_code: optionalText,
  qr_string: optionalText,
  actions: z.array(z.object({ name: text, url: text })).nullish(),
});
const RefundAnswer = z.object({ refund_chargeback_id: text, refund_amount: text });

/** Midtrans: Snap (hosted page) for cards, the Core API for everything that needs no page. Whole rupiah in, `"10000.00"` out. */
export function createMidtrans(config: MidtransConfig): PaymentProvider {
  const { serverKey } = config;
  const hosts = HOSTS[config.environment ?? "sandbox"];
  const { coreUrl = hosts.coreUrl, snapUrl = hosts.snapUrl } = config;
  const now = config.now ?? Date.now;

  async function call(method: "GET" | "POST", url: string, body?: object, key?: string): Promise<ProviderAnswer> {
    requireKey("midtrans", serverKey);
    return callProvider({
      provider: "midtrans",
      method,
      url,
      headers: {
        authorization: basicAuthorization(serverKey, ""),
        ...(key === undefined ? {} : { "idempotency-key": key }),
      },
      body,
      timeoutMs: config.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    });
  }

  async function createPage(request: PaymentRequest, minutes: number): Promise<CreatedPayment> {
    const answer = await call(
      "POST",
      `${snapUrl}/transactions`,
      {
        ...commonOf(request),
        enabled_payments: ["credit_card"],
        credit_card: { secure: true },
        callbacks: { finish: request.returnUrl },
        expiry: { start_time: jakartaTime(now()), unit: "minutes", duration: minutes },
      },
      request.orderRef,
    );
    const created = SnapToken.safeParse(answer.body).data;
    if (answer.httpStatus !== 201 || created === undefined) throw failure(answer);
    return { ...NOTHING, providerRef: created.token, status: "requires_action", paymentUrl: created.redirect_url };
  }

  async function charge(request: PaymentRequest, type: object, minutes: number): Promise<CreatedPayment> {
    const expiry = { order_time: jakartaTime(now()), expiry_duration: minutes, unit: "minute" };
    const body = { ...type, ...commonOf(request), custom_expiry: expiry };
    const answer = await call("POST", `${coreUrl}/v2/charge`, body, request.orderRef);
    const created = Charge.safeParse(answer.body).data;
    if (created === undefined || !["200", "201"].includes(created.status_code)) throw failure(answer);
    const link = created.actions?.find(({ name }) => name === "deeplink-redirect")?.url ?? created.redirect_url;
    return {
      providerRef: created.transaction_id,
      status: link === null ? "pending" : "requires_action",
      paymentUrl: link,
      qrString: created.qr_string,
      vaNumber: created.va_numbers?.[0]?.va_number ?? created.permata_va_number ?? created.bill_key,
      billerCode: created.biller_code,
    };
  }

  return {
    name: "midtrans",

    async createPayment(request) {
      assertPayable("midtrans", request);
      const minutes = Math.max(1, Math.ceil((request.expiresAt.getTime() - now()) / 60_000));
      const type = CHARGES[request.method]?.(request);
      return type === undefined ? createPage(request, minutes) : charge(request, type, minutes);
    },

    async queryStatus({ orderRef, providerRef, method }): Promise<StatusAnswer> {
      const answer = await call("GET", `${coreUrl}/v2/${encodeURIComponent(orderRef)}/status`);
      if (codeOf(answer) === "404") {
        // A hosted page whose payer has not chosen yet is not known to the Core API.
        return { outcome: method === "CARD" && providerRef !== null ? "NOT_STARTED" : "ABSENT" };
      }
      const transaction = MidtransTransaction.safeParse(answer.body).data;
      const snapshot = transaction === undefined ? undefined : midtransSnapshot(transaction);
      if (snapshot === undefined) throw new ProviderError("midtrans", "UNKNOWN", "the status cannot be read");
      return { outcome: "FOUND", snapshot };
    },

    async refund(request: RefundRequest): Promise<RefundFact> {
      assertRefundable("midtrans", request);
      const { orderRef, refundRef, amountMinor, currency, reason } = request;
      const path = `${coreUrl}/v2/${encodeURIComponent(orderRef)}`;
      const body = { refund_key: refundRef, amount: decimalNumber(amountMinor, currency), reason };
      const answer = await call("POST", `${path}/refund`, body);
      if (codeOf(answer) === "406") {
        const transaction = MidtransTransaction.safeParse((await call("GET", `${path}/status`)).body).data;
        const earlier = transaction === undefined ? undefined : refundsOf(transaction, refundRef)[0];
        if (earlier !== undefined) return earlier;
      }
      const refunded = RefundAnswer.safeParse(answer.body).data;
      const refundedMinor = refunded === undefined ? undefined : minorFromDecimal(refunded.refund_amount, currency);
      if (codeOf(answer) !== "200" || refunded === undefined || refundedMinor === undefined) throw failure(answer);
      return { ref: refunded.refund_chargeback_id, amountMinor: refundedMinor, status: "succeeded" };
    },

    readWebhook: (delivery) => readMidtransWebhook(serverKey, delivery),
  };
}

const NOTHING = { paymentUrl: null, qrString: null, vaNumber: null, billerCode: null } as const;

function commonOf({ orderRef, amountMinor, currency, description, customer }: PaymentRequest): object {
  const amount = decimalNumber(amountMinor, currency);
  return {
    transaction_details: { order_id: orderRef, gross_amount: amount },
    item_details: [{ id: orderRef, price: amount, quantity: 1, name: description.slice(0, 50) }],
    customer_details: { first_name: customer.name, email: customer.email, phone: customer.phone },
  };
}

/** The outcome is in the body's code, where there is one, and not in the HTTP status. */
function codeOf({ body, httpStatus }: ProviderAnswer): string {
  return Envelope.safeParse(body).data?.status_code ?? String(httpStatus);
}

function failure(answer: ProviderAnswer): ProviderError {
  const code = codeOf(answer);
  const message = Envelope.safeParse(answer.body).data?.status_message ?? "";
  // A used order reference may be our own earlier try; 202 to a charge or refund is a refusal of the bank.
  const denied = code === "202" && answer.httpStatus !== 202;
  const taken = JSON.stringify(answer.body ?? "").includes("order_id has");
  const outcome = taken ? "UNKNOWN" : denied ? "REFUSED" : outcomeOf(Number(code));
  return new ProviderError("midtrans", outcome, `answered ${code} ${message}`.trimEnd());
}

/** `2026-03-02 10:15:00 +0700`. */
function jakartaTime(epochMs: number): string {
  return `${new Date(epochMs + 7 * 3_600_000).toISOString().slice(0, 19).replace("T", " ")} +0700`;
}
