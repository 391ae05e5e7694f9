import { describe, expect, it } from "vitest";
import { estimateEap } from "./eap.js";
import { expectedRawScore, likelihoodAt, testInformation } from "./likelihood.js";
import { type PersonFit, personFit } from "./person-fit.js";
import { type PointEstimate, estimateMap, estimateMle, estimateWle } from "./point-estimates.js";
import { type Quadrature, gaussHermite, normalGrid } from "./quadrature.js";
import { type PointReference, type ScoringCase, bankOf, codesOf, scoring } from "./testing/scoring.js";

const GRIDS: Record<string, Quadrature> = {
  rect61_6: normalGrid({ nodes: 61, min: -6, max: 6 }),
  rect121_6: normalGrid({ nodes: 121, min: -6, max: 6 }),
  rect41_4: normalGrid({ nodes: 41, min: -4, max: 4 }),
  trap33_4: normalGrid({ nodes: 33, min: -4, max: 4, rule: "trapezoid" }),
  gh21: gaussHermite(21),
  gh41: gaussHermite(41),
};
const DENSE = normalGrid({ nodes: 4801, min: -12, max: 12 });

function expectWithin(actual: number | null | undefined, wanted: number, tolerance: number): void {
  expect(actual).toBeTypeOf("number");
  expect(Math.abs(actual! - wanted)).toBeLessThanOrEqual(tolerance);
}

function expectRelative(actual: number | null | undefined, wanted: number, tolerance: number): void {
  expectWithin(actual, wanted, tolerance * Math.max(Math.abs(wanted), 1e-12));
}

const UNDEFINED = { ability: null, standardError: null, status: "undefined", information: null };

function expectPoint(estimate: PointEstimate, wanted: PointReference, status: string): void {
  const isBlank = wanted.theta === null;
  expect(estimate).toMatchObject(isBlank ? UNDEFINED : { status });
  if (wanted.theta === null) return;
  expectWithin(estimate.ability, wanted.theta, 1e-6);
  expectRelative(estimate.standardError, wanted.se, 1e-6);
  expectRelative(estimate.information, wanted.info_at_theta, 1e-6);
}

function expectFit(fit: PersonFit | null, wanted: ScoringCase["fit"]): void {
  expect(fit === null).toBe(wanted === null);
  if (wanted === null) return;
  expectRelative(fit?.logLikelihood, wanted.loglik, 1e-8);
  expectWithin(fit?.lz, wanted.lz, 1e-6);
  expectRelative(fit?.outfit, wanted.outfit_ms, 1e-6);
  expectRelative(fit?.infit, wanted.infit_ms, 1e-6);
  expectRelative(fit?.expectedRawScore, wanted.expected_raw_score, 1e-8);
}

describe.each(scoring.cases)("000-40: $id, $bank at D = $D, $label", (one) => {
  const bank = bankOf(one.bank, one.D);
  const codes = codesOf(one);

  it("scores blanks by the paper's policies", () => {
    expect([...codes].map((code) => ["0", "1", "-"][code]).join("")).toBe(one.scored);
  });

  it("EAP agrees to 1e-9 on every grid, and with the exact integral", () => {
    for (const [name, [ability, deviation]] of Object.entries(one.grids)) {
      const estimate = estimateEap(bank, codes, GRIDS[name]);
      expectWithin(estimate.ability, ability, 1e-9);
      expectWithin(estimate.standardError, deviation, 1e-9);
    }
    const [ability, deviation, information] = one.eap;
    const exact = estimateEap(bank, codes, DENSE);
    expectWithin(exact.ability, ability, 1e-9);
    expectWithin(exact.standardError, deviation, 1e-9);
    expectRelative(likelihoodAt(bank, codes, ability).information, information, 1e-9);
  });

  it("MAP agrees to 1e-6", () => {
    const [ability, expected, observed, information] = one.map;
    const estimate = estimateMap(bank, codes);
    expectWithin(estimate.ability, ability, 1e-6);
    expectWithin(estimate.standardError, expected, 1e-6);
    expectWithin(estimate.observedStandardError, observed, 1e-6);
    expectWithin(estimate.information, information, 1e-6 * (1 + information));
  });

  it("MLE finds the global maximum within [-6, 6]", () => {
    expectPoint(estimateMle(bank, codes), one.mle, one.mle.status === "interior" ? "ok" : one.mle.status);
  });

  it("WLE is Warm's, and says where it is ambiguous", () => {
    expectPoint(estimateWle(bank, codes), one.wle, one.wle.ambiguous ? "ambiguous" : "ok");
  });

  it("person fit at the EAP agrees", () => {
    expectFit(personFit(bank, codes, one.eap[0]), one.fit);
  });
});

describe("the default quadrature", () => {
  const ordinary = scoring.cases.filter(({ bank }) => bank !== "B1000_3PL");
  it.each(ordinary)("is within 1e-3 of the exact integral on $id", (one) => {
    expectWithin(estimateEap(bankOf(one.bank, one.D), codesOf(one)).ability, one.eap[0], 1e-3);
  });
});

describe.each(Object.entries(scoring.information))("information of %s", (name, table) => {
  it("agrees to 1e-9 with the expected raw score", () => {
    const [bankName = "", metric = ""] = name.split("|D=");
    const bank = bankOf(bankName, Number(metric));
    table.theta.forEach((theta, index) => {
      expectRelative(testInformation(bank, theta), table.information[index]!, 1e-9);
      expectRelative(expectedRawScore(bank, theta), table.expected[index]!, 1e-9);
    });
  });
});
