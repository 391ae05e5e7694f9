import type { Job } from "@lentera/kit";
import { z } from "zod";
import type { OrganizationContext } from "../context.js";
import { FINISH_EXPORT_JOB, finishExport } from "./data-export.service.js";
import { ERASE_JOB, erase } from "./erasure.service.js";

const exportPayload = z.object({ exportId: z.uuid() });
const erasurePayload = z.object({ erasureId: z.uuid() });

export function privacyJobs(systemContext: () => OrganizationContext): Job[] {
  return [
    { name: FINISH_EXPORT_JOB, run: (payload) => finishExport(systemContext(), exportPayload.parse(payload).exportId) },
    { name: ERASE_JOB, run: (payload) => erase(systemContext(), erasurePayload.parse(payload).erasureId) },
  ];
}
