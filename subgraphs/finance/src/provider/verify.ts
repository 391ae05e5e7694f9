import { z } from "zod";
import { createCashfree } from "./cashfree.js";
import { createMidtrans } from "./midtrans.js";
import { type PaymentProvider, type ProviderName, PROVIDERS, type WebhookVerdict } from "./provider.js";
import { createRazorpay } from "./razorpay.js";
import { verifyRazorpayReturn } from "./razorpay.webhook.js";
import { createXendit } from "./xendit.js";

const texts = z
  .record(z.string(), z.string().nullish())
  .nullish()
  .transform((values) => values ?? {});

const Vector = z.object({
  id: z.string(),
  provider: z.enum(PROVIDERS),
  headers: texts,
  rawBody: z.string().nullish(),
  /** What a browser brought back, in place of a body. */
  fields: texts,
  secrets: texts,
  nowMs: z.number().nullish(),
});
type DeliveryVector = z.output<typeof Vector>;
const Input = z.object({ vectors: z.array(z.object({ id: z.string() }).loose()) });

export interface VerifyResult {
  readonly id: string;
  readonly valid: boolean;
  /** `OK`, or the code of what is wrong. */
  readonly reason: string;
  /** Amount in minor units; null when the delivery is not authentic or no event of a payment. */
  readonly normalized: {
    readonly status: string;
    readonly paid: boolean;
    readonly amount: number;
    readonly currency: string;
    readonly orderRef: string;
    readonly dedupeKey: string;
    readonly mustConfirmWithApi: boolean;
  } | null;
}

type Secrets = Readonly<Record<string, string | null | undefined>>;

/** The adapters with the secrets of one delivery. No call goes out, so keys of the API stay unset. */
const ADAPTERS: Readonly<Record<ProviderName, (secrets: Secrets) => PaymentProvider>> = {
  midtrans: ({ server_key }) => createMidtrans({ serverKey: server_key ?? "" }),
  xendit: ({ callback_token }) => createXendit({ secretKey: "", callbackToken: callback_token ?? "" }),
  razorpay: ({ webhook_secret, previous_webhook_secret }) =>
    createRazorpay({
      keyId: "",
      keySecret: "",
      webhookSecret: webhook_secret ?? "",
      previousWebhookSecret: previous_webhook_secret ?? "",
    }),
  cashfree: ({ client_secret }) => createCashfree({ clientId: "", clientSecret: client_secret ?? "" }),
};

/**
 * Judges recorded deliveries as the receiver would. A vector that cannot be read gets the reason MALFORMED_VECTOR.
 * @throws Error with one sentence when the input is not `{ "vectors": [{ "id": … }] }`
 */
export function verifyVectors(json: string): { results: VerifyResult[] } {
  const input = Input.safeParse(parse(json)).data;
  if (input === undefined) throw new Error('Write {"vectors": [{"id", "provider", …}]} to standard input.');
  return { results: input.vectors.map((vector) => verifyOne(vector)) };
}

function verifyOne(input: { id: string }): VerifyResult {
  const vector = Vector.safeParse(input).data;
  if (vector === undefined) return invalid(input.id, "MALFORMED_VECTOR");
  if (vector.rawBody == null || (vector.rawBody === "" && Object.keys(vector.fields).length > 0))
    return verifyReturn(vector);
  const headers = definedOf(vector.headers);
  const rawBody = Buffer.from(vector.rawBody, "utf8");
  const delivery = { headers, rawBody, nowMs: vector.nowMs ?? null };
  return resultOf(vector.id, ADAPTERS[vector.provider](vector.secrets).readWebhook(delivery));
}

/** Only Razorpay signs what the payer's browser brings back. */
function verifyReturn({ id, provider, fields, secrets }: DeliveryVector): VerifyResult {
  const keySecret = secrets["key_secret"] ?? "";
  if (provider !== "razorpay") return invalid(id, "MALFORMED_BODY");
  if (keySecret === "") return invalid(id, "SECRET_UNSET");
  if ((fields["razorpay_signature"] ?? "") === "") return invalid(id, "SIGNATURE_MISSING");
  const valid = verifyRazorpayReturn(keySecret, definedOf(fields));
  return valid ? { id, valid, reason: "OK", normalized: null } : invalid(id, "SIGNATURE_MISMATCH");
}

function resultOf(id: string, verdict: WebhookVerdict): VerifyResult {
  if (!verdict.authentic) return invalid(id, verdict.reason);
  if (verdict.event === null) return { id, valid: true, reason: "OK", normalized: null };
  const { status, paid, amountMinor, currency, orderRef, dedupeKey, mustConfirm } = verdict.event;
  const amount = Number(amountMinor);
  const normalized = { status, paid, amount, currency, orderRef, dedupeKey, mustConfirmWithApi: mustConfirm };
  return { id, valid: true, reason: "OK", normalized };
}

function invalid(id: string, reason: string): VerifyResult {
  return { id, valid: false, reason, normalized: null };
}

function definedOf(values: Secrets): Record<string, string> {
  return Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (value == null ? [] : [[key, value]])));
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
