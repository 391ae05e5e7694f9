import type { Job } from "@lentera/kit";
import type { LearningContext } from "../context.js";
import { foldRankings } from "../leaderboard/leaderboard.service.js";
import { reconcile } from "./xp.service.js";

/** Counters are compared with their facts every night (03:00 in Jakarta); ranks are folded every minute. */
export function motivationJobs(createContext: () => LearningContext): readonly Job[] {
  return [
    { name: "xp.reconcile", cron: "0 20 * * *", run: async () => void (await reconcile(createContext())) },
    { name: "leaderboard.fold", cron: "* * * * *", run: () => foldRankings(createContext()) },
  ];
}
