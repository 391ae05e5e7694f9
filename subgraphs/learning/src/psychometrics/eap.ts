import { type ItemBank, type ItemParameters, createBank, logRight, logWrong } from "./model.js";
import { DEFAULT_QUADRATURE, type Quadrature } from "./quadrature.js";
import { MISSING, RIGHT } from "./responses.js";

export type { ItemParameters } from "./model.js";

/** 1 right, 0 wrong, null when the item does not count. */
export type ScoredResponse = 0 | 1 | null;

export interface AbilityEstimate {
  /** Mean of the posterior; 0 is the mean of the norm group and 1 its standard deviation. */
  readonly ability: number;
  /** Standard deviation of the posterior, same unit. */
  readonly standardError: number;
}

/**
 * Expected a posteriori ability of one paper on the logistic metric (D = 1) under a standard normal population, by 61
 * nodes on [−6, 6] (Bock & Mislevy 1982). Defined for every paper, also blank (0 ± 1), all right and all wrong.
 * @throws InvalidInputError for no items or parameters without a curve
 */
export function estimateAbility(
  items: readonly ItemParameters[],
  responses: readonly ScoredResponse[],
): AbilityEstimate {
  const codes = Uint8Array.from(items, (_, index) => responses[index] ?? MISSING);
  return estimateEap(createBank(items), codes);
}

/** The same on any bank and quadrature. Works in logarithms, so that a paper of a thousand items does not underflow. */
export function estimateEap(
  bank: ItemBank,
  codes: Uint8Array,
  { nodes, weights }: Quadrature = DEFAULT_QUADRATURE,
): AbilityEstimate {
  const logPosterior = weights.map(Math.log);
  for (let item = 0; item < bank.size; item++) {
    const code = codes[item] ?? MISSING;
    if (code === MISSING) continue;
    const slope = bank.slope[item] ?? 0;
    const difficulty = bank.difficulty[item] ?? 0;
    const guessing = bank.guessing[item] ?? 0;
    const logOf = code === RIGHT ? logRight : logWrong;
    for (let node = 0; node < nodes.length; node++) {
      const logarithm = logOf(slope * ((nodes[node] ?? 0) - difficulty), guessing);
      logPosterior[node] = (logPosterior[node] ?? 0) + logarithm;
    }
  }
  const largest = logPosterior.reduce((a, b) => Math.max(a, b));
  const posterior = logPosterior.map((value) => Math.exp(value - largest));
  const total = posterior.reduce((a, b) => a + b);
  const ability = posterior.reduce((sum, weight, node) => sum + weight * (nodes[node] ?? 0), 0) / total;
  const variance =
    posterior.reduce((sum, weight, node) => sum + weight * ((nodes[node] ?? 0) - ability) ** 2, 0) / total;
  return { ability, standardError: Math.sqrt(variance) };
}
