import { randomUUID } from "node:crypto";
import { anonymous } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
beforeAll(async () => {
  test = await startTestSubgraph("finance", createSubgraph);
});
afterAll(() => test.stop());

const SIMULATE = `query ($input: SimulateLoansInput!) { simulateLoans(input: $input) { simulations {
  label effectiveAnnualRatePercent firstInstalment { amount } lastInstalment { amount } totalInterest { amount } totalCost { amount }
  instalments { number dueOn amount { amount } } } } }`;
const ASSESS = `mutation ($input: AssessLoanInput!) { assessLoan(input: $input) { assessment {
  id scorecardVersion score outcome reasonCodes contributions { attribute value points } } } }`;
const PUBLISH = "mutation ($input: PublishLoanScorecardInput!) { publishLoanScorecard(input: $input) { version } }";
const SAVE_BANK = "mutation ($input: SavePartnerBankInput!) { savePartnerBank(input: $input) { bank { id } } }";
const SAVE_PRODUCT = "mutation ($input: SaveLoanProductInput!) { saveLoanProduct(input: $input) { product { id } } }";
const admin = () => test.as(buildViewer({ role: "PLATFORM_ADMIN", permissions: ["banks:manage"] }));

const wish = (facts: object, parts: object = {}) => ({
  input: {
    amount: "12000000",
    currency: "IDR",
    months: 12,
    offer: { annualRatePercent: "12", method: "ANNUITY" },
    facts,
    idempotencyKey: randomUUID(),
    ...parts,
  },
});
type Assessed = { assessLoan: { assessment: { id: string; scorecardVersion: number; score: number } } };

it("001-18: anybody compares offers without signing in, the cheapest first by its effective rate", async () => {
  const offers = [
    { label: "flat", annualRatePercent: "12", method: "FLAT", fee: "0" },
    { label: "annuity", annualRatePercent: "18.5", method: "ANNUITY", dayCount: "ACTUAL_365", fee: "100000" },
    { label: "declining", annualRatePercent: "12", method: "DECLINING_BALANCE" },
  ];
  const input = { amount: "12000000", currency: "IDR", months: 12, startsOn: "2026-01-31", offers };
  const { simulateLoans } = await test
    .as(anonymous)
    .data<{ simulateLoans: { simulations: { label: string; instalments: unknown[] }[] } }>(SIMULATE, { input });
  expect(simulateLoans.simulations.map(({ label }) => label)).toEqual(["declining", "annuity", "flat"]);
  expect(simulateLoans.simulations[0]).toMatchObject({
    effectiveAnnualRatePercent: 12.6825,
    firstInstalment: { amount: "1120000" },
    lastInstalment: { amount: "1010000" },
    totalInterest: { amount: "780000" },
    totalCost: { amount: "780000" },
  });
  expect(simulateLoans.simulations[2]?.instalments[0]).toEqual({
    number: 1,
    dueOn: "2026-02-28",
    amount: { amount: "1120000" },
  });
});

it("001-18: a simulation has limits and names every bad field at once", async () => {
  const offer = { annualRatePercent: "100.01", method: "FLAT" };
  const input = { amount: "1", currency: "XXX", months: 361, offers: Array.from({ length: 11 }, () => offer) };
  const { errors } = await test.as(anonymous).run(SIMULATE, { input });
  expect(errors).toMatchObject([{ code: "VALIDATION_ERROR" }]);
  const paths = ((errors[0]?.details ?? []) as { path: string }[]).map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(["input.currency", "input.months", "input.offers"]));
  for (const bad of [
    { amount: "0" },
    { amount: "1.5" },
    { offers: [{ ...offer, annualRatePercent: "1", fee: "9" }] },
  ]) {
    const good = { amount: "5", currency: "IDR", months: 1, offers: [{ ...offer, annualRatePercent: "1" }] };
    expect((await test.as(anonymous).run(SIMULATE, { input: { ...good, ...bad } })).errors).toMatchObject([
      { code: "VALIDATION_ERROR" },
    ]);
  }
});

