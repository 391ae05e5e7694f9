import type { Job } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import { createReports } from "./guardian-report.service.js";

/** Midnight comes to some zone at every quarter of an hour. */
export function guardianReportJobs(systemContext: () => LearningContext): Job[] {
  return [{ name: "guardian-report.create", cron: "5,20,35,50 * * * *", run: () => createReports(systemContext()) }];
}
