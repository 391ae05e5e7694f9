import { z } from "zod";

/** What a business says about itself and what is known about it; null where nothing is known. Money in minor units. */
export interface BusinessFacts {
  readonly monthsInBusiness: number | null;
  readonly monthlyRevenueMinor: bigint | null;
  readonly monthlyExpensesMinor: bigint | null;
  /** What it pays every month on other loans. */
  readonly monthlyDebtServiceMinor: bigint | null;
  /** Instalments of any lender that were paid late in the last 12 months. */
  readonly latePayments: number | null;
}

/** What a scorecard can look at. */
export const SCORE_ATTRIBUTES = [
  "MONTHS_IN_BUSINESS",
  "PROFIT_MARGIN",
  "DEBT_SERVICE_COVERAGE",
  "REVENUE_TO_INSTALMENT",
  "LATE_PAYMENTS",
] as const;
export type ScoreAttribute = (typeof SCORE_ATTRIBUTES)[number];

const points = z.int("Points are whole numbers.").min(-1000).max(1000);
const reasonCode = z.string().regex(/^[A-Z][A-Z0-9_]{2,60}$/, "A reason code looks like LATE_PAYMENTS.");
const bin = z.object({ from: z.number().nullable(), below: z.number().nullable(), points, reasonCode });

/** A scorecard as it is stored: for each attribute the points of what is missing and of ranges without gap or overlap. */
export const scorecardDefinition = z
  .object({
    basePoints: points,
    /** At least so many: APPROVE. */
    approveFrom: points,
    /** Fewer than so many: DECLINE. Between the two a person looks: REVIEW. */
    declineBelow: points,
    attributes: z
      .array(
        z.object({
          attribute: z.enum(SCORE_ATTRIBUTES),
          missing: z.object({ points, reasonCode }),
          bins: z.array(bin).min(1, "Give a range.").max(20, "An attribute has at most 20 ranges."),
        }),
      )
      .min(1, "Give an attribute."),
  })
  .refine(({ approveFrom, declineBelow }) => declineBelow <= approveFrom, {
    path: ["declineBelow"],
    message: "Decline below no more points than are approved from.",
  })
  .refine(({ attributes }) => new Set(attributes.map(({ attribute }) => attribute)).size === attributes.length, {
    path: ["attributes"],
    message: "Give each attribute once.",
  })
  .refine(({ attributes }) => attributes.every(({ bins }) => isWhole(bins)), {
    path: ["attributes"],
    message: "The ranges of an attribute follow each other from the lowest to the highest number without a gap.",
  });
export type ScorecardDefinition = z.output<typeof scorecardDefinition>;

function isWhole(bins: readonly z.output<typeof bin>[]): boolean {
  return bins.every(({ from, below }, index) => {
    const follows = from === (bins[index - 1]?.below ?? null);
    const isLast = index === bins.length - 1;
    return follows && (below === null) === isLast && (from === null || below === null || from < below);
  });
}

export interface Contribution {
  readonly attribute: ScoreAttribute;
  /** What was looked at; null when it is missing. */
  readonly value: number | null;
  readonly points: number;
  /** What the best range would have given. */
  readonly maximum: number;
  readonly reasonCode: string;
}

export interface ScoredRisk {
  readonly score: number;
  readonly outcome: "APPROVE" | "REVIEW" | "DECLINE";
  readonly contributions: readonly Contribution[];
  /** Why it is not better: what cost most points first, at most four. */
  readonly reasonCodes: readonly string[];
}

const MOST_REASONS = 4;

/** The attributes of a business that wants to pay `instalmentMinor` a month; null for what cannot be said. */
export function attributesOf(
  facts: BusinessFacts,
  instalmentMinor: bigint,
): Readonly<Record<ScoreAttribute, number | null>> {
  const { monthlyRevenueMinor: revenue, monthlyExpensesMinor: expenses, monthlyDebtServiceMinor: debt } = facts;
  const profit = revenue === null || expenses === null ? null : revenue - expenses;
  return {
    MONTHS_IN_BUSINESS: facts.monthsInBusiness,
    PROFIT_MARGIN: ratio(profit, revenue),
    DEBT_SERVICE_COVERAGE: debt === null ? null : ratio(profit, debt + instalmentMinor),
    REVENUE_TO_INSTALMENT: ratio(revenue, instalmentMinor),
    LATE_PAYMENTS: facts.latePayments,
  };
}

/** To four digits; null when one is unknown or there is nothing to divide by. */
function ratio(numerator: bigint | null, denominator: bigint | null): number | null {
  if (numerator === null || denominator === null || denominator === 0n) return null;
  return Number((numerator * 10_000n) / denominator) / 10_000;
}

/**
 * Points added up per attribute, in the manner of a credit scorecard (Siddiqi: Credit Risk Scorecards, 2006, ch. 6); reasons
 * are the attributes that lie furthest below their best range (ibid., "reason codes").
 */
export function scoreRisk(
  definition: ScorecardDefinition,
  values: Readonly<Record<ScoreAttribute, number | null>>,
): ScoredRisk {
  const contributions = definition.attributes.map(({ attribute, missing, bins }): Contribution => {
    const value = values[attribute];
    const maximum = Math.max(...bins.map((one) => one.points));
    const range = bins.find(
      ({ from, below }) => value !== null && (from === null || value >= from) && (below === null || value < below),
    );
    const { points: given, reasonCode: code } = range ?? missing;
    return { attribute, value, points: given, maximum, reasonCode: code };
  });
  const score = contributions.reduce((sum, contribution) => sum + contribution.points, definition.basePoints);
  const reasonCodes = contributions
    .filter((contribution) => contribution.points < contribution.maximum)
    .toSorted((one, other) => other.maximum - other.points - (one.maximum - one.points))
    .slice(0, MOST_REASONS)
    .map((contribution) => contribution.reasonCode);
  return { score, outcome: outcomeOf(definition, score), contributions, reasonCodes };
}

function outcomeOf({ approveFrom, declineBelow }: ScorecardDefinition, score: number): ScoredRisk["outcome"] {
  if (score >= approveFrom) return "APPROVE";
  return score < declineBelow ? "DECLINE" : "REVIEW";
}
