import { randomUUID } from "node:crypto";
import { buildViewer } from "@lentera/kit/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type PaymentWorld, act, becomes, buildPayment, startPaymentWorld } from "./testing/world.js";

let world: PaymentWorld;
const school = randomUUID();
beforeAll(async () => {
  world = await startPaymentWorld();
  for (const [method, amount] of [
    ["BCA_VA", "150000"],
    ["BCA_VA", "100000"],
    ["QRIS", "20000"],
  ]) {
    const { payment } = await buildPayment(world, { method, amount });
    await world.test.owner.query("update payments set organization_id = $1 where id = $2", [school, payment.id]);
    await act(world, payment.id, "pay");
    await becomes(world, payment.id, "SUCCEEDED");
  }
  await buildPayment(world, { method: "BNI_VA" });
  await world.test.owner.query("update payments set description = '=1+1' where method = 'QRIS'");
});
afterAll(() => world.stop());

const ANALYTICS = `query ($from: DateTime!, $until: DateTime!, $currency: String!) {
  paymentAnalytics(currency: $currency, from: $from, until: $until) {
    startedCount paidCount collected { amount } fees { amount } refunded { amount } net { amount }
    byMethod { method startedCount paidCount collected { amount } } byPurpose { kind paidCount } byDay { paidCount } } }`;
const period = () => ({
  currency: "IDR",
  from: new Date(world.clock.now() - 86_400_000).toISOString(),
  until: new Date(world.clock.now() + 86_400_000).toISOString(),
});
const admin = () => world.test.as(buildViewer({ role: "PLATFORM_ADMIN", permissions: ["payments:read"] }));
const bookkeeper = (organizationId: string) =>
  world.test.as(buildViewer({ role: "ADMIN", staff: true, organizationId, permissions: ["payments:read"] }));

it("003-53: analytics add up for the platform and for an organization, and are for bookkeepers", async () => {
  expect(await admin().data(ANALYTICS, period())).toMatchObject({
    paymentAnalytics: {
      startedCount: 4,
      paidCount: 3,
      collected: { amount: "270000" },
      fees: { amount: String(2 * 4_440 + 140) },
      net: { amount: "270000" },
      byMethod: [
        { method: "BCA_VA", startedCount: 2, paidCount: 2, collected: { amount: "250000" } },
        { method: "QRIS", paidCount: 1 },
        { method: "BNI_VA", startedCount: 1, paidCount: 0 },
      ],
      byPurpose: [{ kind: "TOP_UP", paidCount: 3 }],
      byDay: [{ paidCount: 3 }],
    },
  });
  expect(await bookkeeper(school).data(ANALYTICS, period())).toMatchObject({
    paymentAnalytics: { startedCount: 3, paidCount: 3 },
  });
  expect(await bookkeeper(randomUUID()).data(ANALYTICS, period())).toMatchObject({
    paymentAnalytics: { startedCount: 0, collected: { amount: "0" } },
  });
  const { errors } = await world.test.as(buildViewer()).run(ANALYTICS, period());
  expect(errors[0]?.code).toBe("INSUFFICIENT_PERMISSIONS");
  const reversed = await admin().run(ANALYTICS, { ...period(), until: period().from });
  expect(reversed.errors[0]?.code).toBe("VALIDATION_ERROR");
});

it("003-53: an export has what the list has, and no cell that a spreadsheet would run", async () => {
  const query = `query ($filter: PaymentFilterInput) { paymentExport(filter: $filter) { fileName content rowCount } }`;
  const { paymentExport } = await bookkeeper(school).data<{ paymentExport: { content: string; rowCount: number } }>(
    query,
  );
  expect(paymentExport.rowCount).toBe(3);
  const lines = paymentExport.content.trimEnd().split("\n");
  expect(lines[0]).toBe(
    "id,createdAt,status,purpose,referenceId,description,method,currency,amount,fee,refunded,paidAt,payerId,organizationId",
  );
  expect(lines).toHaveLength(4);
  expect(paymentExport.content).toContain("'=1+1");
  const filtered = await admin().data(query, { filter: { statuses: ["PENDING"] } });
  expect(filtered).toMatchObject({ paymentExport: { rowCount: 1 } });
  const stranger = await world.test.as(buildViewer()).data(query);
  expect(stranger).toMatchObject({ paymentExport: { rowCount: 0 } });
});
