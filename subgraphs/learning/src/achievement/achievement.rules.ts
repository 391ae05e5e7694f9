import { z } from "zod";

/** What can be counted of a learner. */
export const METRICS = ["XP", "TRYOUTS", "PRACTICES", "LONGEST_STREAK", "CHALLENGES_WON"] as const;
export type Metric = (typeof METRICS)[number];
export type Metrics = Readonly<Record<Metric, number>>;

/** The whole language of criteria: a count that is reached, and all or any of several criteria. */
export type Criteria =
  | { readonly metric: Metric; readonly atLeast: number }
  | { readonly all: readonly Criteria[] }
  | { readonly any: readonly Criteria[] };

const criteriaRules: z.ZodType<Criteria> = z.lazy(() =>
  z.union([
    z.strictObject({ metric: z.enum(METRICS), atLeast: z.int().min(1) }),
    z.strictObject({ all: z.array(criteriaRules).min(2) }),
    z.strictObject({ any: z.array(criteriaRules).min(2) }),
  ]),
);

export const TIERS = ["BRONZE", "SILVER", "GOLD"] as const;
export type Tier = (typeof TIERS)[number];

const words = z.strictObject({ id: z.string().min(1), en: z.string().min(1) });
const definitionRules = z.strictObject({
  code: z.string().regex(/^[A-Z][A-Z_]*$/),
  name: words,
  description: words,
  tiers: z.array(z.strictObject({ tier: z.enum(TIERS), criteria: criteriaRules })).min(1),
});
/** An achievement as it is defined: what it is called and what each of its tiers asks for. */
export type AchievementDefinition = z.infer<typeof definitionRules>;

/**
 * Reads a catalogue of achievements. @throws Error naming the achievement and what is wrong with it: an unknown metric, no words
 * in a language, a code or tier that is there twice
 */
export function readCatalogue(catalogue: readonly unknown[]): readonly AchievementDefinition[] {
  const definitions = catalogue.map((entry, index) => {
    const parsed = definitionRules.safeParse(entry);
    if (!parsed.success) throw new Error(`Achievement ${index + 1} cannot be read: ${z.prettifyError(parsed.error)}`);
    return parsed.data;
  });
  for (const [index, { code, tiers }] of definitions.entries()) {
    if (definitions.findIndex((other) => other.code === code) !== index)
      throw new Error(`Achievement ${code} is there twice.`);
    if (new Set(tiers.map(({ tier }) => tier)).size !== tiers.length)
      throw new Error(`Achievement ${code} has a tier twice.`);
  }
  return definitions;
}

/** How near criteria are to being met, 0 to 1; 1 is met. */
export function progressOf(criteria: Criteria, metrics: Metrics): number {
  if ("metric" in criteria) return Math.min(1, metrics[criteria.metric] / criteria.atLeast);
  if ("all" in criteria) return Math.min(...criteria.all.map((part) => progressOf(part, metrics)));
  return Math.max(...criteria.any.map((part) => progressOf(part, metrics)));
}
