import { type AbilityEstimate, estimateEap } from "./eap.js";
import { itemInformation } from "./likelihood.js";
import type { ItemBank } from "./model.js";
import { DEFAULT_QUADRATURE, type Quadrature } from "./quadrature.js";
import { MISSING } from "./responses.js";

/**
 * The eligible item with the most Fisher information at an ability, the first of equals; null when none is left.
 * @param isEligible says which items may still be given
 */
export function mostInformativeItem(
  bank: ItemBank,
  ability: number,
  isEligible: (item: number) => boolean,
): number | null {
  let best: number | null = null;
  let most = -Infinity;
  for (let item = 0; item < bank.size; item++) {
    if (!isEligible(item)) continue;
    const information = itemInformation(bank, item, ability);
    if (information > most) [best, most] = [item, information];
  }
  return best;
}

export interface AdaptiveStep extends AbilityEstimate {
  /** Index in the bank. */
  readonly item: number;
}

/**
 * Gives items by maximum information to a student whose answers are known, re-estimating by EAP after each.
 * @param answers the code of the student's answer to each item of the bank
 * @param length how many items, at most the bank's size
 */
export function replayAdaptiveTest(
  bank: ItemBank,
  answers: Uint8Array,
  length: number,
  quadrature: Quadrature = DEFAULT_QUADRATURE,
): AdaptiveStep[] {
  const given = new Uint8Array(bank.size).fill(MISSING);
  const used = new Set<number>();
  const steps: AdaptiveStep[] = [];
  let ability = 0;
  while (steps.length < length) {
    const item = mostInformativeItem(bank, ability, (candidate) => !used.has(candidate));
    if (item === null) break;
    used.add(item);
    given[item] = answers[item] ?? MISSING;
    const estimate = estimateEap(bank, given, quadrature);
    ability = estimate.ability;
    steps.push({ item, ...estimate });
  }
  return steps;
}
