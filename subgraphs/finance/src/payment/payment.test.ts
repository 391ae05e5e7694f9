import { randomUUID } from "node:crypto";
import { buildViewer } from "@lentera/kit/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  CREATE,
  PAYMENT_FIELDS,
  type PaidThing,
  type PaymentWorld,
  act,
  attemptsOf,
  becomes,
  buildPayment,
  ledgerCheck,
  startPaymentWorld,
  statusOf,
  topUpInput,
  walletOf,
} from "./testing/world.js";

let world: PaymentWorld;
beforeAll(async () => {
  world = await startPaymentWorld();
});
afterEach(() => {
  for (const simulator of Object.values(world.simulators)) simulator.webhookFaults = {};
});
afterAll(() => world.stop());

const finance = (): ReturnType<PaymentWorld["test"]["as"]> =>
  world.test.as(
    buildViewer({ role: "PLATFORM_ADMIN", permissions: ["payments:read", "payments:create", "payments:refund"] }),
  );

describe("paying", () => {
  it.each([
    ["QRIS", "IDR", "150000", "151050"],
    ["BCA_VA", "IDR", "150000", "154440"],
    ["MANDIRI_VA", "IDR", "150000", "154440"],
    ["GOPAY", "IDR", "150000", "153000"],
    ["DANA", "IDR", "150000", "152250"],
    ["CARD", "IDR", "150000", "157050"],
    ["UPI", "INR", "599.00", "599.00"],
    ["CARD", "INR", "601.00", "601.00"],
  ])(
    "000-17, 000-23, 001-24, 003-54: with %s in %s of %s puts the price into the wallet once",
    async (method, currency, amount, total) => {
      const { payer, payment, userId } = await buildPayment(world, { method, currency, amount });
      expect(payment).toMatchObject({ status: "PENDING", total: { amount: total } });
      const { instructions } = payment;
      expect(instructions?.steps.length).toBeGreaterThan(1);
      expect(
        [instructions?.paymentUrl, instructions?.vaNumber, instructions?.qrText].filter((one) => one != null).length,
      ).toBeGreaterThan(0);
      await act(world, payment.id, "pay");
      await becomes(world, payment.id, "SUCCEEDED");
      expect(await walletOf(world, userId, currency)).toBe(BigInt(amount.replace(".", "")));
      expect(
        world.told.filter(({ type, data }) => type === "payment.succeeded" && isAbout(data, payment.id)),
      ).toMatchObject([
        {
          data: {
            payerId: userId,
            purpose: { kind: "TOP_UP", referenceId: userId },
            amountMinor: amount.replace(".", ""),
            currency,
          },
        },
      ]);
      const { payment: after } = await payer.data<{ payment: PaidThing }>(
        `query ($id: ID!) { payment(id: $id) { ${PAYMENT_FIELDS} } }`,
        { id: payment.id },
      );
      expect(after).toMatchObject({ status: "SUCCEEDED", instructions: null });
    },
  );

  it("000-23: QR codes come as pictures, instructions in both languages", async () => {
    const { payment, payer } = await buildPayment(world);
    expect(payment.instructions?.qrImage).toMatch(/^data:image\/svg\+xml;base64,/);
    const svg = Buffer.from(payment.instructions?.qrImage?.split(",")[1] ?? "", "base64").toString();
    expect(svg).toContain("<svg");
    const query = "query ($id: ID!) { payment(id: $id) { instructions { title qrImage(format: PNG) } } }";
    const indonesian = await world.test
      .as(payer.viewer, "id")
      .data<{ payment: { instructions: { title: string; qrImage: string } } }>(query, { id: payment.id });
    expect([payment.instructions?.title, indonesian.payment.instructions.title]).toEqual([
      "Scan the QRIS code",
      "Pindai kode QRIS",
    ]);
    const png = Buffer.from(indonesian.payment.instructions.qrImage.split(",")[1] ?? "", "base64");
    expect(png.subarray(1, 4).toString()).toBe("PNG");
  });

  it("003-28: below INR 600 asks Razorpay, above it Cashfree", async () => {
    const [below, above] = [
      await buildPayment(world, { method: "UPI", currency: "INR", amount: "599.99" }),
      await buildPayment(world, { method: "UPI", currency: "INR", amount: "600.01" }),
    ];
    const providers = [await attemptsOf(world, below.payment.id), await attemptsOf(world, above.payment.id)];
    expect(providers.map(([attempt]) => attempt?.provider)).toEqual(["razorpay", "cashfree"]);
  });

  it("the same key pays once, also at the same moment; for something else it is refused", async () => {
    const payer = world.test.as(buildViewer());
    const input = topUpInput(payer.viewer.userId ?? "");
    const answers = await Promise.all(
      [1, 2, 3].map(() => payer.data<{ createPayment: { payment: PaidThing } }>(CREATE, { input })),
    );
    const ids = new Set(answers.map(({ createPayment }) => createPayment.payment.id));
    expect(ids.size).toBe(1);
    expect(await attemptsOf(world, [...ids][0] ?? "")).toHaveLength(1);
    const { errors } = await payer.run(CREATE, { input: { ...input, amount: "20000" } });
    expect(errors[0]?.code).toBe("IDEMPOTENCY_CONFLICT");
  });

  it("000-22: refuses what the method cannot take, and every field that is wrong at once", async () => {
    const payer = world.test.as(buildViewer());
    const userId = payer.viewer.userId ?? "";
    const codes = async (change: object) => (await payer.run(CREATE, { input: topUpInput(userId, change) })).errors;
    expect(await codes({ amount: "9999" })).toMatchObject([
      { details: [{ path: "input.amount", code: "LIMIT_EXCEEDED" }] },
    ]);
    expect(await codes({ method: "BCA_VA", amount: "50000001" })).toMatchObject([{ code: "VALIDATION_ERROR" }]);
    expect(await codes({ method: "CASH" })).toMatchObject([{ details: [{ path: "input.method" }] }]);
    expect(await codes({ amount: "10000.5" })).toMatchObject([{ details: [{ path: "input.amount" }] }]);
    expect(await codes({ referenceId: randomUUID() })).toMatchObject([{ code: "NOT_FOUND" }]);
    expect(await codes({ purpose: "LOAN_REPAYMENT" })).toMatchObject([{ code: "NOT_FOUND" }]);
    const [wrong] = await codes({
      contact: { name: "", email: "no", phone: "0812" },
      currency: "XXX",
      idempotencyKey: "short",
    });
    expect(wrong?.details).toHaveLength(5);
    const impersonator = world.test.as({ ...payer.viewer, impersonatorId: randomUUID() });
    const refused = await impersonator.run(CREATE, { input: topUpInput(userId) });
    expect(refused.errors[0]?.code).toBe("INSUFFICIENT_PERMISSIONS");
  });

  it("000-22: lists only the methods that can take the amount, with their fee half up to a whole rupiah", async () => {
    const payer = world.test.as(buildViewer());
    const methods = async (amount: string) => {
      const query = `query ($amount: Decimal!) { paymentMethods(amount: $amount, currency: "IDR") {
        code name minimum { amount } maximum { amount } processingFee { percentage fixed { amount } total { amount } } } }`;
      const { paymentMethods } = await payer.data<{
        paymentMethods: { code: string; processingFee: { total: { amount: string } } }[];
      }>(query, { amount });
      return new Map(paymentMethods.map(({ code, processingFee }) => [code, processingFee.total.amount]));
    };
    expect((await methods("10000")).get("QRIS")).toBe("70");
    expect((await methods("10071")).get("QRIS")).toBe("70");
    expect((await methods("10072")).get("QRIS")).toBe("71");
    expect((await methods("9999")).size).toBe(0);
    expect([...(await methods("50000000")).keys()]).toEqual([
      "BCA_VA",
      "BNI_VA",
      "BRI_VA",
      "MANDIRI_VA",
      "PERMATA_VA",
      "CARD",
    ]);
    expect((await methods("50000001")).size).toBe(0);
  });

  it("000-22: only the platform's administrators change a method, and it is written down", async () => {
    const change = `mutation ($input: UpdatePaymentMethodInput!) { updatePaymentMethod(input: $input) {
      paymentMethod { code isActive maximum { amount } processingFee { percentage } } } }`;
    const input = { code: "PERMATA_VA", currency: "IDR", maximum: "40000000", feePercentage: 1.25 };
    const { errors } = await world.test.as(buildViewer({ permissions: ["payments:create"] })).run(change, { input });
    expect(errors[0]?.code).toBe("INSUFFICIENT_PERMISSIONS");
    expect(await finance().data(change, { input })).toMatchObject({
      updatePaymentMethod: { paymentMethod: { maximum: { amount: "40000000" }, processingFee: { percentage: 1.25 } } },
    });
    const wrong = await finance().run(change, { input: { ...input, minimum: "40000001" } });
    expect(wrong.errors[0]?.code).toBe("VALIDATION_ERROR");
    const back = await finance().run(change, { input: { ...input, maximum: "50000000", feePercentage: 0 } });
    expect(back.errors).toEqual([]);
    const { rows } = await world.test.owner.query(
      "select 1 from app.audit_log where action = 'payment_method.updated' and entity_id = 'PERMATA_VA:IDR'",
    );
    expect(rows).toHaveLength(2);
  });
});

