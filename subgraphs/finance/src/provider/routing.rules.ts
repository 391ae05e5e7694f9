import { OFFERS, type PaymentMethod, type ProviderName } from "./provider.js";

/** What a provider takes for a payment, by contract. Percentages in basis points: 100 is 1 %. */
export interface FeeSchedule {
  readonly provider: ProviderName;
  readonly methods: readonly PaymentMethod[];
  readonly flatMinor: bigint;
  readonly basisPoints: bigint;
  /** Tax on the fee where the contract's fee is without it, else 0. */
  readonly taxBasisPoints: bigint;
  readonly minimumAmountMinor: bigint;
  readonly maximumAmountMinor: bigint;
  readonly enabled: boolean;
  /** The lower, the earlier, where all else is equal. */
  readonly priority: number;
  /** Epoch milliseconds. The latest one of a provider and method that has begun is in force. */
  readonly effectiveFromMs: number;
}

/** What became of a provider's payments lately. */
export interface ProviderHealth {
  readonly provider: ProviderName;
  readonly succeeded: number;
  readonly failed: number;
}

/** A person's decision, stronger than the price. Absent conditions hold for everything. */
export interface RoutingRule {
  readonly method?: PaymentMethod;
  readonly fromAmountMinor?: bigint;
  /** Below, not including. */
  readonly belowAmountMinor?: bigint;
  readonly effect: "PREFER" | "EXCLUDE";
  readonly provider: ProviderName;
}

export interface RoutingQuestion {
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly method: PaymentMethod;
  readonly nowMs: number;
}

const TEN_THOUSAND = 10_000n;
/** Fewer payments than these say nothing about a provider. */
const MEANINGFUL_SAMPLE = 20;
/** Below this share of successes a provider is tried last. */
const HEALTHY_SHARE = 0.8;

/**
 * Prices to start with, in Indonesia as published, in India as the platform's plan has them: Razorpay 2 %, Cashfree 1.5 % and
 * ₹3, equal at ₹600. A merchant's own contract overrides them.
 */
export const DEFAULT_FEES: readonly FeeSchedule[] = [
  fee("midtrans", ["BCA_VA", "BNI_VA", "BRI_VA", "MANDIRI_VA", "PERMATA_VA"], 4_000n, 0n, 1_100n, 10_000n, 50_000_000n),
  fee("midtrans", ["QRIS"], 0n, 70n, 0n, 1n, 10_000_000n),
  fee("midtrans", ["GOPAY", "SHOPEEPAY"], 0n, 200n, 0n, 1n, 20_000_000n),
  fee("midtrans", ["CARD"], 2_000n, 290n, 1_100n, 10_000n, 999_999_999n),
  fee("xendit", ["BCA_VA", "BNI_VA", "BRI_VA", "MANDIRI_VA", "PERMATA_VA"], 4_000n, 0n, 1_100n, 10_000n, 50_000_000n),
  fee("xendit", ["QRIS"], 0n, 70n, 0n, 1n, 10_000_000n),
  fee("xendit", ["GOPAY", "SHOPEEPAY"], 0n, 400n, 0n, 1n, 20_000_000n),
  fee("xendit", ["DANA"], 0n, 150n, 0n, 1n, 20_000_000n),
  fee("xendit", ["CARD"], 2_000n, 290n, 1_100n, 10_000n, 999_999_999n),
  fee("razorpay", OFFERS.razorpay.methods, 0n, 200n, 1_800n, 100n, 50_000_000n),
  fee("cashfree", OFFERS.cashfree.methods, 300n, 150n, 1_800n, 100n, 50_000_000n),
];

/**
 * The fee in minor units: the flat part and the percentage rounded up, then the tax rounded half up.
 */
export function feeOf(schedule: FeeSchedule, amountMinor: bigint): bigint {
  const { flatMinor, basisPoints, taxBasisPoints } = schedule;
  const net = flatMinor + (amountMinor * basisPoints + TEN_THOUSAND - 1n) / TEN_THOUSAND;
  return net + (net * taxBasisPoints + TEN_THOUSAND / 2n) / TEN_THOUSAND;
}

