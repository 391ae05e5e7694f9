import { InvalidInputError, type ItemParameters, createBank } from "./model.js";
import { expectedRawScore, itemInformation, probability } from "./likelihood.js";
import { DEFAULT_QUADRATURE, type Quadrature } from "./quadrature.js";

/** From one scale to another: θ* = slope·θ + intercept. */
export interface ScaleLink {
  readonly slope: number;
  readonly intercept: number;
}

/** Items that both scales have, in the same order. */
export interface CommonItems {
  /** On the scale to be moved. */
  readonly from: readonly ItemParameters[];
  /** On the scale to move to. */
  readonly to: readonly ItemParameters[];
}

/** a* = a / slope, b* = slope·b + intercept; c stays (Kolen & Brennan 2014, eq. 6.2 to 6.4). */
export function linkItem(
  { discrimination, difficulty, guessing }: ItemParameters,
  { slope, intercept }: ScaleLink,
): ItemParameters {
  return { discrimination: discrimination / slope, difficulty: slope * difficulty + intercept, guessing };
}

/**
 * By mean and deviation of the difficulties (Marco 1977).
 * @throws InvalidInputError for fewer than two common items, or all of equal difficulty
 */
export function linkByMeanSigma({ from, to }: CommonItems): ScaleLink {
  assertCommon({ from, to });
  const [before, after] = [momentsOf(from), momentsOf(to)];
  if (!(before.deviation > 0 && after.deviation > 0)) {
    throw new InvalidInputError("The common items are all equally difficult: take items of different difficulty.");
  }
  const slope = after.deviation / before.deviation;
  return { slope, intercept: after.mean - slope * before.mean };
}

const MOST_STEPS = 100;

/**
 * The link that brings the test characteristic curves of the common items closest, squared differences weighted by the
 * population on the scale to move to (Stocking & Lord 1983), by the Levenberg-Marquardt method from the mean-sigma link.
 * @throws InvalidInputError for fewer than two common items, or parameters without a curve
 */
export function linkByCharacteristicCurves(
  common: CommonItems,
  scaling = 1,
  population: Quadrature = DEFAULT_QUADRATURE,
): ScaleLink {
  let link = linkByMeanSigma(common);
  const target = createBank(common.to, scaling);
  const wanted = population.nodes.map((theta) => expectedRawScore(target, theta));
  const at = (candidate: ScaleLink) => closeness(common.from, candidate, scaling, population, wanted);
  let current = at(link);
  let damping = 1e-3;
  for (let step = 0; step < MOST_STEPS; step++) {
    const [ss, si, ii] = current.normal;
    const [s, i] = current.gradient;
    const [dampedS, dampedI] = [ss * (1 + damping), ii * (1 + damping)];
    const determinant = dampedS * dampedI - si * si;
    const change = { slope: (s * dampedI - i * si) / determinant, intercept: (i * dampedS - s * si) / determinant };
    const candidate = { slope: link.slope + change.slope, intercept: link.intercept + change.intercept };
    const next = candidate.slope > 0 ? at(candidate) : null;
    if (next !== null && next.loss <= current.loss) {
      [link, current, damping] = [candidate, next, damping / 10];
      if (Math.abs(change.slope) + Math.abs(change.intercept) < 1e-12) break;
    } else {
      damping *= 10;
      if (damping > 1e12) break;
    }
  }
  return link;
}

/** The loss of a link, with gradient and normal matrix of the linearised problem by slope and intercept. */
function closeness(
  items: readonly ItemParameters[],
  link: ScaleLink,
  scaling: number,
  { nodes, weights }: Quadrature,
  wanted: Float64Array,
): { loss: number; gradient: [number, number]; normal: [number, number, number] } {
  const bank = createBank(
    items.map((item) => linkItem(item, link)),
    scaling,
  );
  let loss = 0;
  const gradient: [number, number] = [0, 0];
  const normal: [number, number, number] = [0, 0, 0];
  nodes.forEach((theta, node) => {
    let difference = wanted[node] ?? 0;
    let [bySlope, byIntercept] = [0, 0];
    for (let item = 0; item < bank.size; item++) {
      const right = probability(bank, item, theta);
      difference -= right;
      // P′ = √(I·P·Q); moving the scale by a unit moves the curve back by a/slope of the item's own scale.
      const rise =
        Math.sqrt(itemInformation(bank, item, theta) * right * (1 - right)) * Math.sign(bank.slope[item] ?? 0);
      byIntercept -= rise;
      bySlope -= (rise * (theta - link.intercept)) / link.slope;
    }
    const weight = weights[node] ?? 0;
    loss += weight * difference ** 2;
    gradient[0] += weight * difference * bySlope;
    gradient[1] += weight * difference * byIntercept;
    normal[0] += weight * bySlope ** 2;
    normal[1] += weight * bySlope * byIntercept;
    normal[2] += weight * byIntercept ** 2;
  });
  return { loss, gradient, normal };
}

function momentsOf(items: readonly ItemParameters[]): { mean: number; deviation: number } {
  const mean = items.reduce((sum, { difficulty }) => sum + difficulty, 0) / items.length;
  const variance = items.reduce((sum, { difficulty }) => sum + (difficulty - mean) ** 2, 0) / items.length;
  return { mean, deviation: Math.sqrt(variance) };
}

function assertCommon({ from, to }: CommonItems): void {
  if (from.length !== to.length || from.length < 2) {
    throw new InvalidInputError("Linking needs the parameters of at least two common items on both scales.");
  }
}
