const TEN_THOUSAND = 10_000n;

export interface MethodFee {
  /** 100 is 1 %. */
  readonly feeBasisPoints: number;
  readonly feeFixedMinor: bigint;
}
export interface MethodLimits {
  readonly minimumMinor: bigint;
  readonly maximumMinor: bigint;
}

/** What the payer pays on top: amount · percentage + the fixed part, half up to a whole minor unit (000-22). */
export function processingFee({ feeBasisPoints, feeFixedMinor }: MethodFee, amountMinor: bigint): bigint {
  return (amountMinor * BigInt(feeBasisPoints) + TEN_THOUSAND / 2n) / TEN_THOUSAND + feeFixedMinor;
}

/** Both limits are allowed. */
export function isWithinLimits({ minimumMinor, maximumMinor }: MethodLimits, amountMinor: bigint): boolean {
  return minimumMinor <= amountMinor && amountMinor <= maximumMinor;
}