/**
 * Who should be asked, best first; the rest is for failover. Out are those of another currency, without the method, disabled,
 * out of their limits or excluded by a rule. Then: healthy before failing, preferred by a rule, cheaper (by the exact price,
 * so that rounding moves no break-even), better success rate, priority.
 */
export function chooseProviders(
  question: RoutingQuestion,
  schedules: readonly FeeSchedule[],
  health: readonly ProviderHealth[] = [],
  rules: readonly RoutingRule[] = [],
): ProviderName[] {
  const applying = rules.filter((rule) => applies(rule, question));
  const has = (provider: ProviderName, effect: RoutingRule["effect"]): boolean =>
    applying.some((rule) => rule.provider === provider && rule.effect === effect);
  const ranked = inForce(question, schedules)
    .filter((schedule) => isOpen(schedule, question) && !has(schedule.provider, "EXCLUDE"))
    .map((schedule) => {
      const { succeeded = 0, failed = 0 } = health.find(({ provider }) => provider === schedule.provider) ?? {};
      const share = succeeded + failed < MEANINGFUL_SAMPLE ? 1 : succeeded / (succeeded + failed);
      const exact = schedule.flatMinor * TEN_THOUSAND + question.amountMinor * schedule.basisPoints;
      const cost = exact * (TEN_THOUSAND + schedule.taxBasisPoints);
      return { schedule, share, cost, failing: share < HEALTHY_SHARE, preferred: has(schedule.provider, "PREFER") };
    });
  return ranked
    .toSorted(
      (left, right) =>
        Number(left.failing) - Number(right.failing) ||
        Number(right.preferred) - Number(left.preferred) ||
        compare(left.cost, right.cost) ||
        right.share - left.share ||
        left.schedule.priority - right.schedule.priority,
    )
    .map(({ schedule }) => schedule.provider);
}

/** The one schedule of each provider for the method that is in force at the time. */
function inForce({ method, nowMs }: RoutingQuestion, schedules: readonly FeeSchedule[]): FeeSchedule[] {
  const latest = new Map<ProviderName, FeeSchedule>();
  for (const schedule of schedules) {
    const known = latest.get(schedule.provider);
    const begun = schedule.methods.includes(method) && schedule.effectiveFromMs <= nowMs;
    if (begun && (known === undefined || known.effectiveFromMs <= schedule.effectiveFromMs))
      latest.set(schedule.provider, schedule);
  }
  return [...latest.values()];
}

function isOpen(schedule: FeeSchedule, { amountMinor, currency, method }: RoutingQuestion): boolean {
  const offer = OFFERS[schedule.provider];
  const withinLimits = schedule.minimumAmountMinor <= amountMinor && amountMinor <= schedule.maximumAmountMinor;
  return schedule.enabled && withinLimits && offer.currency === currency && offer.methods.includes(method);
}

function applies(rule: RoutingRule, { amountMinor, method }: RoutingQuestion): boolean {
  return (
    (rule.method ?? method) === method &&
    amountMinor >= (rule.fromAmountMinor ?? amountMinor) &&
    amountMinor < (rule.belowAmountMinor ?? amountMinor + 1n)
  );
}

function compare(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function fee(
  provider: ProviderName,
  methods: readonly PaymentMethod[],
  flatMinor: bigint,
  basisPoints: bigint,
  taxBasisPoints: bigint,
  minimumAmountMinor: bigint,
  maximumAmountMinor: bigint,
): FeeSchedule {
  const limits = { minimumAmountMinor, maximumAmountMinor };
  return {
    provider,
    methods,
    flatMinor,
    basisPoints,
    taxBasisPoints,
    ...limits,
    enabled: true,
    priority: 0,
    effectiveFromMs: 0,
  };
}
