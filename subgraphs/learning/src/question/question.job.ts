import type { Job } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import { countUsage } from "./question.service.js";

export function questionJobs(systemContext: () => LearningContext): Job[] {
  return [{ name: "question.count-usage", cron: "17 * * * *", run: () => countUsage(systemContext()) }];
}
