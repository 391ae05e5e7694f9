import { buildViewer } from "@lentera/kit/testing";
import { describe, expect, it } from "vitest";
import { canRefund, canSeePayment, managesPayments, visibleTo } from "./payment.policy.js";

const SCHOOL = "0199aaaa-0000-7000-8000-000000000001";
const PAYER = "0199aaaa-0000-7000-8000-000000000002";
const READ = ["payments:read"];

const viewers = {
  payer: buildViewer({ userId: PAYER }),
  stranger: buildViewer({ permissions: ["payments:read", "payments:refund"] }),
  bookkeeper: buildViewer({ organizationId: SCHOOL, staff: true, permissions: READ }),
  cashier: buildViewer({ organizationId: SCHOOL, staff: true, permissions: [...READ, "payments:refund"] }),
  teacher: buildViewer({ organizationId: SCHOOL, staff: true }),
  admin: buildViewer({ role: "PLATFORM_ADMIN", permissions: ["payments:refund", "payments:create"] }),
};
const payments = [
  { payerId: PAYER, organizationId: SCHOOL },
  { payerId: PAYER, organizationId: null },
  { payerId: SCHOOL, organizationId: SCHOOL },
];

describe("who sees a payment", () => {
  it.each(Object.entries(viewers))("the list's filter agrees with the question about one: %s", (_name, viewer) => {
    const { OR } = { OR: undefined, ...visibleTo(viewer) } as { OR?: Record<string, unknown>[] };
    const listed = (payment: Record<string, unknown>): boolean =>
      OR === undefined || OR.some((terms) => Object.entries(terms).every(([field, value]) => payment[field] === value));
    expect(payments.map(listed)).toEqual(payments.map((payment) => canSeePayment(viewer, payment)));
  });

  it("payers see theirs, bookkeepers their organization's, administrators all", () => {
    const seen = Object.values(viewers).map((viewer) => payments.map((payment) => canSeePayment(viewer, payment)));
    expect(seen).toEqual([
      [true, true, false],
      [false, false, false],
      [true, false, true],
      [true, false, true],
      [false, false, false],
      [true, true, true],
    ]);
  });
});

it("money is given back by the organization that got it and by the platform, settings are the platform's", () => {
  const refunding = Object.values(viewers).map((viewer) => payments.map((payment) => canRefund(viewer, payment)));
  expect(refunding).toEqual([
    [false, false, false],
    [false, false, false],
    [false, false, false],
    [true, false, true],
    [false, false, false],
    [true, true, true],
  ]);
  expect(Object.values(viewers).filter(managesPayments)).toEqual([viewers.admin]);
});
