import { type DayCount, daysBetween, divideRounded } from "../loan-simulation/amortization.rules.js";

/** One instalment with what has been charged for it and what is still open of each part, in minor units. */
export interface OpenInstalment {
  readonly number: number;
  readonly dueOn: string;
  readonly feeMinor: bigint;
  readonly interestMinor: bigint;
  readonly principalMinor: bigint;
}

export const LOAN_PARTS = ["FEE", "INTEREST", "PRINCIPAL"] as const;
export type LoanPart = (typeof LOAN_PARTS)[number] | "WAIVED_INTEREST";

/** What a payment does to one part of one instalment. */
export interface Allocation {
  readonly number: number;
  readonly part: LoanPart;
  /** Above zero. */
  readonly amountMinor: bigint;
}

const AMOUNTS = {
  FEE: "feeMinor",
  INTEREST: "interestMinor",
  PRINCIPAL: "principalMinor",
} as const satisfies Record<(typeof LOAN_PARTS)[number], keyof OpenInstalment>;

export function openOf(instalments: readonly OpenInstalment[]): bigint {
  return instalments.reduce((sum, one) => sum + one.feeMinor + one.interestMinor + one.principalMinor, 0n);
}

/** Days since the oldest instalment that is still open fell due; 0 when none is late. */
export function daysPastDue(instalments: readonly OpenInstalment[], today: string): number {
  const late = instalments.filter((one) => one.dueOn < today && openOf([one]) > 0n);
  return Math.max(0, ...late.map(({ dueOn }) => daysBetween(dueOn, today)));
}

/**
 * A payment against the oldest instalment first, in each the fee, then the interest, then the principal.
 * @param amountMinor at most what is open
 */
export function allocate(instalments: readonly OpenInstalment[], amountMinor: bigint): Allocation[] {
  let left = amountMinor;
  const allocations = instalments.flatMap((one) =>
    LOAN_PARTS.flatMap((part): Allocation[] => {
      const open = one[AMOUNTS[part]];
      const paid = left < open ? left : open;
      left -= paid;
      return paid > 0n ? [{ number: one.number, part, amountMinor: paid }] : [];
    }),
  );
  if (left > 0n) throw new RangeError("More is paid than is open.");
  return allocations;
}

/**
 * Everything at once: all fees and principal, the interest of what is due, of the running period the share of the days that
 * have passed (half up; of a thirtieth of the month each under 30/360), and nothing of the interest of later periods, which
 * is waived.
 */
export function settle(
  instalments: readonly OpenInstalment[],
  { startsOn, today, dayCount }: { startsOn: string; today: string; dayCount: DayCount },
): { readonly amountMinor: bigint; readonly allocations: readonly Allocation[] } {
  const allocations = instalments.flatMap((one, index): Allocation[] => {
    const from = instalments[index - 1]?.dueOn ?? startsOn;
    const owed = interestUntil(one, from, today, dayCount);
    const parts: Allocation[] = [
      { number: one.number, part: "FEE", amountMinor: one.feeMinor },
      { number: one.number, part: "INTEREST", amountMinor: owed },
      { number: one.number, part: "WAIVED_INTEREST", amountMinor: one.interestMinor - owed },
      { number: one.number, part: "PRINCIPAL", amountMinor: one.principalMinor },
    ];
    return parts.filter(({ amountMinor }) => amountMinor > 0n);
  });
  const paid = allocations.filter(({ part }) => part !== "WAIVED_INTEREST");
  return { amountMinor: paid.reduce((sum, { amountMinor }) => sum + amountMinor, 0n), allocations };
}

function interestUntil(one: OpenInstalment, from: string, today: string, dayCount: DayCount): bigint {
  if (one.dueOn <= today) return one.interestMinor;
  if (today <= from) return 0n;
  const length = dayCount === "THIRTY_360" ? 30 : daysBetween(from, one.dueOn);
  const passed = Math.min(daysBetween(from, today), length);
  return divideRounded(one.interestMinor * BigInt(passed), BigInt(length));
}

/** How many days before the due day a borrower is reminded. */
export const REMINDER_DAYS = 3;

/** A calendar day so many days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** One reminder of one instalment. */
export interface Notice {
  readonly number: number;
  readonly kind: "DUE_SOON" | "LATE";
  /** What being late costs. */
  readonly feeMinor: bigint;
}

/** What a borrower has to be told by today: of open instalments those that fall due within days, and those that are late. */
export function noticesOf(
  instalments: readonly OpenInstalment[],
  today: string,
  { lateFeeMinor, graceDays }: { lateFeeMinor: bigint; graceDays: number },
): Notice[] {
  return instalments
    .filter((one) => openOf([one]) > 0n)
    .flatMap(({ number, dueOn }): Notice[] => {
      if (addDays(dueOn, graceDays) < today) return [{ number, kind: "LATE", feeMinor: lateFeeMinor }];
      const isSoon = dueOn >= today && dueOn <= addDays(today, REMINDER_DAYS);
      return isSoon ? [{ number, kind: "DUE_SOON", feeMinor: 0n }] : [];
    });
}
