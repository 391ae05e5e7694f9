import { z } from "zod";
import { DEFAULT_TIMEOUT_MS, basicAuthorization, callProvider, outcomeOf, requireKey } from "../provider/http.js";
import { decimalNumber, optionalText, parseExact, text } from "../provider/json.js";
import { ProviderError } from "../provider/provider.js";
import { equalSecrets, headerOf, refusedAtTheDoor } from "../provider/signature.js";
import type { DisbursementAnswer, DisbursementProvider } from "./disbursement.js";

const XENDIT_URL = "https://api.xendit.co";

const Payout = z.object({ id: text, reference_id: text, status: text, failure_code: optionalText });
const Found = z.object({ data: z.array(Payout) });
const Webhook = z.object({ event: text, data: z.object({ reference_id: text }) });

/** What Xendit's states mean. What it may invent later is pending: it is asked again. */
const STATUSES: Readonly<Record<string, DisbursementAnswer["status"]>> = {
  ACCEPTED: "PENDING",
  REQUESTED: "PENDING",
  SUCCEEDED: "PAID",
  FAILED: "FAILED",
  CANCELLED: "FAILED",
  REVERSED: "RETURNED",
};

export interface XenditPayoutsConfig {
  readonly secretKey: string;
  readonly callbackToken: string;
  readonly baseUrl?: string | undefined;
  readonly timeoutMs?: number | undefined;
}

/** Xendit's Payouts v2: `POST /v2/payouts` with an `Idempotency-key`, `GET /v2/payouts?reference_id=`, amounts in major units. */
export function createXenditPayouts(config: XenditPayoutsConfig): DisbursementProvider {
  const baseUrl = config.baseUrl ?? XENDIT_URL;

  async function call(method: "GET" | "POST", path: string, body?: object, headers: Record<string, string> = {}) {
    requireKey("xendit", config.secretKey);
    const answer = await callProvider({
      provider: "xendit",
      method,
      url: `${baseUrl}${path}`,
      headers: { authorization: basicAuthorization(config.secretKey, ""), ...headers },
      body,
      timeoutMs: config.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    });
    if (answer.httpStatus < 200 || answer.httpStatus > 299)
      throw new ProviderError(
        "xendit",
        outcomeOf(answer.httpStatus),
        `answered ${method} ${path} with ${answer.httpStatus}`,
      );
    return answer.body;
  }

  return {
    name: "xendit",
    create: async ({ reference, amountMinor, currency, bankCode, holderName, accountNumber, description }) => {
      const wanted = {
        reference_id: reference,
        channel_code: bankCode,
        channel_properties: { account_holder_name: holderName, account_number: accountNumber },
        amount: decimalNumber(amountMinor, currency),
        currency,
        description,
      };
      const made = Payout.safeParse(await call("POST", "/v2/payouts", wanted, { "idempotency-key": reference }));
      if (!made.success) throw new ProviderError("xendit", "UNKNOWN", "the answer is no payout");
      return answerOf(made.data);
    },
    find: async (reference) => {
      const found = Found.safeParse(await call("GET", `/v2/payouts?reference_id=${encodeURIComponent(reference)}`));
      if (!found.success) throw new ProviderError("xendit", "UNKNOWN", "the answer is no list of payouts");
      const payout = found.data.data.find(({ reference_id }) => reference_id === reference);
      return payout === undefined ? { status: "ABSENT", ref: null, reason: null } : answerOf(payout);
    },
    readWebhook: (delivery) => {
      if (refusedAtTheDoor(config.callbackToken, delivery) !== undefined) return null;
      if (!equalSecrets(headerOf(delivery.headers, "x-callback-token") ?? "", config.callbackToken)) return null;
      const webhook = Webhook.safeParse(parseExact(Buffer.from(delivery.rawBody).toString("utf8"))).data;
      return webhook?.event.startsWith("payout.") === true ? webhook.data.reference_id : null;
    },
  };
}

function answerOf({ id, status, failure_code }: z.output<typeof Payout>): DisbursementAnswer {
  return { status: STATUSES[status] ?? "PENDING", ref: id, reason: failure_code };
}
