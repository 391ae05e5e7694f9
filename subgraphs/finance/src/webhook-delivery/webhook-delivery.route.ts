import { createHash } from "node:crypto";
import { type ErrorCode, CATALOGUE, addJob, asSystem } from "@lentera/kit";
import type { FinanceContext } from "../context.js";
import { providerNamed } from "../payment/payment.store.js";
import type { RefusalReason } from "../provider/provider.js";
import { storedEvent } from "./webhook-delivery.service.js";
import * as store from "./webhook-delivery.store.js";

const PATH = /^\/webhooks\/payments\/([a-z]+)$/;

const REFUSALS: Readonly<Record<RefusalReason, { readonly status: number; readonly code: ErrorCode }>> = {
  // Ours to mend: the provider will come again.
  SECRET_UNSET: { status: 503, code: "SERVICE_UNAVAILABLE" },
  SIGNATURE_MISSING: { status: 401, code: "INVALID_TOKEN" },
  SIGNATURE_MISMATCH: { status: 401, code: "INVALID_TOKEN" },
  TIMESTAMP_MISSING: { status: 401, code: "INVALID_TOKEN" },
  TOO_OLD: { status: 401, code: "TOKEN_EXPIRED" },
  BODY_TOO_LARGE: { status: 413, code: "LIMIT_EXCEEDED" },
  MALFORMED_BODY: { status: 400, code: "VALIDATION_ERROR" },
};

/**
 * `POST /webhooks/payments/:provider`. Checks the signature on the bytes as they came, stores them with a job that does the
 * rest, and answers. What is not authentic leaves nothing behind; what came before is only counted.
 */
export async function receiveWebhook(ctx: FinanceContext, request: Request): Promise<Response> {
  const provider = providerNamed(PATH.exec(new URL(request.url).pathname)?.[1] ?? "");
  if (provider === undefined || request.method !== "POST") return refusal(404, "NOT_FOUND");
  const rawBody = new Uint8Array(await request.arrayBuffer());
  const headers = Object.fromEntries(request.headers);
  const verdict = ctx.provider(provider).readWebhook({ headers, rawBody, nowMs: ctx.now().getTime() });
  if (!verdict.authentic) {
    const { status, code } = REFUSALS[verdict.reason];
    return refusal(status, code);
  }
  const { event } = verdict;
  // A signature that does not cover the body does not cover the event's name either: only equal bytes are a repetition.
  const dedupeKey =
    event === null || event.mustConfirm ? createHash("sha256").update(rawBody).digest("hex") : event.dedupeKey;
  await asSystem(() =>
    ctx.transaction(async (tx) => {
      const stored = event === null ? null : storedEvent(event);
      const id = await store.storeDelivery(tx, { provider, dedupeKey, rawBody, event: stored });
      if (id !== null) await addJob(tx, store.PROCESS_JOB, { deliveryId: id, tries: 0 }, { key: `webhook:${id}` });
    }),
  );
  return Response.json({ status: "processed" });
}

function refusal(status: number, code: ErrorCode): Response {
  const { number, en: message } = CATALOGUE[code];
  return Response.json({ errors: [{ message, extensions: { code, number } }] }, { status });
}
