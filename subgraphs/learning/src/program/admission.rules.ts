import { Z95, sum } from "../insight/trend.rules.js";

/** An estimate on the scale of an examination. */
export interface Estimate {
  readonly scaled: number;
  readonly standardError: number;
}

/** What the last one admitted had, by year. */
export interface PastYear {
  readonly year: number;
  readonly passingScore: number;
}

export interface Forecast {
  readonly passingScore: number;
  /** How far the passing score of a single year lies from their mean. */
  readonly deviation: number;
  /** Of the mean of the years that are known. */
  readonly meanError: number;
}

export interface Chance {
  readonly probability: number;
  readonly low: number;
  readonly high: number;
}

/** How much passing scores move from year to year where little is known, in points; worth this many years of evidence. */
const USUAL_DEVIATION = 25;
const USUAL_YEARS = 3;

/**
 * The passing score to expect: the mean of the past years. Its variance is the sample's, pooled with the usual one by degrees
 * of freedom, (ν₀s₀² + (n − 1)s²)/(ν₀ + n − 1) (Gelman et al., Bayesian Data Analysis, 3rd ed. 2013, eq. 2.14 f.), so that
 * two equal years do not look like certainty.
 * @returns null without any year
 */
export function forecastOf(years: readonly PastYear[]): Forecast | null {
  if (years.length === 0) return null;
  const passingScore = sum(years, (year) => year.passingScore) / years.length;
  const squares = sum(years, (year) => (year.passingScore - passingScore) ** 2);
  const deviation = Math.sqrt((USUAL_YEARS * USUAL_DEVIATION ** 2 + squares) / (USUAL_YEARS + years.length - 1));
  return { passingScore, deviation, meanError: deviation / Math.sqrt(years.length) };
}

/**
 * The chance that the score of the day reaches next year's passing score, both normal and independent:
 * p = Φ(z), z = (score − passing score)/s, s² = SE² + σ² + σ²/n.
 * The interval is by the delta method on the scale of z, where SE(z) = √(SE² + σ²/n)/s: what would change p if the
 * ability and the mean passing score were known exactly.
 */
export function chanceOf(score: Estimate, { passingScore, deviation, meanError }: Forecast): Chance {
  const total = Math.sqrt(score.standardError ** 2 + deviation ** 2 + meanError ** 2);
  const z = (score.scaled - passingScore) / total;
  const margin = (Z95 * Math.hypot(score.standardError, meanError)) / total;
  return { probability: normalShare(z), low: normalShare(z - margin), high: normalShare(z + margin) };
}

/** A required minimum is exact; only the score is not. */
const SMALLEST_ERROR = 1;
export function chanceOfMinimum({ scaled, standardError }: Estimate, minimum: number): number {
  return normalShare((scaled - minimum) / Math.max(SMALLEST_ERROR, standardError));
}

/**
 * All conditions together. They cannot be likelier than the unlikeliest of them (Fréchet 1935), and as abilities go together
 * they are not likelier to fail than if they were independent: the first is the estimate, the second a lower end.
 */
export function together(chance: Chance, minimums: readonly number[]): Chance {
  const least = Math.min(1, ...minimums);
  const product = minimums.reduce((all, probability) => all * probability, 1);
  return {
    probability: Math.min(chance.probability, least),
    low: chance.low * product,
    high: Math.min(chance.high, least),
  };
}

/** Φ, by the rational approximation 26.2.17 of Abramowitz and Stegun (1964): within 7.5e-8. */
export function normalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const polynomial = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const upper = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
  return z >= 0 ? 1 - upper : upper;
}
