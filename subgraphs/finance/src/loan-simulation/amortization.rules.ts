/**
 * How a loan is paid back, in integer minor units. ANNUITY: equal instalments. DECLINING_BALANCE: equal parts of the
 * principal, interest on what is still owed ("efektif"). FLAT: interest on the whole principal until the end.
 */
export const REPAYMENT_METHODS = ["FLAT", "ANNUITY", "DECLINING_BALANCE"] as const;
export type RepaymentMethod = (typeof REPAYMENT_METHODS)[number];

/** THIRTY_360: every month is a twelfth of a year. ACTUAL_365: the days of the period over 365. */
export const DAY_COUNTS = ["THIRTY_360", "ACTUAL_365"] as const;
export type DayCount = (typeof DAY_COUNTS)[number];

export interface LoanTerms {
  /** Above zero. */
  readonly principalMinor: bigint;
  /** Hundredths of a percent for a year, 0 to 10,000. */
  readonly annualRateBasisPoints: number;
  /** 1 to 360. */
  readonly months: number;
  readonly method: RepaymentMethod;
  readonly dayCount: DayCount;
  /** The day of disbursement, `YYYY-MM-DD`; instalments fall due on the same day of the months that follow. */
  readonly startsOn: string;
}

export interface ScheduledInstalment {
  /** From 1. */
  readonly number: number;
  readonly dueOn: string;
  readonly principalMinor: bigint;
  readonly interestMinor: bigint;
  /** What is still owed of the principal after it. */
  readonly balanceMinor: bigint;
}

const DAY_MS = 86_400_000;
/** Digits kept while a level instalment is worked out: far more than any amount has. */
const SCALE = 10n ** 30n;
const BASIS_POINTS = 10_000n;

/** The same day `months` later; the last day of a month that is too short. */
export function addMonths(day: string, months: number): string {
  const from = new Date(`${day}T00:00:00Z`);
  const first = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1));
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return first.toISOString().slice(0, 10);
}

/** Whole days from one calendar day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** `numerator / denominator` for numbers that are not negative, half up. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}

/** Days and the basis that they are divided by. */
function yearFraction(dayCount: DayCount, from: string, to: string): readonly [days: bigint, basis: bigint] {
  return dayCount === "THIRTY_360" ? [1n, 12n] : [BigInt(daysBetween(from, to)), 365n];
}

/** Interest on an amount for one period of the schedule, half up. */
function interestOn(amountMinor: bigint, { annualRateBasisPoints, dayCount }: LoanTerms, from: string, to: string) {
  const [days, basis] = yearFraction(dayCount, from, to);
  return divideRounded(amountMinor * BigInt(annualRateBasisPoints) * days, BASIS_POINTS * basis);
}

/**
 * The level instalment of an annuity: principal / sum of the discount factors, each the product of 1 / (1 + rate of the
 * period) up to its due day. For equal periods this is P·r / (1 − (1 + r)^−n) (Brealey, Myers, Allen: Principles of
 * Corporate Finance, ch. 2).
 */
function levelInstalment(terms: LoanTerms, dueDays: readonly string[]): bigint {
  let discount = SCALE;
  let sum = 0n;
  let previous = terms.startsOn;
  for (const dueOn of dueDays) {
    const [days, basis] = yearFraction(terms.dayCount, previous, dueOn);
    const unit = BASIS_POINTS * basis;
    discount = divideRounded(discount * unit, unit + BigInt(terms.annualRateBasisPoints) * days);
    sum += discount;
    previous = dueOn;
  }
  return divideRounded(terms.principalMinor * SCALE, sum);
}

/**
 * The whole schedule. No part is negative, the parts of the principal add up to it, and the last instalment absorbs what
 * rounding has left over.
 */
export function amortize(terms: LoanTerms): ScheduledInstalment[] {
  const { principalMinor, months, method, startsOn } = terms;
  const dueDays = Array.from({ length: months }, (_, index) => addMonths(startsOn, index + 1));
  const level = method === "ANNUITY" ? levelInstalment(terms, dueDays) : 0n;
  const equalPart = principalMinor / BigInt(months);
  let balanceMinor = principalMinor;
  let previous = startsOn;
  return dueDays.map((dueOn, index) => {
    const interestMinor = interestOn(method === "FLAT" ? principalMinor : balanceMinor, terms, previous, dueOn);
    const wanted = method === "ANNUITY" ? level - interestMinor : equalPart;
    const part = index === months - 1 ? balanceMinor : clamp(wanted, balanceMinor);
    balanceMinor -= part;
    previous = dueOn;
    return { number: index + 1, dueOn, principalMinor: part, interestMinor, balanceMinor };
  });
}

function clamp(amount: bigint, maximum: bigint): bigint {
  if (amount < 0n) return 0n;
  return amount > maximum ? maximum : amount;
}

/** What the schedule costs. */
export function totalsOf(schedule: readonly ScheduledInstalment[]): { principalMinor: bigint; interestMinor: bigint } {
  return schedule.reduce(
    (sum, { principalMinor, interestMinor }) => ({
      principalMinor: sum.principalMinor + principalMinor,
      interestMinor: sum.interestMinor + interestMinor,
    }),
    { principalMinor: 0n, interestMinor: 0n },
  );
}

const MAXIMUM_YEARLY_RATE = 1e6;
const BISECTIONS = 200;

/**
 * What the loan really costs in a year, fees and compounding included: the internal rate of return of what is paid out
 * (principal − fee) against the instalments, as a fraction (0.127 is 12.7 %).
 * @param feeMinor kept back at disbursement, less than the principal
 */
export function effectiveAnnualRate(
  terms: LoanTerms,
  schedule: readonly ScheduledInstalment[],
  feeMinor: bigint,
): number {
  const received = Number(terms.principalMinor - feeMinor);
  const flows = schedule.map(({ number, dueOn, principalMinor, interestMinor }) => ({
    years: terms.dayCount === "THIRTY_360" ? number / 12 : daysBetween(terms.startsOn, dueOn) / 365,
    amount: Number(principalMinor + interestMinor),
  }));
  const worthAt = (rate: number): number =>
    flows.reduce((sum, { years, amount }) => sum + amount * (1 + rate) ** -years, 0);
  let [low, high] = [0, MAXIMUM_YEARLY_RATE];
  if (worthAt(low) <= received) return 0;
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2;
    if (worthAt(middle) > received) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
