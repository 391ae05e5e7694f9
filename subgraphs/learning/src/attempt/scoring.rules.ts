import type { ScoringMethod } from "@lentera/prisma/learning";
import { scoreBatch } from "../psychometrics/batch.js";
import { type AbilityEstimate, estimateEap } from "../psychometrics/eap.js";
import { type ItemParameters, createBank } from "../psychometrics/model.js";
import { RIGHT, WRONG } from "../psychometrics/responses.js";
import { type Scale, type ScaledScore, toScaledScore } from "../psychometrics/scale.js";
import { type Mark, type ResponseKey, markResponse } from "../question/response.rules.js";

/** An item with what is needed to mark it. */
export interface MarkedItem extends ItemParameters, ResponseKey {
  readonly itemId: string;
  readonly subtest: string;
}

/** How the papers of a tryout are scored. */
export interface MarkingKey {
  readonly items: readonly MarkedItem[];
  readonly scale: Scale;
  readonly method: ScoringMethod;
  /** Of the subtests, for WEIGHTED; 1 where nothing is said. */
  readonly weights: ReadonlyMap<string, number>;
}

export interface ScoredPart extends ScaledScore {
  readonly ability: number;
  readonly abilityError: number;
  readonly correct: number;
  readonly total: number;
}

export interface PaperScore {
  readonly overall: ScoredPart;
  readonly subtests: readonly (ScoredPart & { readonly subtest: string })[];
}

/** The latest response to each item. */
export type Responses = ReadonlyMap<string, readonly string[]>;

/**
 * Scores papers of one tryout by subtest and overall. An item without a response counts as wrong and there is no negative
 * marking (the published rule of UTBK). The ability is estimated whatever the method, the scaled score follows it:
 *
 * - IRT: the ability on the scale of the exam type.
 * - RAW_SCORE: the share of points, spread over the whole scale.
 * - WEIGHTED: the mean share of the subtests by their weights, likewise.
 */
export function scorePapers(key: MarkingKey, papers: readonly Responses[]): PaperScore[] {
  const marks = papers.map((responses) =>
    key.items.map((item) => markResponse(item, responses.get(item.itemId) ?? [])),
  );
  const places = Map.groupBy(key.items.keys(), (index) => key.items[index]?.subtest ?? "");
  const parts = [...places].map(([subtest, indexes]) => ({ subtest, scored: scoreParts(key, marks, indexes) }));
  const whole = scoreParts(key, marks, [...key.items.keys()]);
  return papers.flatMap((_, row) => {
    const overall = whole[row];
    const subtests = parts.flatMap(({ subtest, scored }) => {
      const part = scored[row];
      return part === undefined ? [] : [{ subtest, ...part }];
    });
    if (overall === undefined) return [];
    const scaled = key.method === "WEIGHTED" ? weightedScore(key, subtests) : {};
    return [{ overall: withoutShare({ ...overall, ...scaled }), subtests: subtests.map(withoutShare) }];
  });
}

interface PartWithShare extends ScoredPart {
  readonly share: ShareOfPoints;
}

/** Points earned of points possible, with its standard error. */
interface ShareOfPoints {
  readonly value: number;
  readonly standardError: number;
}

function withoutShare<Part extends PartWithShare>({ share: _share, ...part }: Part): Omit<Part, "share"> {
  return part;
}

/** One part (a subtest or the whole) of every paper. */
function scoreParts(
  { items, scale, method }: MarkingKey,
  papers: readonly (readonly Mark[])[],
  indexes: readonly number[],
): PartWithShare[] {
  const chosen = indexes.flatMap((index) => items[index] ?? []);
  const marks = papers.map((paper) => indexes.flatMap((index) => paper[index] ?? []));
  const estimates = estimateAll(chosen, marks);
  return marks.map((paper, row) => {
    const estimate = estimates[row] ?? { ability: 0, standardError: 1 };
    const share = shareOf(paper);
    return {
      ...(method === "IRT" ? toScaledScore(estimate, scale) : spread(share, scale)),
      ability: estimate.ability,
      abilityError: estimate.standardError,
      correct: paper.filter(({ isRight }) => isRight).length,
      total: paper.length,
      share,
    };
  });
}

/** Many papers share their tables; a single one is scored sooner without. */
function estimateAll(items: readonly MarkedItem[], papers: readonly (readonly Mark[])[]): AbilityEstimate[] {
  const bank = createBank(items);
  const codes = Uint8Array.from(papers.flat(), ({ isRight }) => (isRight ? RIGHT : WRONG));
  if (papers.length === 1) return [estimateEap(bank, codes)];
  const estimates = scoreBatch(bank, { rows: papers.length, items: items.length, codes });
  return papers.map((_, row) => estimates.at(row));
}

/** With the standard error of the binomial error model, √(x(n − x)/(n − 1)) points (Lord 1957). */
function shareOf(marks: readonly Mark[]): ShareOfPoints {
  const value = marks.reduce((sum, { credit }) => sum + credit, 0) / Math.max(1, marks.length);
  return { value, standardError: Math.sqrt((value * (1 - value)) / Math.max(1, marks.length - 1)) };
}

/** A share as a point of the whole scale: none of it the least, all of it the most. */
function spread({ value, standardError }: ShareOfPoints, { minimum, maximum }: Scale): ScaledScore {
  const whole = { mean: minimum, deviation: maximum - minimum, minimum, maximum };
  return toScaledScore({ ability: value, standardError }, whole);
}

function weightedScore(
  { scale, weights }: MarkingKey,
  subtests: readonly { readonly subtest: string; readonly share: ShareOfPoints }[],
): ScaledScore {
  const weighed = subtests.map(({ subtest, share }) => ({ share, weight: weights.get(subtest) ?? 1 }));
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
  const value = weighed.reduce((sum, { share, weight }) => sum + weight * share.value, 0) / total;
  const variance = weighed.reduce((sum, { share, weight }) => sum + (weight * share.standardError) ** 2, 0);
  return spread({ value, standardError: Math.sqrt(variance) / total }, scale);
}
