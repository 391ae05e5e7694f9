import { z } from "zod";
import { minorFromInteger, optionalText, parseExact, text } from "./json.js";
import {
  isPaid,
  type PaymentStatus,
  type ProviderEvent,
  type RefundStatus,
  type WebhookDelivery,
  type WebhookVerdict,
} from "./provider.js";
import { equalSecrets, headerOf, hmacSha256, refusedAtTheDoor } from "./signature.js";

const entity = <T extends z.ZodType>(schema: T) => z.object({ entity: schema }).nullish();

const Payment = z.object({
  id: text,
  amount: text,
  currency: text,
  status: text,
  order_id: optionalText,
  refund_status: optionalText,
});
const Refund = z.object({ id: text, amount: text, currency: text, payment_id: text, status: text });
const Dispute = z.object({
  id: text,
  amount: text,
  currency: text,
  payment_id: text,
  status: text,
  amount_deducted: text,
});
const Link = z.object({ id: text, amount: text, currency: text, status: text, reference_id: optionalText });
const Event = z.object({
  event: text,
  created_at: optionalText,
  payload: z.object({
    payment: entity(Payment),
    refund: entity(Refund),
    dispute: entity(Dispute),
    order: entity(z.object({ id: text, receipt: optionalText })),
    payment_link: entity(Link),
  }),
});
type Payload = z.output<typeof Event>["payload"];
type Facts = Pick<ProviderEvent, "kind" | "amountMinor" | "currency" | "paymentRef" | "refund"> & {
  readonly status: PaymentStatus | undefined;
};

export const RAZORPAY_PAYMENT_STATUSES: Readonly<Record<string, PaymentStatus>> = {
  created: "pending",
  authorized: "authorized",
  captured: "paid",
  refunded: "refunded",
  failed: "attempt_failed",
};
export const RAZORPAY_LINK_STATUSES: Readonly<Record<string, PaymentStatus>> = {
  created: "requires_action",
  partially_paid: "requires_action",
  paid: "paid",
  cancelled: "cancelled",
  expired: "expired",
};
export const RAZORPAY_REFUND_STATUSES: Readonly<Record<string, RefundStatus>> = {
  pending: "pending",
  processed: "succeeded",
  failed: "failed",
};

/**
 * Razorpay signs the raw body. `secrets` has the present webhook secret first and may have the one before it, with which
 * retries of older events are still signed for a day after a change.
 */
export function readRazorpayWebhook(secrets: readonly string[], delivery: WebhookDelivery): WebhookVerdict {
  const usable = secrets.filter((secret) => secret !== "");
  const refused = refusedAtTheDoor(usable[0] ?? "", delivery);
  if (refused !== undefined) return { authentic: false, reason: refused };
  const signature = headerOf(delivery.headers, "x-razorpay-signature");
  if (signature === undefined) return { authentic: false, reason: "SIGNATURE_MISSING" };
  if (!usable.some((secret) => equalSecrets(signature, hmacSha256(secret, "hex", delivery.rawBody))))
    return { authentic: false, reason: "SIGNATURE_MISMATCH" };
  const body = Event.safeParse(parseExact(Buffer.from(delivery.rawBody).toString("utf8"))).data;
  return { authentic: true, event: body === undefined ? null : eventOf(body, delivery.headers) };
}

/**
 * Whether the fields that a payer's browser brings back are Razorpay's own: of the checkout (order|payment), of a
 * subscription (payment|subscription, in this order) or of a payment link (link|reference|status|payment), by what is there.
 * The order must be the one that we stored, not the one that the browser names.
 */
export function verifyRazorpayReturn(keySecret: string, fields: Readonly<Record<string, string | undefined>>): boolean {
  const field = (name: string): string => fields[`razorpay_${name}`] ?? fields[name] ?? "";
  const parts =
    field("payment_link_id") !== ""
      ? [
          field("payment_link_id"),
          field("payment_link_reference_id"),
          field("payment_link_status"),
          field("payment_id"),
        ]
      : field("subscription_id") !== ""
        ? [field("payment_id"), field("subscription_id")]
        : [fields["order_id"] ?? "", field("payment_id")];
  const mayBeEmpty = field("payment_link_id") === "" ? -1 : 1;
  if (keySecret === "" || parts.some((part, index) => part === "" && index !== mayBeEmpty)) return false;
  return equalSecrets(field("signature"), hmacSha256(keySecret, "hex", parts.join("|")));
}

