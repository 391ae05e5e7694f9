import { z } from "zod";
import { type PaymentProvider, type ProviderName } from "./provider/provider.js";
import { createCashfree } from "./provider/cashfree.js";
import { createMidtrans } from "./provider/midtrans.js";
import { createRazorpay } from "./provider/razorpay.js";
import { createXendit } from "./provider/xendit.js";

type Environment = Readonly<Record<string, string | undefined>>;

const secret = z.string().default("");
const address = z.url({ protocol: /^https?$/, error: "is not an http:// or https:// URL" }).optional();
const environment = z.enum(["sandbox", "production"], "is neither sandbox nor production").default("sandbox");

const variables = z.object({
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: "is not an http:// or https:// URL" })
    .default("http://localhost:4000"),
  MIDTRANS_SERVER_KEY: secret,
  MIDTRANS_ENVIRONMENT: environment,
  MIDTRANS_URL: address,
  XENDIT_SECRET_KEY: secret,
  XENDIT_CALLBACK_TOKEN: secret,
  XENDIT_URL: address,
  RAZORPAY_KEY_ID: secret,
  RAZORPAY_KEY_SECRET: secret,
  RAZORPAY_WEBHOOK_SECRET: secret,
  RAZORPAY_PREVIOUS_WEBHOOK_SECRET: secret,
  RAZORPAY_URL: address,
  CASHFREE_CLIENT_ID: secret,
  CASHFREE_CLIENT_SECRET: secret,
  CASHFREE_ENVIRONMENT: environment,
  CASHFREE_URL: address,
  PAYMENT_PROVIDER_TIMEOUT_MS: z.coerce.number().int().min(50).max(60_000).default(10_000),
});

export interface PaymentEnvironment {
  /** Every provider, so that a delivery for one without a secret is refused rather than unknown. */
  readonly providers: ReadonlyMap<ProviderName, PaymentProvider>;
  /** Those that have their keys and can take payments. */
  readonly usable: readonly ProviderName[];
  /** Where payers come back to when nothing else was said, without a slash at the end. */
  readonly publicUrl: string;
}

/** The providers as the environment has them. @throws Error with one sentence for each variable that is wrong */
export function readPaymentEnvironment(from: Environment): PaymentEnvironment {
  const parsed = variables.safeParse(Object.fromEntries(Object.entries(from).filter(([, value]) => value !== "")));
  if (!parsed.success)
    throw new Error(parsed.error.issues.map((issue) => `Set ${issue.path.join(".")}: ${issue.message}.`).join("\n"));
  const { data } = parsed;
  const timeoutMs = data.PAYMENT_PROVIDER_TIMEOUT_MS;
  const at = <Key extends string>(key: Key, url: string | undefined): { [K in Key]?: string } | object =>
    url === undefined ? {} : { [key]: url };
  const all: { readonly provider: PaymentProvider; readonly keys: readonly string[] }[] = [
    {
      provider: createMidtrans({
        serverKey: data.MIDTRANS_SERVER_KEY,
        environment: data.MIDTRANS_ENVIRONMENT,
        timeoutMs,
        ...at("coreUrl", data.MIDTRANS_URL),
        ...at("snapUrl", data.MIDTRANS_URL && `${data.MIDTRANS_URL}/snap/v1`),
      }),
      keys: [data.MIDTRANS_SERVER_KEY],
    },
    {
      provider: createXendit({
        secretKey: data.XENDIT_SECRET_KEY,
        callbackToken: data.XENDIT_CALLBACK_TOKEN,
        timeoutMs,
        ...at("baseUrl", data.XENDIT_URL),
      }),
      keys: [data.XENDIT_SECRET_KEY],
    },
    {
      provider: createRazorpay({
        keyId: data.RAZORPAY_KEY_ID,
        keySecret: data.RAZORPAY_KEY_SECRET,
        webhookSecret: data.RAZORPAY_WEBHOOK_SECRET,
        previousWebhookSecret: data.RAZORPAY_PREVIOUS_WEBHOOK_SECRET,
        timeoutMs,
        ...at("baseUrl", data.RAZORPAY_URL && `${data.RAZORPAY_URL}/v1`),
      }),
      keys: [data.RAZORPAY_KEY_ID, data.RAZORPAY_KEY_SECRET],
    },
    {
      provider: createCashfree({
        clientId: data.CASHFREE_CLIENT_ID,
        clientSecret: data.CASHFREE_CLIENT_SECRET,
        environment: data.CASHFREE_ENVIRONMENT,
        timeoutMs,
        ...at("baseUrl", data.CASHFREE_URL),
        ...at("checkoutUrl", data.CASHFREE_URL && `${data.CASHFREE_URL}/pay/`),
      }),
      keys: [data.CASHFREE_CLIENT_ID, data.CASHFREE_CLIENT_SECRET],
    },
  ];
  return {
    providers: new Map(all.map(({ provider }) => [provider.name, provider])),
    usable: all.filter(({ keys }) => !keys.includes("")).map(({ provider }) => provider.name),
    publicUrl: data.PUBLIC_URL.replace(/\/+$/, ""),
  };
}
