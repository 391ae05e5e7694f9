import type { Job } from "@lentera/kit";
import type { FinanceContext } from "../context.js";
import { sendRefund } from "./refund.service.js";
import { SEND_JOB } from "./refund.store.js";

export function refundJobs(systemContext: () => FinanceContext): Job[] {
  return [{ name: SEND_JOB, run: (payload) => sendRefund(systemContext(), payload) }];
}