describe("what becomes of a payment", () => {
  it("000-20: fails, expires and is cancelled; late money undoes each of them, and nothing undoes money", async () => {
    const [failed, expired, cancelled] = [
      await buildPayment(world, { method: "GOPAY" }),
      await buildPayment(world, { method: "BCA_VA" }),
      await buildPayment(world, { method: "BNI_VA" }),
    ];
    await act(world, failed.payment.id, "fail");
    await act(world, expired.payment.id, "expire");
    const cancel = `mutation ($input: CancelPaymentInput!) { cancelPayment(input: $input) { payment { status } } }`;
    const input = { paymentId: cancelled.payment.id };
    const other = await world.test.as(buildViewer()).run(cancel, { input });
    expect(other.errors[0]?.code).toBe("NOT_FOUND");
    expect(await cancelled.payer.data(cancel, { input })).toMatchObject({
      cancelPayment: { payment: { status: "CANCELLED" } },
    });
    const again = await cancelled.payer.run(cancel, { input });
    expect(again.errors[0]?.code).toBe("ILLEGAL_STATE");
    await becomes(world, failed.payment.id, "FAILED");
    await becomes(world, expired.payment.id, "EXPIRED");
    expect(
      world.told.filter(({ type, data }) => type === "payment.failed" && isAbout(data, expired.payment.id)),
    ).toMatchObject([{ data: { reason: "EXPIRED" } }]);

    await act(world, cancelled.payment.id, "pay");
    await becomes(world, cancelled.payment.id, "SUCCEEDED");
    expect(await walletOf(world, cancelled.userId)).toBe(150_000n);
  });

  it("000-18: a payment whose webhooks are lost is found by asking, and ends when its time is over", async () => {
    const [paid, forgotten] = [
      await buildPayment(world, { method: "BRI_VA" }),
      await buildPayment(world, { method: "BRI_VA" }),
    ];
    const attempt = (await attemptsOf(world, paid.payment.id))[0];
    const simulator = world.simulators[attempt?.provider ?? "midtrans"];
    await world.settle();
    simulator.webhookFaults = { drop: true };
    await act(world, paid.payment.id, "pay");
    expect(await statusOf(world, paid.payment.id)).toBe("PENDING");
    await world.pass(6 * 60_000);
    await world.runJob("payment.poll");
    await becomes(world, paid.payment.id, "SUCCEEDED");
    expect(await walletOf(world, paid.userId)).toBe(150_000n);
    await world.pass(25 * 3_600_000);
    await world.runJob("payment.poll");
    await becomes(world, forgotten.payment.id, "EXPIRED");
  });
});

