/** How plausible item parameters are before any data. Densities are with respect to a, and to logit c or c as named. */
export interface ItemPriors {
  /** a ~ lognormal. */
  readonly discrimination: { readonly meanLog: number; readonly deviationLog: number } | null;
  readonly guessing:
    | { readonly kind: "logitNormal"; readonly mean: number; readonly deviation: number }
    /** A density in c, without a Jacobian. */
    | { readonly kind: "beta"; readonly alpha: number; readonly beta: number }
    | null;
}

const LOGNORMAL = { meanLog: 0, deviationLog: 0.5 };

export const NO_PRIORS: ItemPriors = { discrimination: null, guessing: null };
/** a around 1, c around 0.2. */
export const DEFAULT_PRIORS: ItemPriors = {
  discrimination: LOGNORMAL,
  guessing: { kind: "logitNormal", mean: Math.log(0.2 / 0.8), deviation: 0.5 },
};
/** The same discrimination, c ~ Beta(5, 17). */
export const BETA_PRIORS: ItemPriors = { discrimination: LOGNORMAL, guessing: { kind: "beta", alpha: 5, beta: 17 } };

/** A log density with its first two derivatives. */
export interface LogDensity {
  readonly value: number;
  readonly gradient: number;
  readonly curvature: number;
}

const FLAT: LogDensity = { value: 0, gradient: 0, curvature: 0 };

/** By a. Minus infinity for a ≤ 0 where the prior forbids it. */
export function discriminationPrior({ discrimination }: ItemPriors, a: number): LogDensity {
  if (discrimination === null) return FLAT;
  if (a <= 0) return { value: -Infinity, gradient: 0, curvature: 0 };
  const { meanLog, deviationLog } = discrimination;
  const variance = deviationLog ** 2;
  const distance = Math.log(a) - meanLog;
  return {
    value: -Math.log(a * deviationLog * Math.sqrt(2 * Math.PI)) - distance ** 2 / (2 * variance),
    gradient: -(1 + distance / variance) / a,
    curvature: (1 + (distance - 1) / variance) / a ** 2,
  };
}

/** By logit c. */
export function guessingPrior({ guessing }: ItemPriors, logit: number): LogDensity {
  if (guessing === null) return FLAT;
  if (guessing.kind === "logitNormal") {
    const distance = (logit - guessing.mean) / guessing.deviation;
    return {
      value: -Math.log(guessing.deviation * Math.sqrt(2 * Math.PI)) - distance ** 2 / 2,
      gradient: -distance / guessing.deviation,
      curvature: -1 / guessing.deviation ** 2,
    };
  }
  const c = 1 / (1 + Math.exp(-logit));
  const [right, wrong] = [guessing.alpha - 1, guessing.beta - 1];
  return {
    value: right * Math.log(c) + wrong * Math.log1p(-c) - logBeta(guessing.alpha, guessing.beta),
    gradient: right * (1 - c) - wrong * c,
    curvature: -(right + wrong) * c * (1 - c),
  };
}

function logBeta(alpha: number, beta: number): number {
  return logGamma(alpha) + logGamma(beta) - logGamma(alpha + beta);
}

/** Stirling's series after shifting the argument above 10. */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 10; z += 1) shift += Math.log(z);
  return (z - 0.5) * Math.log(z) - z + Math.log(2 * Math.PI) / 2 + 1 / (12 * z) - 1 / (360 * z ** 3) - shift;
}
