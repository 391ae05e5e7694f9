import type { ScoringMethod } from "@lentera/prisma/learning";
import type { Transaction } from "../context.js";
import type { ResponseKey } from "../question/response.rules.js";
import type { Scale } from "../psychometrics/scale.js";
import type { MarkedItem, MarkingKey, PaperScore } from "./scoring.rules.js";

/** Keys and parameters of the items of tryouts. Only for the system: row level security shows them to no viewer. */
export async function findMarkingKeys(tx: Transaction, tryoutIds: readonly string[]): Promise<Map<string, MarkingKey>> {
  const items = await tx.$queryRaw<(MarkedItem & { tryoutId: string })[]>`
    select t.tryout_id as "tryoutId", t.item_id as "itemId", t.subtest, i.kind, k.correct, k.tolerance,
           coalesce(p.discrimination, k.discrimination) as discrimination, coalesce(p.difficulty, k.difficulty) as difficulty,
           coalesce(p.guessing, k.guessing) as guessing
    from tryout_items t
    join tryouts y on y.id = t.tryout_id
    join items i on i.id = t.item_id
    join item_keys k on k.item_id = t.item_id
    left join item_parameters p on p.item_id = t.item_id and p.exam_type_id = y.exam_type_id
    where t.tryout_id = any(${[...tryoutIds]}::uuid[])
    order by t.tryout_id, t.position`;
  const exams = await tx.$queryRaw<(Scale & ScoringRow)[]>`
    select t.id as "tryoutId", e.scale_mean as mean, e.scale_deviation as deviation, e.scale_minimum as minimum,
           e.scale_maximum as maximum, e.scoring_method as method,
           (select coalesce(jsonb_object_agg(s.code, s.weight), '{}') from exam_subtests s where s.exam_type_id = e.id) as weights
    from tryouts t join exam_types e on e.id = t.exam_type_id
    where t.id = any(${[...tryoutIds]}::uuid[])`;
  const itemsOf = Map.groupBy(items, ({ tryoutId }) => tryoutId);
  return new Map(
    exams.map(({ tryoutId, method, weights, ...scale }) => [
      tryoutId,
      { scale, method, weights: new Map(Object.entries(weights)), items: itemsOf.get(tryoutId) ?? [] },
    ]),
  );
}

interface ScoringRow {
  readonly tryoutId: string;
  readonly method: ScoringMethod;
  readonly weights: Readonly<Record<string, number>>;
}

export type ScoredAttempt = PaperScore & { readonly attemptId: string };

export async function insertScores(tx: Transaction, scored: readonly ScoredAttempt[]): Promise<void> {
  await tx.attemptScore.createMany({
    data: scored.map(({ attemptId, overall: { correct: _correct, total: _total, ...overall } }) => ({
      attemptId,
      ...overall,
    })),
  });
  await tx.subtestScore.createMany({
    data: scored.flatMap(({ attemptId, subtests }) =>
      subtests.map(({ subtest, ability, scaled, standardError, correct, total }) => ({
        attemptId,
        subtest,
        ability,
        scaled,
        standardError,
        correct,
        total,
      })),
    ),
  });
}

export interface ReviewKey extends ResponseKey {
  readonly tryoutId: string;
  readonly itemId: string;
  readonly explanation: string;
}

/** Keys and explanations in the order of the tryouts. Only for the system, like the keys for marking. */
export function findReviewKeys(tx: Transaction, tryoutIds: readonly string[]): Promise<ReviewKey[]> {
  return tx.$queryRaw`
    select t.tryout_id as "tryoutId", t.item_id as "itemId", i.kind, k.correct, k.tolerance, k.explanation
    from tryout_items t join items i on i.id = t.item_id join item_keys k on k.item_id = t.item_id
    where t.tryout_id = any(${[...tryoutIds]}::uuid[])
    order by t.tryout_id, t.position`;
}
