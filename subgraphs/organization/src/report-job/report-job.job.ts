import type { Job } from "@lentera/kit";
import { z } from "zod";
import type { OrganizationContext } from "../context.js";
import { makeReport } from "./make.service.js";
import { MAKE_REPORT_JOB } from "./report-job.service.js";

const payload = z.object({ reportJobId: z.uuid() });

export function reportJobs(systemContext: () => OrganizationContext): Job[] {
  return [{ name: MAKE_REPORT_JOB, run: (data) => makeReport(systemContext(), payload.parse(data).reportJobId) }];
}
