import type { Job } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { RECORD_JOB, recordStatistics } from "./platform-statistic.service.js";

export function platformStatisticJobs(systemContext: () => OrganizationContext): Job[] {
  return [{ name: RECORD_JOB, run: () => recordStatistics(systemContext()) }];
}
