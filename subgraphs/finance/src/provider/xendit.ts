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
import {
  assertPayable,
  assertRefundable,
  type CreatedPayment,
  type PaymentMethod,
  type PaymentProvider,
  type PaymentRequest,
  type PaymentStatus,
  ProviderError,
  type RefundFact,
  type StatusAnswer,
} from "./provider.js";
import {
  readXenditWebhook,
  XENDIT_INVOICE_STATUSES,
  XENDIT_REFUND_STATUSES,
  XENDIT_STATUSES,
} from "./xendit.webhook.js";

/** One host for both modes: the key decides. */
const XENDIT_URL = "https://api.xendit.co";
const V3 = { "api-version": "2024-11-11" };

export interface XenditConfig {
  readonly secretKey: string;
  readonly callbackToken: string;
  readonly baseUrl?: string;
  readonly timeoutMs?: number;
}

const CHANNELS: Partial<Record<PaymentMethod, string>> = {
  BCA_VA: "BCA_VIRTUAL_ACCOUNT",
  BNI_VA: "BNI_VIRTUAL_ACCOUNT",
  BRI_VA: "BRI_VIRTUAL_ACCOUNT",
  MANDIRI_VA: "MANDIRI_VIRTUAL_ACCOUNT",
  PERMATA_VA: "PERMATA_VIRTUAL_ACCOUNT",
  QRIS: "QRIS",
  GOPAY: "GOPAY",
  SHOPEEPAY: "SHOPEEPAY",
  DANA: "DANA",
};

const Invoice = z.object({
  id: text,
  status: text,
  invoice_url: text,
  amount: text,
  paid_amount: optionalText,
  currency: text,
});
const Request = z.object({
  payment_request_id: text,
  reference_id: text,
  status: text,
  request_amount: text,
  currency: text,
  latest_payment_id: optionalText,
  actions: z.array(z.object({ descriptor: text, value: text })).nullish(),
});
const Refund = z.object({ id: text, amount: text, currency: text, status: text });
const Failure = z.object({ error_code: text });

