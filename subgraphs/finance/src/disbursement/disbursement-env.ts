import { z } from "zod";
import type { DisbursementProvider } from "./disbursement.js";
import { createXenditPayouts } from "./xendit-payouts.js";

const address = z.url({ protocol: /^https?$/, error: "is not an http:// or https:// URL" }).optional();
const variables = z.object({
  XENDIT_SECRET_KEY: z.string().default(""),
  XENDIT_CALLBACK_TOKEN: z.string().default(""),
  XENDIT_PAYOUTS_URL: address,
  PAYMENT_PROVIDER_TIMEOUT_MS: z.coerce.number().int().min(50).max(60_000).default(10_000),
});

/** Who pays out, as the environment has it. Without a key every payout fails as refused, and the money stays. */
export function readDisbursements(from: Readonly<Record<string, string | undefined>>): DisbursementProvider {
  const { data, error } = variables.safeParse(
    Object.fromEntries(Object.entries(from).filter(([, value]) => value !== "")),
  );
  if (data === undefined)
    throw new Error(error.issues.map((issue) => `Set ${issue.path.join(".")}: ${issue.message}.`).join("\n"));
  return createXenditPayouts({
    secretKey: data.XENDIT_SECRET_KEY,
    callbackToken: data.XENDIT_CALLBACK_TOKEN,
    baseUrl: data.XENDIT_PAYOUTS_URL,
    timeoutMs: data.PAYMENT_PROVIDER_TIMEOUT_MS,
  });
}
