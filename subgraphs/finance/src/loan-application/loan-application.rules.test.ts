import { LoanActor, LoanApplicationStatus } from "@lentera/prisma/finance";
import { expect, it } from "vitest";
import { actorsOf, assertMove, isWhatItSays, stepsOfBank } from "./loan-application.rules.js";

const statuses = Object.values(LoanApplicationStatus);

it("001-21: draft → submitted → under review → documents requested → approved → disbursed / rejected / withdrawn", () => {
  const moves = statuses.flatMap((from) =>
    statuses.filter((to) => actorsOf(from, to).length > 0).map((to) => `${from} ${to}`),
  );
  expect(moves).toHaveLength(15);
  for (const end of ["DISBURSED", "REJECTED", "WITHDRAWN"] as const)
    for (const to of statuses) expect(() => assertMove(end, to, "BANK")).toThrow(/present state/);
  for (const actor of Object.values(LoanActor).filter((one) => one !== "BANK"))
    expect(() => assertMove("UNDER_REVIEW", "APPROVED", actor)).toThrow(/permission/);
});

it("001-20: a bank that reports a later status has gone the steps before it; never backwards from an end", () => {
  expect(stepsOfBank("SUBMITTED", "DISBURSED")).toEqual(["UNDER_REVIEW", "APPROVED", "DISBURSED"]);
  expect(stepsOfBank("SUBMITTED", "REJECTED")).toEqual(["REJECTED"]);
  expect(stepsOfBank("DOCUMENTS_REQUESTED", "APPROVED")).toEqual(["UNDER_REVIEW", "APPROVED"]);
  expect(stepsOfBank("APPROVED", "APPROVED")).toEqual([]);
  expect(stepsOfBank("WITHDRAWN", "APPROVED")).toEqual([]);
  expect(stepsOfBank("APPROVED", "UNDER_REVIEW")).toEqual([]);
});

it("001-21: a file is taken for what its first bytes say, not its name", () => {
  const pdf = new TextEncoder().encode("%PDF-1.7 …");
  expect(isWhatItSays("application/pdf", pdf)).toBe(true);
  expect(isWhatItSays("image/png", pdf)).toBe(false);
  expect(isWhatItSays("text/html", pdf)).toBe(false);
  expect(isWhatItSays("image/jpeg", new Uint8Array())).toBe(false);
});
