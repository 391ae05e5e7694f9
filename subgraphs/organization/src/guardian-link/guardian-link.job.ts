import type { Job } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { ASK_CONSENT_JOB, END_UNCONFIRMED_JOB, askConsent, endUnconfirmed } from "./consent.service.js";

export function guardianLinkJobs(systemContext: () => OrganizationContext): Job[] {
  return [
    { name: ASK_CONSENT_JOB, run: (payload) => askConsent(systemContext(), payload) },
    { name: END_UNCONFIRMED_JOB, run: (payload) => endUnconfirmed(systemContext(), payload) },
  ];
}
