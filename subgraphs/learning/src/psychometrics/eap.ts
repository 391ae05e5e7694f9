/**
 * An item of the three-parameter logistic model on the logistic metric (D = 1):
 * P(θ) = c + (1 − c) / (1 + e^(−a(θ − b))) (Birnbaum 1968).
 */
export interface ItemParameters {
  /** a, > 0. */
  readonly discrimination: number;
  /** b, on the scale of the ability. */
  readonly difficulty: number;
  /** c, the chance of a right answer without any ability, in [0, 1). */
  readonly guessing: number;
}

/** 1 right, 0 wrong, null when the item does not count. */
export type ScoredResponse = 0 | 1 | null;

export interface AbilityEstimate {
  /** Mean of the posterior; 0 is the mean of the norm group and 1 its standard deviation. */
  readonly ability: number;
  /** Standard deviation of the posterior, same unit. */
  readonly standardError: number;
}

const NODE_COUNT = 61;
const BOUND = 6;
const NODES = Float64Array.from({ length: NODE_COUNT }, (_, index) => -BOUND + (2 * BOUND * index) / (NODE_COUNT - 1));
/** Logarithms of the standard normal prior at the nodes; the constant cancels. */
const LOG_PRIOR = NODES.map((node) => (-node * node) / 2);

/**
 * Expected a posteriori ability under a standard normal prior, by 61 equally spaced nodes on [−6, 6]
 * (Bock & Mislevy 1982). Defined for every paper, also blank (0 ± 1), all right and all wrong; works in logarithms, so
 * that a paper of a thousand items does not underflow.
 */
export function estimateAbility(
  items: readonly ItemParameters[],
  responses: readonly ScoredResponse[],
): AbilityEstimate {
  const logPosterior = Float64Array.from(LOG_PRIOR);
  items.forEach(({ discrimination, difficulty, guessing }, index) => {
    const response = responses[index];
    if (response === null || response === undefined) return;
    NODES.forEach((theta, node) => {
      const logistic = 1 / (1 + Math.exp(-discrimination * (theta - difficulty)));
      const right = guessing + (1 - guessing) * logistic;
      logPosterior[node] = (logPosterior[node] ?? 0) + Math.log(response === 1 ? right : 1 - right);
    });
  });
  const largest = logPosterior.reduce((a, b) => Math.max(a, b));
  const weights = logPosterior.map((value) => Math.exp(value - largest));
  const total = weights.reduce((a, b) => a + b);
  const ability = weightedSum(weights, (theta) => theta) / total;
  const variance = weightedSum(weights, (theta) => (theta - ability) ** 2) / total;
  return { ability, standardError: Math.sqrt(variance) };
}

function weightedSum(weights: Float64Array, of: (theta: number) => number): number {
  return weights.reduce((sum, weight, node) => sum + weight * of(NODES[node] ?? 0), 0);
}
