import type { AbilityEstimate } from "./eap.js";

/** How an exam type turns abilities into the scores that people read. */
export interface Scale {
  readonly mean: number;
  readonly deviation: number;
  readonly minimum: number;
  readonly maximum: number;
}

export interface ScaledScore {
  readonly scaled: number;
  /** In points of the scale. */
  readonly standardError: number;
  /** The 95 % interval, within the scale. */
  readonly intervalLow: number;
  readonly intervalHigh: number;
}

/** Two-sided 95 % quantile of the normal distribution. */
const QUANTILE = 1.959964;

/** scaled = mean + deviation · ability, cut at the ends of the scale, with two decimals. */
export function toScaledScore({ ability, standardError }: AbilityEstimate, scale: Scale): ScaledScore {
  const points = scale.mean + scale.deviation * ability;
  const margin = QUANTILE * scale.deviation * standardError;
  return {
    scaled: rounded(within(scale, points)),
    standardError: rounded(scale.deviation * standardError),
    intervalLow: rounded(within(scale, points - margin)),
    intervalHigh: rounded(within(scale, points + margin)),
  };
}

function within({ minimum, maximum }: Scale, value: number): number {
  return Math.min(maximum, Math.max(minimum, value));
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
