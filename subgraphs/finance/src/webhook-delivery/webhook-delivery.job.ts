import type { Job } from "@lentera/kit";
import type { FinanceContext } from "../context.js";
import { processDelivery } from "./webhook-delivery.service.js";
import { PROCESS_JOB } from "./webhook-delivery.store.js";

export function webhookDeliveryJobs(systemContext: () => FinanceContext): Job[] {
  return [{ name: PROCESS_JOB, run: (payload) => processDelivery(systemContext(), payload) }];
}
