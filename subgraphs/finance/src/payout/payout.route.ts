import { addJob, asSystem } from "@lentera/kit";
import { z } from "zod";
import type { FinanceContext } from "../context.js";
import { PROCESS_PAYOUT } from "./payout.service.js";

/**
 * A provider says that something has happened to a payout. It is believed only so far that the provider is asked; so a
 * delivery may come twice, late or never.
 */
export async function receivePayoutWebhook(ctx: FinanceContext, request: Request): Promise<Response> {
  const rawBody = new Uint8Array(await request.arrayBuffer());
  const headers = Object.fromEntries(request.headers);
  const reference = ctx.disbursements.readWebhook({ headers, rawBody, nowMs: ctx.now().getTime() });
  if (reference === null) return new Response(null, { status: 401 });
  if (z.uuid().safeParse(reference).success)
    await asSystem(() => addJob(ctx.db, PROCESS_PAYOUT, { payoutId: reference }, { queue: `payout:${reference}` }));
  return new Response(null, { status: 200 });
}
