import type { Transaction } from "../context.js";
import type { LevelStep } from "./level.type.js";

export function findLevels(tx: Transaction): Promise<LevelStep[]> {
  return tx.level.findMany({ orderBy: { points: "asc" } });
}
