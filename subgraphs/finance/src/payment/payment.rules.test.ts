import { PaymentStatus } from "@lentera/prisma/finance";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isWithinLimits, processingFee } from "../payment-method/payment-method.rules.js";
import { OFFERS } from "../provider/provider.js";
import { instructionsFor } from "./instructions.rules.js";
import { isRefundable, judgeAmount, mayBecome, statusAfterRefund } from "./payment.rules.js";

describe("000-20: the states of a payment", () => {
  it("never lead from money to expiry or cancellation, and never back to the beginning", () => {
    const all = Object.values(PaymentStatus);
    for (const from of all.filter(isRefundable))
      expect(all.filter((to) => mayBecome(from, to))).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(PENDING|PROCESSING|EXPIRED|CANCELLED)$/)]),
      );
    for (const from of ["FAILED", "EXPIRED", "CANCELLED"] as const)
      expect(all.filter((to) => mayBecome(from, to))).toEqual(["SUCCEEDED"]);
    expect(all.filter((to) => mayBecome("REFUNDED", to))).toEqual([]);
  });

  it("are told from how much went back", () => {
    expect([statusAfterRefund(1n, 2n), statusAfterRefund(2n, 2n), statusAfterRefund(3n, 2n)]).toEqual([
      "PARTIALLY_REFUNDED",
      "REFUNDED",
      "REFUNDED",
    ]);
  });
});

it("000-18: an amount is right only when amount and currency are", () => {
  const asked = { totalMinor: 100n, currency: "IDR" };
  const verdicts = [
    { amountMinor: 100n, currency: "IDR" },
    { amountMinor: 99n, currency: "IDR" },
    { amountMinor: 101n, currency: "IDR" },
    { amountMinor: 100n, currency: "INR" },
  ].map((got) => judgeAmount(asked, got));
  expect(verdicts).toEqual(["RIGHT", "UNDERPAID", "OVERPAID", "WRONG_CURRENCY"]);
});

describe("000-22: what a payment method costs", () => {
  it.each([
    [0, 0n, 150_000n, 0n],
    [70, 0n, 150_000n, 1_050n],
    [0, 4_440n, 150_000n, 4_440n],
    [322, 2_220n, 150_000n, 7_050n],
    [70, 0n, 10_071n, 70n],
    [70, 0n, 10_072n, 71n],
    [50, 0n, 100n, 1n],
    [49, 0n, 100n, 0n],
  ])("%i basis points and %s on %s is %s", (feeBasisPoints, feeFixedMinor, amountMinor, fee) => {
    expect(processingFee({ feeBasisPoints, feeFixedMinor }, amountMinor)).toBe(fee);
  });

  it("is the exact fee, at most half a minor unit away, and never falls with the amount", () => {
    const fee = fc.record({
      feeBasisPoints: fc.integer({ min: 0, max: 10_000 }),
      feeFixedMinor: fc.bigInt({ min: 0n, max: 10_000n }),
    });
    fc.assert(
      fc.property(fee, fc.bigInt({ min: 1n, max: 10n ** 12n }), (method, amountMinor) => {
        const doubled = 20_000n * (processingFee(method, amountMinor) - method.feeFixedMinor);
        const exact = 2n * amountMinor * BigInt(method.feeBasisPoints);
        expect(doubled - exact).toBeLessThanOrEqual(10_000n);
        expect(exact - doubled).toBeLessThan(10_000n);
        expect(processingFee(method, amountMinor + 1n)).toBeGreaterThanOrEqual(processingFee(method, amountMinor));
      }),
    );
  });

  it("both limits are allowed", () => {
    const limits = { minimumMinor: 10_000n, maximumMinor: 50_000_000n };
    const allowed = [9_999n, 10_000n, 50_000_000n, 50_000_001n].map((amount) => isWithinLimits(limits, amount));
    expect(allowed).toEqual([false, true, true, false]);
  });
});

it("000-23: every method that a provider offers has instructions in both languages", () => {
  const methods = new Set(Object.values(OFFERS).flatMap((offer) => offer.methods));
  for (const method of methods) {
    const facts = { method, vaNumber: "8808123", billerCode: "70012" };
    const [id, en] = [instructionsFor(facts, "id"), instructionsFor(facts, "en")];
    expect(id.title).not.toBe(en.title);
    expect(id.steps.length).toBeGreaterThan(1);
    expect(en.steps).toHaveLength(id.steps.length);
    expect(en.steps.join(" ").includes("8808123")).toBe(method.endsWith("_VA"));
  }
});