function eventOf(body: z.output<typeof Event>, headers: WebhookDelivery["headers"]): ProviderEvent | null {
  const { event, payload, created_at } = body;
  const facts = event.startsWith("refund.")
    ? refundFacts(payload)
    : event.startsWith("payment.dispute.")
      ? disputeFacts(payload)
      : (paymentFacts(payload) ?? linkFacts(payload));
  if (facts?.status === undefined) return null;
  const { payment, order, payment_link: link, refund, dispute } = payload;
  // The order's own id lacks its prefix in events of payment links.
  const orderId = order?.entity.id.replace(/^(?:order_)?/, "order_");
  const orderRef = payment?.entity.order_id ?? orderId ?? link?.entity.id ?? facts.paymentRef ?? "";
  const subject = refund ?? dispute ?? payment ?? link;
  return {
    ...facts,
    status: facts.status,
    paid: isPaid(facts.status),
    orderRef,
    dedupeKey:
      headerOf(headers, "x-razorpay-event-id") ?? `${event}:${subject?.entity.id ?? orderRef}:${created_at ?? ""}`,
    merchantRef: link?.entity.reference_id ?? order?.entity.receipt ?? null,
    mustConfirm: false,
  };
}

function paymentFacts({ payment }: Payload): Facts | undefined {
  if (payment == null) return undefined;
  const { id, amount, currency, status, refund_status } = payment.entity;
  const amountMinor = minorFromInteger(amount);
  if (amountMinor === undefined) return undefined;
  const known = RAZORPAY_PAYMENT_STATUSES[status];
  const refunded = known === "paid" && refund_status === "partial" ? "partially_refunded" : known;
  return { kind: "payment", status: refunded, amountMinor, currency, paymentRef: id, refund: null };
}

/** A link that ended without a payment. */
function linkFacts({ payment_link: link }: Payload): Facts | undefined {
  const amountMinor = link == null ? undefined : minorFromInteger(link.entity.amount);
  if (link == null || amountMinor === undefined) return undefined;
  const { status, currency } = link.entity;
  return {
    kind: "payment",
    status: RAZORPAY_LINK_STATUSES[status],
    amountMinor,
    currency,
    paymentRef: null,
    refund: null,
  };
}

/** A refund that did not come about leaves the payment paid. */
function refundFacts({ refund, payment }: Payload): Facts | undefined {
  const amountMinor = refund == null ? undefined : minorFromInteger(refund.entity.amount);
  if (refund == null || amountMinor === undefined) return undefined;
  const { id, currency, payment_id, status: refundStatus } = refund.entity;
  const status = RAZORPAY_REFUND_STATUSES[refundStatus];
  if (status === undefined) return undefined;
  const whole = payment?.entity.refund_status === "full";
  return {
    kind: "refund",
    status: status !== "succeeded" ? "paid" : whole ? "refunded" : "partially_refunded",
    amountMinor,
    currency,
    paymentRef: payment_id,
    refund: { ref: id, amountMinor, status },
  };
}

function disputeFacts({ dispute, payment }: Payload): Facts | undefined {
  if (dispute == null) return undefined;
  const { amount, currency, payment_id, status, amount_deducted } = dispute.entity;
  const [disputed, deducted] = [minorFromInteger(amount), minorFromInteger(amount_deducted)];
  if (disputed === undefined || deducted === undefined) return undefined;
  const total = minorFromInteger(payment?.entity.amount ?? "") ?? disputed;
  const open = status === "open" || status === "under_review" || status === "action_required";
  const after = deducted === 0n ? "paid" : deducted < total ? "partial_chargeback" : "chargeback";
  return {
    kind: "dispute",
    status: open ? "disputed" : after,
    amountMinor: deducted === 0n ? disputed : deducted,
    currency,
    paymentRef: payment_id,
    refund: null,
  };
}