/** Xendit: an invoice (hosted page) for cards, payment requests v3 for the direct channels. Whole rupiah as JSON numbers. */
export function createXendit(config: XenditConfig): PaymentProvider {
  const baseUrl = config.baseUrl ?? XENDIT_URL;

  async function call(method: "GET" | "POST", path: string, body?: object, extra?: Record<string, string>) {
    requireKey("xendit", config.secretKey);
    return callProvider({
      provider: "xendit",
      method,
      url: `${baseUrl}${path}`,
      headers: { authorization: basicAuthorization(config.secretKey, ""), ...extra },
      body,
      timeoutMs: config.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    });
  }

  async function findInvoice(orderRef: string): Promise<z.output<typeof Invoice> | undefined> {
    const answer = await call("GET", `/v2/invoices?external_id=${encodeURIComponent(orderRef)}`);
    const found = z.array(Invoice).safeParse(answer.body).data;
    if (answer.httpStatus !== 200 || found === undefined) throw failure(answer);
    return found[0];
  }

  /** Xendit does not refuse a reference that was used before, so an earlier invoice is looked for first. */
  async function createInvoice(request: PaymentRequest): Promise<CreatedPayment> {
    let invoice = await findInvoice(request.orderRef);
    if (invoice === undefined) {
      const answer = await call("POST", "/v2/invoices", {
        external_id: request.orderRef,
        amount: decimalNumber(request.amountMinor, request.currency),
        currency: request.currency,
        payer_email: request.customer.email,
        description: request.description,
        invoice_duration: Math.max(60, Math.ceil((request.expiresAt.getTime() - Date.now()) / 1000)),
        customer: { given_names: request.customer.name, email: request.customer.email },
        success_redirect_url: request.returnUrl,
        failure_redirect_url: request.returnUrl,
        payment_methods: ["CREDIT_CARD"],
      });
      invoice = Invoice.safeParse(answer.body).data;
      if (answer.httpStatus !== 200 || invoice === undefined) throw failure(answer);
    }
    return {
      providerRef: invoice.id,
      status: "requires_action",
      paymentUrl: invoice.invoice_url,
      qrString: null,
      vaNumber: null,
      billerCode: null,
    };
  }

  async function createRequest(request: PaymentRequest, channel: string): Promise<CreatedPayment> {
    const { returnUrl } = request;
    const wallet = { success_return_url: returnUrl, failure_return_url: returnUrl, cancel_return_url: returnUrl };
    const expiring = { expires_at: request.expiresAt.toISOString() };
    const properties = channel.endsWith("VIRTUAL_ACCOUNT")
      ? { display_name: request.customer.name, ...expiring }
      : channel === "QRIS"
        ? expiring
        : wallet;
    const body = {
      reference_id: request.orderRef,
      type: "PAY",
      country: "ID",
      currency: request.currency,
      request_amount: decimalNumber(request.amountMinor, request.currency),
      capture_method: "AUTOMATIC",
      channel_code: channel,
      channel_properties: properties,
      description: request.description,
    };
    const answer = await call("POST", "/v3/payment_requests", body, V3);
    const created = Request.safeParse(answer.body).data;
    const status = created === undefined ? undefined : XENDIT_STATUSES[created.status];
    if (answer.httpStatus !== 201 || created === undefined || status === undefined) throw failure(answer);
    const action = (descriptor: string): string | null =>
      created.actions?.find((one) => one.descriptor === descriptor)?.value ?? null;
    return {
      providerRef: created.payment_request_id,
      status,
      paymentUrl: action("WEB_URL"),
      qrString: action("QR_STRING"),
      vaNumber: action("VIRTUAL_ACCOUNT_NUMBER"),
      billerCode: null,
    };
  }

  async function queryRequest(id: string, orderRef: string): Promise<StatusAnswer> {
    const answer = await call("GET", `/v3/payment_requests/${encodeURIComponent(id)}`, undefined, V3);
    if (answer.httpStatus === 404) return { outcome: "ABSENT" };
    const found = Request.safeParse(answer.body).data;
    if (answer.httpStatus !== 200 || found === undefined) throw unreadable();
    // A webhook may have named another's request as ours.
    if (found.reference_id !== orderRef) return { outcome: "ABSENT" };
    return snapshotOf(XENDIT_STATUSES[found.status], found.request_amount, found.currency, found.latest_payment_id);
  }

  return {
    name: "xendit",

    async createPayment(request) {
      assertPayable("xendit", request);
      const channel = CHANNELS[request.method];
      return channel === undefined ? createInvoice(request) : createRequest(request, channel);
    },

    async queryStatus({ orderRef, providerRef, method }): Promise<StatusAnswer> {
      if (CHANNELS[method] !== undefined)
        return providerRef === null ? { outcome: "CANNOT_TELL" } : queryRequest(providerRef, orderRef);
      const invoice = await findInvoice(orderRef);
      if (invoice === undefined) return { outcome: "ABSENT" };
      const { id, status, amount, paid_amount, currency } = invoice;
      return snapshotOf(XENDIT_INVOICE_STATUSES[status], paid_amount ?? amount, currency, id);
    },

    async refund(request): Promise<RefundFact> {
      assertRefundable("xendit", request);
      const { providerRef, refundRef, amountMinor, currency } = request;
      const target = providerRef.startsWith("pr-") ? { payment_request_id: providerRef } : { invoice_id: providerRef };
      const amount = decimalNumber(amountMinor, currency);
      const body = { ...target, reference_id: refundRef, amount, currency, reason: "REQUESTED_BY_CUSTOMER" };
      const answer = await call("POST", "/refunds", body, { "idempotency-key": refundRef });
      const refunded = Refund.safeParse(answer.body).data;
      const status = refunded === undefined ? undefined : XENDIT_REFUND_STATUSES[refunded.status];
      const refundedMinor = refunded === undefined ? undefined : minorFromDecimal(refunded.amount, refunded.currency);
      if (answer.httpStatus !== 200 || refunded === undefined || status === undefined || refundedMinor === undefined)
        throw failure(answer);
      return { ref: refunded.id, amountMinor: refundedMinor, status };
    },

    readWebhook: (delivery) => readXenditWebhook(config.callbackToken, delivery),
  };
}

/** @throws ProviderError UNKNOWN for a status or amount that is not documented */
function snapshotOf(
  status: PaymentStatus | undefined,
  amount: string,
  currency: string,
  paymentRef: string | null,
): StatusAnswer {
  const amountMinor = minorFromDecimal(amount, currency);
  if (status === undefined || amountMinor === undefined) throw unreadable();
  return { outcome: "FOUND", snapshot: { status, amountMinor, currency, paymentRef, refunds: [] } };
}

function unreadable(): ProviderError {
  return new ProviderError("xendit", "UNKNOWN", "the status cannot be read");
}

function failure({ httpStatus, body }: ProviderAnswer): ProviderError {
  const code = Failure.safeParse(body).data?.error_code ?? "";
  return new ProviderError("xendit", outcomeOf(httpStatus), `answered ${httpStatus} ${code}`.trimEnd());
}
