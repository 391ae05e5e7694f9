import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  audit,
  mapPage,
  paginate,
  refuseWhileImpersonating,
  requireSignedIn,
  toMinorUnits,
  validate,
} from "@lentera/kit";
import { z } from "zod";
import { canManageBanks } from "../bank-partner/bank-partner.policy.js";
import type { FinanceContext, Transaction } from "../context.js";
import { amortize } from "../loan-simulation/amortization.rules.js";
import { principalOf, today } from "../loan-simulation/loan-simulation.service.js";
import {
  type AssessLoanInput,
  type BusinessFactsInput,
  type PublishLoanScorecardInput,
  assessLoanRules,
} from "./loan-assessment.input.js";
import { visibleTo } from "./loan-assessment.policy.js";
import * as store from "./loan-assessment.store.js";
import type { AssessLoanPayload, LoanAssessment, PublishLoanScorecardPayload } from "./loan-assessment.type.js";
import {
  type BusinessFacts,
  SCORE_ATTRIBUTES,
  attributesOf,
  scoreRisk,
  scorecardDefinition,
} from "./scorecard.rules.js";

const storedContributions = z.array(
  z.object({
    attribute: z.enum(SCORE_ATTRIBUTES),
    value: z.number().nullable(),
    points: z.int(),
    maximum: z.int(),
    reasonCode: z.string(),
  }),
);

/**
 * Scores the caller's business for a loan, by the newest scorecard; what it was scored from and why stays.
 * @throws VALIDATION_ERROR for every field that is wrong
 */
export async function assessLoan(ctx: FinanceContext, input: AssessLoanInput): Promise<AssessLoanPayload> {
  const { userId } = requireSignedIn(ctx.viewer);
  const { idempotencyKey, ...wish } = validate(assessLoanRules, input);
  const principalMinor = principalOf(wish.amount, wish.currency);
  const facts = businessFactsOf(wish.facts, wish.currency);
  const { annualRatePercent: annualRateBasisPoints, method, dayCount } = wish.offer;
  const terms = { principalMinor, annualRateBasisPoints, months: wish.months, method, dayCount, startsOn: today(ctx) };
  const [first] = amortize(terms);
  const instalmentMinor = first === undefined ? 0n : first.principalMinor + first.interestMinor;
  const once = { command: "assessLoan", key: idempotencyKey, input: wish };
  const id = await ctx.transactionOnce(once, (tx) => score(tx, { userId, facts, instalmentMinor }));
  const [row] = await store.findAssessments(ctx.db, visibleTo(ctx.viewer), [id]);
  if (row === undefined) throw new LenteraError("NOT_FOUND");
  return { assessment: shown(row) };
}

/** Scores by the newest version and stores the version, the inputs and the reasons. @returns the assessment's id */
export async function score(
  tx: Transaction,
  { userId, facts, instalmentMinor }: { userId: string; facts: BusinessFacts; instalmentMinor: bigint },
): Promise<string> {
  const scorecard = await store.findScorecard(tx);
  if (scorecard === null) throw new Error("There is no scorecard.");
  const values = attributesOf(facts, instalmentMinor);
  const {
    score: total,
    outcome,
    contributions,
    reasonCodes,
  } = scoreRisk(scorecardDefinition.parse(scorecard.definition), values);
  return store.insertAssessment(tx, {
    userId,
    scorecardVersion: scorecard.version,
    inputs: {
      monthsInBusiness: facts.monthsInBusiness,
      monthlyRevenueMinor: text(facts.monthlyRevenueMinor),
      monthlyExpensesMinor: text(facts.monthlyExpensesMinor),
      monthlyDebtServiceMinor: text(facts.monthlyDebtServiceMinor),
      latePayments: facts.latePayments,
      instalmentMinor: String(instalmentMinor),
    },
    score: total,
    outcome,
    contributions: contributions.map((contribution) => ({ ...contribution })),
    reasonCodes: [...reasonCodes],
  });
}

const text = (minor: bigint | null): string | null => (minor === null ? null : String(minor));

/** @throws VALIDATION_ERROR for more digits than the currency has */
export function businessFactsOf(input: BusinessFactsInput, currency: string): BusinessFacts {
  const minor = (amount: string | null | undefined, field: string) =>
    amount == null ? null : toMinorUnits(amount, currency, `input.facts.${field}`);
  return {
    monthsInBusiness: input.monthsInBusiness ?? null,
    monthlyRevenueMinor: minor(input.monthlyRevenue, "monthlyRevenue"),
    monthlyExpensesMinor: minor(input.monthlyExpenses, "monthlyExpenses"),
    monthlyDebtServiceMinor: minor(input.monthlyDebtService, "monthlyDebtService"),
    latePayments: input.latePayments ?? null,
  };
}

/** A row as the API shows it. */
export function shown(row: store.LoanAssessmentRow): LoanAssessment {
  const { id, scorecardVersion, score: total, outcome, reasonCodes, createdAt } = row;
  const contributions = storedContributions.parse(row.contributions);
  return { id, scorecardVersion, score: total, outcome, reasonCodes, contributions, createdAt };
}

/** The caller's own, newest first. */
export async function listAssessments(ctx: FinanceContext, args: ConnectionArguments): Promise<Page<LoanAssessment>> {
  const visible = visibleTo(ctx.viewer);
  const page = await paginate<store.LoanAssessmentRow>({
    args,
    orderBy: [{ field: "id", direction: "desc" }],
    rows: (query) => store.findAssessmentPage(ctx.db, visible, query),
    count: () => store.countAssessments(ctx.db, visible),
  });
  return mapPage(page, shown);
}

/**
 * A new version of the scorecard. What was scored before stays with its own.
 * @throws INSUFFICIENT_PERMISSIONS without `banks:manage`
 * @throws VALIDATION_ERROR for ranges with gaps, and attributes that come twice
 */
export async function publishScorecard(
  ctx: FinanceContext,
  input: PublishLoanScorecardInput,
): Promise<PublishLoanScorecardPayload> {
  const { userId } = requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  if (!canManageBanks(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  const definition = validate(scorecardDefinition, input);
  const version = await ctx.transaction(async (tx) => {
    const added = await store.insertScorecard(tx, { definition, createdBy: userId });
    const entry = { action: "loan_scorecard.published", entityType: "LoanScorecard", entityId: String(added) };
    await audit(tx, ctx.identity, { ...entry, organizationId: null, newValues: definition });
    return added;
  });
  return { version };
}
