import type { Job } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import { settleGoals } from "./goal.service.js";

export function goalJobs(systemContext: () => LearningContext): Job[] {
  return [{ name: "goal.settle", cron: "*/10 * * * *", run: () => settleGoals(systemContext()) }];
}
