import type { Job } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { RUN_SCHEDULES_JOB, runDueSchedules } from "./report-schedule.service.js";

export function reportScheduleJobs(systemContext: () => OrganizationContext): Job[] {
  return [{ name: RUN_SCHEDULES_JOB, cron: "*/5 * * * *", run: () => runDueSchedules(systemContext()) }];
}
