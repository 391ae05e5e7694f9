import type { Job } from "@lentera/kit";
import { z } from "zod";
import { settleAttempt } from "../../attempt/scoring.service.js";
import type { LearningContext } from "../../context.js";
import { SETTLE_JOB } from "./sitting.service.js";

const payload = z.object({ attemptId: z.uuid() });

export function offlineJobs(systemContext: () => LearningContext): Job[] {
  return [{ name: SETTLE_JOB, run: (given) => settleAttempt(systemContext(), payload.parse(given).attemptId) }];
}
