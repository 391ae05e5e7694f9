import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EscrowFacts, type EscrowTerms, decide, refundPercent, settled, totalOf } from "./escrow.rules.js";

const startsAt = new Date("2026-11-20T10:00:00Z");
const before = (hours: number) => new Date(startsAt.getTime() - hours * 3_600_000);
const terms: EscrowTerms = {
  payerId: "payer",
  payeeId: "payee",
  currency: "IDR",
  priceMinor: 100_000n,
  studentFeeMinor: 5_000n,
  commissionMinor: 15_000n,
  startsAt,
  cancellationPolicy: [
    { hoursBefore: 2, refundPercent: 50 },
    { hoursBefore: 24, refundPercent: 100 },
  ],
};
const facts = (known: Partial<EscrowFacts>): EscrowFacts => ({
  terms,
  paidAt: before(100),
  completedAt: null,
  cancelledAt: null,
  cancelledBy: null,
  disputedAt: null,
  ...known,
});

describe("what follows from the facts of a booking", () => {
  it.each([
    ["nothing before the terms are known", { terms: null, completedAt: startsAt }, "AWAITING_PAYMENT", null],
    ["nothing before it is paid", { paidAt: null, completedAt: startsAt }, "AWAITING_PAYMENT", null],
    ["the money is kept once it is paid", {}, "HELD", null],
    ["C-07: price − commission to the tutor", { completedAt: startsAt }, "RELEASED", [0n, 85_000n, 20_000n]],
    [
      "everything back a day before",
      { cancelledAt: before(24), cancelledBy: "STUDENT" },
      "REFUNDED",
      [105_000n, 0n, 0n],
    ],
    [
      "the policy's part later",
      { cancelledAt: before(23.9), cancelledBy: "STUDENT" },
      "SPLIT",
      [50_000n, 42_500n, 12_500n],
    ],
    [
      "nothing back at the last moment",
      { cancelledAt: before(1), cancelledBy: "STUDENT" },
      "RELEASED",
      [0n, 85_000n, 20_000n],
    ],
    [
      "everything when the tutor cancels",
      { cancelledAt: before(0), cancelledBy: "TUTOR" },
      "REFUNDED",
      [105_000n, 0n, 0n],
    ],
    [
      "everything when it was cancelled before it was paid",
      { paidAt: before(0), cancelledAt: before(1), cancelledBy: "STUDENT" },
      "REFUNDED",
      [105_000n, 0n, 0n],
    ],
    [
      "the earlier of completion and cancellation counts",
      { completedAt: before(3), cancelledAt: before(2), cancelledBy: "TUTOR" },
      "RELEASED",
      [0n, 85_000n, 20_000n],
    ],
    ["nobody gets it while it is in dispute", { completedAt: startsAt, disputedAt: startsAt }, "DISPUTED", null],
  ] as const)("002-14: %s", (_, known, status, split) => {
    const decision = decide(facts(known));
    expect(decision.status).toBe(status);
    const parts = "split" in decision ? decision.split : null;
    expect(parts && [parts.refundMinor, parts.payeeMinor, parts.feeMinor]).toEqual(split);
  });

  it("refunds nothing below the lowest tier and by no policy", () => {
    expect(refundPercent(terms, before(1.99))).toBe(0);
    expect(refundPercent({ ...terms, cancellationPolicy: [] }, before(1000))).toBe(0);
  });

  it("C-09: never makes or loses a unit, whatever goes back", () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 12n });
    fc.assert(
      fc.property(amount, amount, amount, amount, (price, fee, commission, refund) => {
        const priceMinor = price + 1n;
        const agreed = { ...terms, priceMinor, studentFeeMinor: fee, commissionMinor: commission % (priceMinor + 1n) };
        const { split } = settled(agreed, refund % (priceMinor + 1n));
        const parts = [split.refundMinor, split.payeeMinor, split.feeMinor];
        expect(parts.reduce((sum, part) => sum + part)).toBe(totalOf(agreed));
        for (const part of parts) expect(part).toBeGreaterThanOrEqual(0n);
      }),
    );
  });
});