describe("failover that cannot charge twice (C-01)", () => {
  it("C-01: stays with the first provider when its answer was lost after it had taken the payment", async () => {
    world.simulators.midtrans.failNextCall("TIMEOUT_AFTER_CHARGING");
    const { payment, userId } = await buildPayment(world);
    expect(payment).toMatchObject({ status: "PROCESSING", instructions: null });
    expect((await attemptsOf(world, payment.id)).map(({ state }) => state)).toEqual(["UNKNOWN"]);
    await world.pass(2_500);
    await world.runJob("payment.advance", { paymentId: payment.id });
    expect((await attemptsOf(world, payment.id)).map(({ provider, state }) => [provider, state])).toEqual([
      ["midtrans", "LIVE"],
    ]);
    await act(world, payment.id, "pay");
    await becomes(world, payment.id, "SUCCEEDED");
    expect(await walletOf(world, userId)).toBe(150_000n);
  });

  it("C-01: asks the second only when the first has certainly not taken it", async () => {
    world.simulators.midtrans.failNextCall("SERVER_ERROR");
    const { payment, userId } = await buildPayment(world);
    for (const ms of [2_500, 10_000, 30_000]) {
      await world.pass(ms);
      await world.runJob("payment.advance", { paymentId: payment.id });
      expect(await attemptsOf(world, payment.id)).toHaveLength(1);
    }
    await world.pass(61_000);
    await world.runJob("payment.advance", { paymentId: payment.id });
    expect((await attemptsOf(world, payment.id)).map(({ provider, state }) => [provider, state])).toEqual([
      ["midtrans", "ABSENT"],
      ["xendit", "LIVE"],
    ]);
    await act(world, payment.id, "pay");
    await becomes(world, payment.id, "SUCCEEDED");
    expect(await walletOf(world, userId)).toBe(150_000n);
  });

  it("C-01: gives a late second success back by itself, and the wallet has the money once", async () => {
    world.simulators.midtrans.failNextCall("SERVER_ERROR");
    const { payment, userId } = await buildPayment(world);
    for (const ms of [2_500, 10_000, 30_000, 61_000]) {
      await world.pass(ms);
      await world.runJob("payment.advance", { paymentId: payment.id });
    }
    const [first, second] = await attemptsOf(world, payment.id);
    // The request that was thought lost arrives after all.
    await fetch(`${world.simulators.midtrans.url}/v2/charge`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa("SB-Mid-server-simulated:")}` },
      body: JSON.stringify({
        payment_type: "qris",
        transaction_details: { order_id: first?.order_ref, gross_amount: 151_050 },
        custom_expiry: { expiry_duration: 60, unit: "minute" },
      }),
    });
    world.simulators.xendit.act(second?.order_ref ?? "", "pay");
    world.simulators.midtrans.act(first?.order_ref ?? "", "pay");
    await becomes(world, payment.id, "SUCCEEDED");
    await world.settle();
    const { rows } = await world.test.owner.query(
      "select r.status, r.amount_minor::int amount, a.provider, a.is_surplus from refunds r join payment_attempts a on a.id = r.attempt_id where r.payment_id = $1",
      [payment.id],
    );
    expect(rows).toMatchObject([{ status: "SUCCEEDED", amount: 151_050, is_surplus: true }]);
    expect(await statusOf(world, payment.id)).toBe("SUCCEEDED");
    expect(await walletOf(world, userId)).toBe(150_000n);
    expect(await ledgerCheck(world)).toEqual({ breaks: [], sum: "0" });
  });

  it("C-01: the database refuses a second open attempt", async () => {
    const { payment } = await buildPayment(world);
    const insert = `insert into payment_attempts (payment_id, provider, order_ref, state, sent_at, expected_fee_minor)
      values ($1, $2, $3, 'SENT', now(), 0)`;
    await world.test.owner.query(insert, [payment.id, "xendit", `LT-${randomUUID().slice(0, 20)}`]);
    await expect(
      world.test.owner.query(insert, [payment.id, "razorpay", `LT-${randomUUID().slice(0, 20)}`]),
    ).rejects.toThrow("payment_attempts_one_open");
  });
});

describe("who sees payments", () => {
  it("002-11: row level security hides another's payments from whoever forgets a filter, and raw deliveries from all but the platform", async () => {
    const mine = await buildPayment(world);
    await act(world, mine.payment.id, "pay");
    await becomes(world, mine.payment.id, "SUCCEEDED");
    const tables = ["payments", "payment_attempts", "webhook_deliveries", "payment_movements", "payment_exceptions"];
    const count = tables.map((table) => `select count(*)::int as n from ${table}`);
    const seen = async (viewer: ReturnType<typeof buildViewer>) =>
      (await world.test.rowsAs(viewer, count)).map(([row]) => (row as { n: number }).n);
    expect(await seen(buildViewer({ userId: mine.userId }))).toEqual([1, 1, 0, 0, 0]);
    expect(
      await seen(buildViewer({ permissions: ["payments:read"], staff: true, organizationId: randomUUID() })),
    ).toEqual([0, 0, 0, 0, 0]);
    expect(Math.min(...(await seen(finance().viewer as ReturnType<typeof buildViewer>)).slice(0, 4))).toBeGreaterThan(
      0,
    );
    const query = "query ($id: ID!) { payment(id: $id) { id } }";
    const { errors } = await world.test.as(buildViewer()).run(query, { id: mine.payment.id });
    expect(errors[0]?.code).toBe("NOT_FOUND");
  });

  it("003-53: lists by status, purpose, method, person and time, page by page, with a constant number of statements", async () => {
    const one = await buildPayment(world, { method: "BCA_VA" });
    const many = world.test.as(buildViewer());
    const userId = many.viewer.userId ?? "";
    for (const method of ["BCA_VA", "BNI_VA", "QRIS"])
      await many.data(CREATE, { input: topUpInput(userId, { method }) });
    const query = `query ($filter: PaymentFilterInput, $first: Int) { payments(first: $first, filter: $filter) { totalCount
      edges { node { id method purpose { kind } refunds { amount { amount } } instructions { vaNumber } } } pageInfo { hasNextPage } } }`;
    const [few, lots] = [
      await world.test.statementsOf(() => one.payer.data(query, {})),
      await world.test.statementsOf(() => many.data(query, {})),
    ];
    expect(lots).toHaveLength(few.length);
    expect(few.length).toBeGreaterThan(0);
    const listed = async (filter: object) =>
      (await many.data<{ payments: { totalCount: number } }>(query, { filter })).payments.totalCount;
    expect(await listed({ methods: ["BCA_VA", "QRIS"], statuses: ["PENDING"], purposes: ["TOP_UP"] })).toBe(2);
    expect(await listed({ statuses: ["SUCCEEDED"] })).toBe(0);
    expect(await listed({ payerId: one.userId })).toBe(0);
    expect(await listed({ from: new Date(world.clock.now() + 1000).toISOString() })).toBe(0);
    const { payments } = await finance().data<{ payments: { totalCount: number } }>(query, {
      filter: { payerId: userId },
      first: 1,
    });
    expect(payments).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
  });
});

it("the ledger adds up after all of it", async () => {
  expect(await ledgerCheck(world)).toEqual({ breaks: [], sum: "0" });
});

function isAbout(data: unknown, paymentId: string): boolean {
  return typeof data === "object" && data !== null && "paymentId" in data && data.paymentId === paymentId;
}
