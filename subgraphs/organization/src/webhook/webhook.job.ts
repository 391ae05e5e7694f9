import type { Job } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { attemptDelivery } from "./delivery.service.js";
import { DELIVER_JOB } from "./webhook.store.js";

export function webhookJobs(systemContext: () => OrganizationContext): Job[] {
  return [{ name: DELIVER_JOB, run: (payload) => attemptDelivery(systemContext(), payload) }];
}
