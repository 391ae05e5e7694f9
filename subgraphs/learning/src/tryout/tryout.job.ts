import type { Job } from "@lentera/kit";
import { z } from "zod";
import type { LearningContext } from "../context.js";
import { CLOSE_JOB, OPEN_JOB, RELEASE_JOB, closeTryout, openTryout, releaseResults } from "./management.service.js";

const payloadRules = z.object({ tryoutId: z.uuid() });

export function tryoutJobs(systemContext: () => LearningContext): Job[] {
  const job = (name: string, run: (ctx: LearningContext, tryoutId: string) => Promise<void>): Job => ({
    name,
    run: (payload) => run(systemContext(), payloadRules.parse(payload).tryoutId),
  });
  return [job(OPEN_JOB, openTryout), job(CLOSE_JOB, closeTryout), job(RELEASE_JOB, releaseResults)];
}
