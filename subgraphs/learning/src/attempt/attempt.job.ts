import type { Job } from "@lentera/kit";
import { z } from "zod";
import type { LearningContext } from "../context.js";
import { EXPIRE_JOB, expireAttempt } from "./attempt.service.js";
import { scoreBacklog } from "./scoring.service.js";

const expirePayload = z.object({ attemptId: z.uuid() });

export function attemptJobs(systemContext: () => LearningContext): Job[] {
  return [
    { name: EXPIRE_JOB, run: (payload) => expireAttempt(systemContext(), expirePayload.parse(payload).attemptId) },
    { name: "attempt.score-backlog", run: () => scoreBacklog(systemContext()) },
  ];
}
