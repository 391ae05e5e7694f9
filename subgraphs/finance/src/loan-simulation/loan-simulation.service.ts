import { LenteraError, type ErrorDetail, invalidField, toMinorUnits, toMoney, validate } from "@lentera/kit";
import type { FinanceContext } from "../context.js";
import { type LoanTerms, amortize, effectiveAnnualRate, totalsOf } from "./amortization.rules.js";
import { type SimulateLoansInput, simulateLoansRules } from "./loan-simulation.input.js";
import type { LoanComparison, LoanSimulation } from "./loan-simulation.type.js";

/** The most that is simulated or lent, in minor units. */
const MAXIMUM_PRINCIPAL_MINOR = 10n ** 15n;

/** An amount that can be lent. @throws VALIDATION_ERROR for zero, less, and more than the platform counts */
export function principalOf(amount: string, currency: string, path = "input.amount"): bigint {
  const minor = toMinorUnits(amount, currency, path);
  if (minor > 0n && minor <= MAXIMUM_PRINCIPAL_MINOR) return minor;
  throw invalidField(path, "INVALID_FORMAT", "Give an amount above zero and below ten to the fifteenth minor units.");
}

/**
 * What a loan would cost under several offers, the cheapest first. For everybody, signed in or not: pure arithmetic within
 * limits, which stores nothing.
 * @throws VALIDATION_ERROR for every field that is wrong
 */
export function simulateLoans(ctx: FinanceContext, input: SimulateLoansInput): LoanComparison {
  const { amount, currency, months, offers, startsOn } = validate(simulateLoansRules, input);
  const principalMinor = principalOf(amount, currency);
  const fees = offers.map(({ fee }, index) => toMinorUnits(fee, currency, `input.offers.${index}.fee`));
  const details = fees.flatMap((fee, index): ErrorDetail[] => {
    const path = `input.offers.${index}.fee`;
    const message = "A fee is less than the amount and not below zero.";
    return fee >= 0n && fee < principalMinor ? [] : [{ path, code: "INVALID_FORMAT", message }];
  });
  if (details.length > 0) throw new LenteraError("VALIDATION_ERROR", { details });
  const simulations = offers.map(({ label, annualRatePercent, method, dayCount }, index) =>
    simulationOf({
      terms: {
        principalMinor,
        annualRateBasisPoints: annualRatePercent,
        months,
        method,
        dayCount,
        startsOn: startsOn ?? today(ctx),
      },
      feeMinor: fees[index] ?? 0n,
      currency,
      label: label ?? null,
    }),
  );
  return {
    simulations: simulations.toSorted(
      (one, other) => one.effectiveAnnualRatePercent - other.effectiveAnnualRatePercent,
    ),
  };
}

/** The platform's calendar day, in UTC. */
export function today(ctx: FinanceContext): string {
  return ctx.now().toISOString().slice(0, 10);
}

/** A schedule with its totals, as the API shows it. */
export function simulationOf(facts: {
  terms: LoanTerms;
  feeMinor: bigint;
  currency: string;
  label: string | null;
}): LoanSimulation {
  const { terms, feeMinor, currency, label } = facts;
  const money = (minor: bigint) => toMoney(minor, currency);
  const schedule = amortize(terms);
  const { interestMinor } = totalsOf(schedule);
  const instalments = schedule.map((part) => ({
    number: part.number,
    dueOn: part.dueOn,
    amount: money(part.principalMinor + part.interestMinor),
    principal: money(part.principalMinor),
    interest: money(part.interestMinor),
    balance: money(part.balanceMinor),
  }));
  const nothing = money(0n);
  return {
    label,
    principal: money(terms.principalMinor),
    fee: money(feeMinor),
    firstInstalment: instalments[0]?.amount ?? nothing,
    lastInstalment: instalments.at(-1)?.amount ?? nothing,
    totalInterest: money(interestMinor),
    totalCost: money(interestMinor + feeMinor),
    effectiveAnnualRatePercent: Math.round(effectiveAnnualRate(terms, schedule, feeMinor) * 1e6) / 1e4,
    instalments,
  };
}
