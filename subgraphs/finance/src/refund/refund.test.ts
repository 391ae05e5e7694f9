import { randomUUID } from "node:crypto";
import { buildViewer } from "@lentera/kit/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  type PaymentWorld,
  act,
  becomes,
  buildPayment,
  ledgerCheck,
  startPaymentWorld,
  statusOf,
  walletOf,
} from "../payment/testing/world.js";

let world: PaymentWorld;
beforeAll(async () => {
  world = await startPaymentWorld();
});
afterAll(() => world.stop());

const REFUND = `mutation ($input: RequestRefundInput!) { requestRefund(input: $input) { refund { id status amount { amount } } } }`;
const cashier = () => world.test.as(buildViewer({ role: "PLATFORM_ADMIN", permissions: ["payments:refund"] }));
const inputFor = (paymentId: string, change: object = {}) => ({
  paymentId,
  reason: "Asked for it",
  idempotencyKey: randomUUID(),
  ...change,
});

async function paid(change: object) {
  const made = await buildPayment(world, change);
  await act(world, made.payment.id, "pay");
  await becomes(world, made.payment.id, "SUCCEEDED");
  return made;
}

it.each([
  ["QRIS", "IDR", "150000", "50000", "100000"],
  ["DANA", "IDR", "150000", "50000", "100000"],
  ["UPI", "INR", "500.00", "123.45", "376.55"],
  ["UPI", "INR", "900.00", "123.45", "776.55"],
])(
  "003-53, 002-11: a part and then the rest of a payment by %s in %s of %s go back, each once",
  async (method, currency, amount, part, rest) => {
    const { payment, userId } = await paid({ method, currency, amount });
    const admin = cashier();
    const input = inputFor(payment.id, { amount: part });
    await Promise.all([1, 2, 3].map(() => admin.data(REFUND, { input })));
    await becomes(world, payment.id, "PARTIALLY_REFUNDED");
    expect(await walletOf(world, userId, currency)).toBe(BigInt(rest.replace(".", "")));
    const tooMuch = await admin.run(REFUND, { input: inputFor(payment.id, { amount }) });
    expect(tooMuch.errors).toMatchObject([{ details: [{ path: "input.amount", code: "LIMIT_EXCEEDED" }] }]);
    await admin.data(REFUND, { input: inputFor(payment.id) });
    await becomes(world, payment.id, "REFUNDED");
    expect(await walletOf(world, userId, currency)).toBe(0n);
    const told = world.told.filter(
      ({ type, data }) => type === "payment.refunded" && JSON.stringify(data).includes(payment.id),
    );
    expect(told).toMatchObject([
      { data: { refundedMinor: part.replace(".", ""), isFull: false, cause: "REFUND" } },
      { data: { refundedMinor: rest.replace(".", ""), isFull: true } },
    ]);
    const nothing = await admin.run(REFUND, { input: inputFor(payment.id) });
    expect(nothing.errors[0]?.code).toBe("ILLEGAL_STATE");
    expect(await ledgerCheck(world)).toEqual({ breaks: [], sum: "0" });
  },
);

it("a lost answer refunds once: the job asks again under the same reference", async () => {
  const { payment, userId } = await paid({ method: "QRIS" });
  world.simulators.midtrans.failNextCall("TIMEOUT_AFTER_CHARGING");
  await cashier().data(REFUND, { input: inputFor(payment.id, { amount: "50000" }) });
  const { rows } = await world.test.owner.query<{ id: string }>("select id from refunds where payment_id = $1", [
    payment.id,
  ]);
  await world.runJob("refund.send", { refundId: rows[0]?.id });
  await becomes(world, payment.id, "PARTIALLY_REFUNDED");
  expect(await walletOf(world, userId)).toBe(100_000n);
  const simulated = world.simulators.midtrans.payments.at(-1);
  expect(simulated?.refunds).toHaveLength(1);
});

it("a bank transfer cannot be refunded by its provider: the money returns to the payee and a person is asked", async () => {
  const { payment, userId } = await paid({ method: "BCA_VA" });
  await cashier().data(REFUND, { input: inputFor(payment.id) });
  await world.settle();
  const { rows } = await world.test.owner.query("select status from refunds where payment_id = $1", [payment.id]);
  expect([rows, await statusOf(world, payment.id)]).toEqual([[{ status: "FAILED" }], "SUCCEEDED"]);
  expect(await walletOf(world, userId)).toBe(150_000n);
  const raised = await world.test.owner.query("select kind from payment_exceptions where payment_id = $1", [
    payment.id,
  ]);
  expect(raised.rows).toEqual([{ kind: "REFUND_FAILED" }]);
});

it("two refunds at the same moment never give back more than was paid", async () => {
  const { payment, userId } = await paid({ method: "QRIS" });
  const admin = cashier();
  const results = await Promise.all(
    [1, 2, 3].map(() => admin.run(REFUND, { input: inputFor(payment.id, { amount: "100000" }) })),
  );
  expect(results.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
  await becomes(world, payment.id, "PARTIALLY_REFUNDED");
  expect(await walletOf(world, userId)).toBe(50_000n);
});

it("is not for the payer, not for strangers, and not while impersonating", async () => {
  const { payment, payer } = await paid({ method: "QRIS" });
  const input = inputFor(payment.id);
  const stranger = world.test.as(buildViewer({ permissions: ["payments:refund"] }));
  const impersonator = world.test.as({ ...cashier().viewer, impersonatorId: randomUUID() });
  const codes = await Promise.all(
    [payer, stranger, impersonator].map(async (client) => (await client.run(REFUND, { input })).errors[0]?.code),
  );
  expect(codes).toEqual(["INSUFFICIENT_PERMISSIONS", "NOT_FOUND", "INSUFFICIENT_PERMISSIONS"]);
});
