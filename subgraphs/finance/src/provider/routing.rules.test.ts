import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OFFERS, type PaymentMethod, PROVIDERS } from "./provider.js";
import { chooseProviders, DEFAULT_FEES, feeOf, type FeeSchedule, type RoutingQuestion } from "./routing.rules.js";

const upi = (amountMinor: bigint): RoutingQuestion => ({ amountMinor, currency: "INR", method: "UPI", nowMs: 1 });
const rupees = (amount: number): bigint => BigInt(Math.round(amount * 100));
const scheduleOf = (provider: string, method: PaymentMethod): FeeSchedule => {
  const found = DEFAULT_FEES.find((fee) => fee.provider === provider && fee.methods.includes(method));
  if (found === undefined) throw new Error("no such fee");
  return found;
};

describe("fees (000-22)", () => {
  it.each([
    ["midtrans", "QRIS", 150_000n, 1_050n],
    ["midtrans", "GOPAY", 150_000n, 3_000n],
    ["midtrans", "BCA_VA", 150_000n, 4_440n],
    ["midtrans", "CARD", 150_000n, 7_049n],
    ["razorpay", "UPI", 100_000n, 2_360n],
  ] as const)("%s takes for %s of %d minor units %d", (provider, method, amountMinor, fee) => {
    expect(feeOf(scheduleOf(provider, method), amountMinor)).toBe(fee);
  });
});

describe("choice of a provider (000-17, 003-28, 003-54)", () => {
  it.each([
    [1, "razorpay"],
    [599.99, "razorpay"],
    [600.01, "cashfree"],
    [100_000, "cashfree"],
  ])("for ₹%d takes %s, as the break-even is at ₹600", (amount, first) => {
    expect(chooseProviders(upi(rupees(amount)), DEFAULT_FEES)[0]).toBe(first);
  });

  it("is on the cheap side of the break-even for every amount", () => {
    fc.assert(
      fc.property(fc.bigInt(100n, 50_000_000n), (anyAmountMinor) => {
        const amountMinor = anyAmountMinor === 60_000n ? 60_001n : anyAmountMinor;
        const [first] = chooseProviders(upi(amountMinor), DEFAULT_FEES);
        expect(first).toBe(amountMinor < 60_000n ? "razorpay" : "cashfree");
      }),
    );
  });

  it("at the break-even takes the one that succeeds more often", () => {
    const health = (cashfree: number) => [
      { provider: "razorpay" as const, succeeded: 95, failed: 5 },
      { provider: "cashfree" as const, succeeded: cashfree, failed: 100 - cashfree },
    ];
    expect(chooseProviders(upi(60_000n), DEFAULT_FEES, health(99))[0]).toBe("cashfree");
    expect(chooseProviders(upi(60_000n), DEFAULT_FEES, health(90))[0]).toBe("razorpay");
  });

  it("tries a provider that fails lately last, and judges nobody by a handful of payments", () => {
    const failing = (failed: number) => [{ provider: "razorpay" as const, succeeded: 0, failed }];
    expect(chooseProviders(upi(10_000n), DEFAULT_FEES, failing(50))).toEqual(["cashfree", "razorpay"]);
    expect(chooseProviders(upi(10_000n), DEFAULT_FEES, failing(5))).toEqual(["razorpay", "cashfree"]);
  });

  it("follows a person's rules within their conditions", () => {
    const prefer = { effect: "PREFER", provider: "cashfree", method: "UPI", belowAmountMinor: 20_000n } as const;
    expect(chooseProviders(upi(10_000n), DEFAULT_FEES, [], [prefer])).toEqual(["cashfree", "razorpay"]);
    expect(chooseProviders(upi(20_000n), DEFAULT_FEES, [], [prefer])).toEqual(["razorpay", "cashfree"]);
    const exclude = { effect: "EXCLUDE", provider: "razorpay" } as const;
    expect(chooseProviders(upi(10_000n), DEFAULT_FEES, [], [exclude])).toEqual(["cashfree"]);
  });

  it("uses the fees in force at the time, and nobody whose latest is disabled", () => {
    const changed = { ...scheduleOf("razorpay", "UPI"), enabled: false, effectiveFromMs: 100 };
    const fees = [...DEFAULT_FEES, changed];
    expect(chooseProviders({ ...upi(10_000n), nowMs: 99 }, fees)).toEqual(["razorpay", "cashfree"]);
    expect(chooseProviders({ ...upi(10_000n), nowMs: 100 }, fees)).toEqual(["cashfree"]);
  });

  it.each([
    ["a currency nobody has", { currency: "USD" }],
    ["a method of the other country", { method: "QRIS" as const }],
    ["an amount below the limit", { amountMinor: 99n }],
    ["an amount above the limit", { amountMinor: 50_000_001n }],
  ])("offers nobody for %s", (_what, change) => {
    expect(chooseProviders({ ...upi(10_000n), ...change }, DEFAULT_FEES)).toEqual([]);
  });

  it("never names a provider twice, nor one without the method and currency", () => {
    const method = fc.constantFrom<PaymentMethod>("CARD", "QRIS", "BCA_VA", "GOPAY", "DANA", "UPI", "WALLET");
    const health = fc.array(
      fc.record({ provider: fc.constantFrom(...PROVIDERS), succeeded: fc.nat(100), failed: fc.nat(100) }),
    );
    fc.assert(
      fc.property(
        method,
        fc.constantFrom("IDR", "INR"),
        fc.bigInt(1n, 10n ** 10n),
        health,
        (method, currency, amountMinor, health) => {
          const chosen = chooseProviders({ method, currency, amountMinor, nowMs: 1 }, DEFAULT_FEES, health);
          expect(new Set(chosen).size).toBe(chosen.length);
          for (const name of chosen)
            expect(OFFERS[name]).toMatchObject({ currency, methods: expect.arrayContaining([method]) });
        },
      ),
    );
  });
});