it("001-18: the products of active banks make a comparison table in a fixed number of statements", async () => {
  const bank = { code: `bank-${randomUUID().slice(0, 8)}`, name: "Bank Contoh" };
  const { savePartnerBank } = await admin().data<{ savePartnerBank: { bank: { id: string } } }>(SAVE_BANK, {
    input: bank,
  });
  const product = (name: string, rate: string) => ({
    input: {
      bankId: savePartnerBank.bank.id,
      name,
      currency: "SGD",
      method: "ANNUITY",
      dayCount: "THIRTY_360",
      annualRatePercent: rate,
      feePercent: "1",
      minimum: "1000",
      maximum: "50000",
      minimumMonths: 6,
      maximumMonths: 24,
    },
  });
  const table = `{ loanProducts(amount: "12000", currency: "SGD", months: 12) { edges { node {
    name annualRatePercent bank { code } simulation(amount: "12000", months: 12) { firstInstalment { amount } fee { amount } } } } } }`;
  await admin().data(SAVE_PRODUCT, product("Modal A", "12"));
  const one = await test.statementsOf(() => test.as(anonymous).data(table));
  await admin().data(SAVE_PRODUCT, product("Modal B", "9"));
  let shown: unknown;
  const two = await test.statementsOf(async () => (shown = await test.as(anonymous).data(table)));
  expect(two).toHaveLength(one.length);
  expect(shown).toEqual({
    loanProducts: {
      edges: [
        // 12,000 · 0.0075 / (1 − 1.0075^−12) = 1,049.4178
        ["Modal B", 9, "1049.42"],
        // 12,000 · 0.01 / (1 − 1.01^−12) = 1,066.1855
        ["Modal A", 12, "1066.19"],
      ].map(([name, annualRatePercent, amount]) => ({
        node: {
          name,
          annualRatePercent,
          bank: { code: bank.code },
          simulation: { firstInstalment: { amount }, fee: { amount: "120.00" } },
        },
      })),
    },
  });
  const small = '{ loanProducts(amount: "999", currency: "SGD") { edges { node { name } } } }';
  expect(await test.as(anonymous).data(small)).toEqual({ loanProducts: { edges: [] } });
  await admin().data(SAVE_BANK, { input: { ...bank, isActive: false } });
  expect(await test.as(anonymous).data(table)).toEqual({ loanProducts: { edges: [] } });
  const nobody = test.as(buildViewer({ role: "PLATFORM_ADMIN" }));
  expect((await nobody.run(SAVE_BANK, { input: bank })).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
});

it("001-19: a score keeps its version, its inputs and its reasons, also when a newer scorecard is published", async () => {
  const owner = test.as(buildViewer({ role: "BUSINESS_OWNER" }));
  const facts = {
    monthsInBusiness: 30,
    monthlyRevenue: "20000000",
    monthlyExpenses: "15000000",
    monthlyDebtService: "1000000",
    latePayments: 0,
  };
  const given = wish(facts);
  const first = (await owner.data<Assessed>(ASSESS, given)).assessLoan.assessment;
  // 300 + 80 (30 months) + 80 (25 %) + 120 (5,000,000 / 2,066,185 = 2.42) + 70 (18.8) + 80 (never late)
  expect(first).toMatchObject({ scorecardVersion: 1, score: 730, outcome: "APPROVE", reasonCodes: [] });
  expect((await owner.data<Assessed>(ASSESS, given)).assessLoan.assessment.id).toBe(first.id);
  const silent = await owner.data<Assessed>(ASSESS, wish({ latePayments: 3 }));
  expect(silent.assessLoan.assessment).toMatchObject({
    score: 220,
    outcome: "DECLINE",
    reasonCodes: ["PAID_LATE_OFTEN", "DEBT_UNKNOWN", "BUSINESS_AGE_UNKNOWN", "PROFIT_UNKNOWN"],
  });
  const bins = [{ from: null, below: null, points: 1, reasonCode: "ANY_AGE" }];
  const newer = {
    basePoints: 0,
    approveFrom: 1,
    declineBelow: 1,
    attributes: [{ attribute: "MONTHS_IN_BUSINESS", missing: { points: 0, reasonCode: "AGE_UNKNOWN" }, bins }],
  };
  expect(await admin().data(PUBLISH, { input: newer })).toEqual({ publishLoanScorecard: { version: 2 } });
  const second = (await owner.data<Assessed>(ASSESS, wish(facts))).assessLoan.assessment;
  expect(second).toMatchObject({ scorecardVersion: 2, score: 1, outcome: "APPROVE" });
  const { rows } = await test.owner.query(
    "select scorecard_version, score, inputs from loan_assessments where id = $1",
    [first.id],
  );
  expect(rows).toMatchObject([
    { scorecard_version: 1, score: 730, inputs: { monthlyRevenueMinor: "20000000", instalmentMinor: "1066185" } },
  ]);
});

it("001-19: only the platform publishes scorecards, nobody changes one, and a score is its owner's alone", async () => {
  const owner = test.as(buildViewer({ role: "BUSINESS_OWNER" }));
  const { assessLoan } = await owner.data<Assessed>(ASSESS, wish({}));
  const list = "{ loanAssessments { edges { node { id } } } }";
  expect(await owner.data(list)).toEqual({ loanAssessments: { edges: [{ node: { id: assessLoan.assessment.id } }] } });
  const stranger = buildViewer();
  expect(await test.as(stranger).data(list)).toEqual({ loanAssessments: { edges: [] } });
  expect(await test.rowsAs(stranger, ["select * from loan_assessments"])).toEqual([[]]);
  for (const statement of [
    "update loan_assessments set score = 1",
    "delete from loan_assessments",
    "delete from loan_scorecards",
  ])
    await expect(test.owner.query(statement)).rejects.toThrow("stays as it is");
  const input = { basePoints: 0, approveFrom: 0, declineBelow: 1, attributes: [] };
  expect((await owner.run(PUBLISH, { input })).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
  expect((await admin().run(PUBLISH, { input })).errors).toMatchObject([{ code: "VALIDATION_ERROR" }]);
  expect((await test.as(anonymous).run(ASSESS, wish({}))).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
});
