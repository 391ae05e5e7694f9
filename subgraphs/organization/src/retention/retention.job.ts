import type { Job } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { REMOVE_ENDED_JOB, removeEnded } from "./retention.service.js";

/** 19:45 UTC is a quarter to three in Jakarta. */
export function retentionJobs(systemContext: () => OrganizationContext): Job[] {
  return [{ name: REMOVE_ENDED_JOB, cron: "45 19 * * *", run: () => removeEnded(systemContext()) }];
}
