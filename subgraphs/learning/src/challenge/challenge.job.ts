import type { Job } from "@lentera/kit";
import { z } from "zod";
import type { LearningContext } from "../context.js";
import { BEGIN_JOB, END_JOB, beginChallenge, endChallenge } from "./challenge.service.js";

const payload = z.object({ challengeId: z.uuid() });

export function challengeJobs(createContext: () => LearningContext): readonly Job[] {
  return [
    { name: BEGIN_JOB, run: (data) => beginChallenge(createContext(), payload.parse(data).challengeId) },
    { name: END_JOB, run: (data) => endChallenge(createContext(), payload.parse(data).challengeId) },
  ];
}
