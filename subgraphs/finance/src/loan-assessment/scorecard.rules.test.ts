import fc from "fast-check";
import { expect, it } from "vitest";
import { type ScorecardDefinition, attributesOf, scoreRisk, scorecardDefinition } from "./scorecard.rules.js";

const card: ScorecardDefinition = {
  basePoints: 100,
  approveFrom: 200,
  declineBelow: 120,
  attributes: [
    {
      attribute: "MONTHS_IN_BUSINESS",
      missing: { points: 0, reasonCode: "BUSINESS_AGE_UNKNOWN" },
      bins: [
        { from: null, below: 12, points: 10, reasonCode: "BUSINESS_TOO_YOUNG" },
        { from: 12, below: null, points: 60, reasonCode: "BUSINESS_AGE" },
      ],
    },
    {
      attribute: "LATE_PAYMENTS",
      missing: { points: 20, reasonCode: "CREDIT_HISTORY_UNKNOWN" },
      bins: [
        { from: null, below: 1, points: 50, reasonCode: "CREDIT_HISTORY" },
        { from: 1, below: null, points: -30, reasonCode: "LATE_PAYMENTS" },
      ],
    },
  ],
};
const values = {
  MONTHS_IN_BUSINESS: null,
  PROFIT_MARGIN: null,
  DEBT_SERVICE_COVERAGE: null,
  REVENUE_TO_INSTALMENT: null,
  LATE_PAYMENTS: null,
};

it("001-19: adds points up, names what cost most first, and says what is missing", () => {
  expect(scoreRisk(card, { ...values, MONTHS_IN_BUSINESS: 12, LATE_PAYMENTS: 0 })).toMatchObject({
    score: 210,
    outcome: "APPROVE",
    reasonCodes: [],
  });
  expect(scoreRisk(card, { ...values, MONTHS_IN_BUSINESS: 11.9, LATE_PAYMENTS: 3 })).toMatchObject({
    score: 80,
    outcome: "DECLINE",
    reasonCodes: ["LATE_PAYMENTS", "BUSINESS_TOO_YOUNG"],
  });
  expect(scoreRisk(card, values)).toMatchObject({
    score: 120,
    outcome: "REVIEW",
    reasonCodes: ["BUSINESS_AGE_UNKNOWN", "CREDIT_HISTORY_UNKNOWN"],
    contributions: [{ value: null }, { value: null }],
  });
});

it("001-19: the same version and the same inputs always give the same score, between the worst and the best", () => {
  const number = fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }));
  fc.assert(
    fc.property(number, number, (months, late) => {
      const inputs = { ...values, MONTHS_IN_BUSINESS: months, LATE_PAYMENTS: late };
      const first = scoreRisk(card, inputs);
      expect(scoreRisk(card, { ...inputs })).toEqual(first);
      expect(first.score).toBeGreaterThanOrEqual(70);
      expect(first.score).toBeLessThanOrEqual(210);
    }),
  );
});

it("001-19: ratios come from the business's own figures, and unknown ones stay unknown", () => {
  const facts = {
    monthsInBusiness: 30,
    monthlyRevenueMinor: 20_000_000n,
    monthlyExpensesMinor: 15_000_000n,
    monthlyDebtServiceMinor: 1_000_000n,
    latePayments: 0,
  };
  expect(attributesOf(facts, 1_500_000n)).toEqual({
    MONTHS_IN_BUSINESS: 30,
    PROFIT_MARGIN: 0.25,
    DEBT_SERVICE_COVERAGE: 2,
    REVENUE_TO_INSTALMENT: 13.3333,
    LATE_PAYMENTS: 0,
  });
  const silent = { ...facts, monthlyExpensesMinor: null, monthlyRevenueMinor: 0n };
  expect(attributesOf(silent, 1_500_000n)).toMatchObject({ PROFIT_MARGIN: null, DEBT_SERVICE_COVERAGE: null });
});

it("001-19: a scorecard with a gap, an overlap, or an attribute twice is refused", () => {
  const [first, second] = card.attributes;
  if (first === undefined || second === undefined) throw new Error("The card has two attributes.");
  const withBins = (bins: typeof first.bins) => ({ ...card, attributes: [{ ...first, bins }] });
  const [low, high] = first.bins;
  if (low === undefined || high === undefined) throw new Error("The attribute has two ranges.");
  expect(scorecardDefinition.safeParse(card).success).toBe(true);
  for (const wrong of [
    withBins([low, { ...high, from: 13 }]),
    withBins([low, { ...high, from: 11 }]),
    withBins([{ ...low, from: 0 }, high]),
    withBins([low]),
    { ...card, attributes: [first, first] },
    { ...card, declineBelow: 201 },
  ])
    expect(scorecardDefinition.safeParse(wrong).success).toBe(false);
});
