import { createHash, createHmac, randomUUID } from "node:crypto";
import { buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  CREATE,
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
} from "../payment/testing/world.js";
import { createSubgraph } from "../subgraph.js";

let world: PaymentWorld;
beforeAll(async () => {
  world = await startPaymentWorld();
});
afterAll(() => world.stop());

const SERVER_KEY = "SB-Mid-server-simulated";
const finance = (userId: string = randomUUID()) =>
  world.test.as(buildViewer({ userId, role: "PLATFORM_ADMIN", permissions: ["payments:read", "payments:create"] }));

function midtransBody(orderRef: string, change: Record<string, unknown> = {}): string {
  const facts = { order_id: orderRef, status_code: "200", gross_amount: "151050.00", ...change };
  const signature_key = createHash("sha512")
    .update(facts.order_id + facts.status_code + facts.gross_amount + SERVER_KEY)
    .digest("hex");
  const rest = { transaction_id: randomUUID(), transaction_status: "settlement", currency: "IDR" };
  return JSON.stringify({ ...rest, ...facts, ...change, signature_key });
}

async function stored(): Promise<number> {
  const { rows } = await world.test.owner.query<{ n: number }>("select count(*)::int n from webhook_deliveries");
  return rows[0]?.n ?? 0;
}

describe("000-18, 003-54: POST /webhooks/payments/:provider", () => {
  it("000-18: refuses what is forged, unsigned, malformed, too large or for nobody, and stores none of it", async () => {
    const before = await stored();
    const forged = { "x-callback-token": "wrong", "x-razorpay-signature": "00", "x-webhook-signature": "AA==" };
    const statuses = await Promise.all([
      world.post("midtrans", JSON.stringify({ ...JSON.parse(midtransBody("LT-1")), gross_amount: "1.00" })),
      world.post("xendit", "{}", forged),
      world.post("razorpay", "{}", forged),
      world.post("cashfree", "{}", { ...forged, "x-webhook-timestamp": String(Date.now()) }),
      world.post("razorpay", "{}"),
      world.post("midtrans", "not json"),
      world.post("paypal", "{}"),
      world.post("midtrans", Buffer.alloc(2 * 1024 * 1024)),
      world.post("midtrans", Buffer.alloc(10 * 1024 * 1024 + 1)).catch(() => ({ status: 413 })),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 400, 404, 413, 413]);
    expect((await fetch(`${world.origin}/webhooks/payments/midtrans`)).status).toBe(404);
    expect(await stored()).toBe(before);
  });

  it("000-16: refuses everything while the secret is not set", async () => {
    const bare = await startTestSubgraph("finance", createSubgraph);
    try {
      const route = bare.subgraph.routes["/webhooks/payments/:provider"];
      const ask = async (name: string) =>
        route?.(
          new Request(`http://lentera/webhooks/payments/${name}`, { method: "POST", body: midtransBody("LT-1") }),
        );
      const answers = await Promise.all(["midtrans", "xendit", "razorpay", "cashfree"].map(ask));
      expect(answers.map((answer) => answer?.status)).toEqual([503, 503, 503, 503]);
      const payer = bare.as(buildViewer());
      const { errors } = await payer.run(CREATE, { input: topUpInput(payer.viewer.userId ?? "") });
      expect(errors[0]?.code).toBe("PAYMENT_GATEWAY_ERROR");
    } finally {
      await bare.stop();
    }
  });

  it("000-18: answers within 100 ms, before anything is done", async () => {
    const took: number[] = [];
    for (let turn = 0; turn < 21; turn++) {
      const startedAt = performance.now();
      const answer = await world.post("midtrans", midtransBody(`LT-${randomUUID().slice(0, 20)}`));
      expect([answer.status, await answer.json()]).toEqual([200, { status: "processed" }]);
      took.push(performance.now() - startedAt);
    }
    expect(took.toSorted((left, right) => left - right)[10]).toBeLessThan(100);
  });

  it("000-18: a delivery that comes again, also at the same moment, is counted and books nothing", async () => {
    const { payment, userId } = await buildPayment(world, { method: "UPI", currency: "INR", amount: "500.00" });
    const simulator = await act(world, payment.id, "pay");
    await becomes(world, payment.id, "SUCCEEDED");
    const before = await stored();
    const all = [...simulator.deliveries];
    const answers = await Promise.all(
      [...all, ...all, ...all].map(({ body, headers }) => world.post("razorpay", body, headers)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await world.settle();
    expect(await stored()).toBe(before);
    const { rows } = await world.test.owner.query<{ n: number }>(
      "select max(duplicates)::int n from webhook_deliveries where provider = 'razorpay'",
    );
    expect(rows[0]?.n).toBeGreaterThanOrEqual(3);
    expect(await walletOf(world, userId, "INR")).toBe(50_000n);
  });

  it("000-18: reordered and doubled deliveries end where ordered ones do; a late expiry never undoes success", async () => {
    const simulator = world.simulators.midtrans;
    const { payment, userId } = await buildPayment(world, { method: "BCA_VA" });
    const [attempt] = await attemptsOf(world, payment.id);
    simulator.webhookFaults = { reorder: true, duplicate: true };
    await act(world, payment.id, "pay");
    simulator.release();
    simulator.webhookFaults = {};
    await becomes(world, payment.id, "SUCCEEDED");
    const late = { status_code: "202", transaction_status: "expire", gross_amount: "154440.00" };
    expect((await world.post("midtrans", midtransBody(attempt?.order_ref ?? "", late))).status).toBe(200);
    await world.settle();
    expect(await statusOf(world, payment.id)).toBe("SUCCEEDED");
    expect(await walletOf(world, userId)).toBe(150_000n);
  });

  it.each(["tamper", "wrongSecret"] as const)("000-18: a %s delivery changes nothing", async (fault) => {
    const { payment } = await buildPayment(world, { method: "UPI", currency: "INR", amount: "500.00" });
    await world.settle();
    world.simulators.razorpay.webhookFaults = { [fault]: true };
    await act(world, payment.id, "pay");
    world.simulators.razorpay.webhookFaults = {};
    expect(world.simulators.razorpay.deliveries.at(-1)?.httpStatus).toBe(401);
    expect(await statusOf(world, payment.id)).toBe("PENDING");
  });

  it("000-18: who knows Xendit's token or an old signature of Midtrans still cannot make a payment paid", async () => {
    const [va, qris] = [await buildPayment(world, { method: "DANA" }), await buildPayment(world)];
    const [[xendit], [midtrans]] = [await attemptsOf(world, va.payment.id), await attemptsOf(world, qris.payment.id)];
    const data = {
      payment_id: "py-1",
      payment_request_id: xendit?.provider_ref,
      reference_id: xendit?.order_ref,
      status: "SUCCEEDED",
      request_amount: 152_250,
      currency: "IDR",
      captures: [{ capture_id: "c-1", capture_amount: 152_250 }],
    };
    const headers = { "x-callback-token": "simulated-callback-token" };
    const body = JSON.stringify({ event: "payment.capture", business_id: "b", created: "2026-01-01", data });
    expect((await world.post("xendit", body, headers)).status).toBe(200);
    expect((await world.post("midtrans", midtransBody(midtrans?.order_ref ?? ""))).status).toBe(200);
    await world.settle();
    expect([await statusOf(world, va.payment.id), await statusOf(world, qris.payment.id)]).toEqual([
      "PENDING",
      "PENDING",
    ]);
  });

  it("000-18: an unknown order waits for a person after the last look", async () => {
    const orderRef = `LT-${randomUUID().slice(0, 20)}`;
    await world.post("midtrans", midtransBody(orderRef));
    const { rows } = await world.test.owner.query<{ id: string }>(
      "select id from webhook_deliveries where event->>'orderRef' = $1",
      [orderRef],
    );
    await world.runJob("payment-webhook.process", { deliveryId: rows[0]?.id, tries: 4 });
    const list =
      "{ paymentExceptions(kinds: [UNKNOWN_ORDER]) { edges { node { id status details { name value } } } } }";
    const { paymentExceptions } = await finance().data<{
      paymentExceptions: { edges: { node: { id: string; status: string } }[] };
    }>(list);
    const [found] = paymentExceptions.edges;
    expect(found?.node.status).toBe("OPEN");
    const resolve = `mutation ($input: ResolvePaymentExceptionInput!) { resolvePaymentException(input: $input) {
      paymentException { status resolution } } }`;
    const input = { id: found?.node.id, resolution: "NOTE", note: "Of another shop." };
    const accept = await finance().run(resolve, { input: { ...input, resolution: "ACCEPT" } });
    expect(accept.errors[0]?.code).toBe("VALIDATION_ERROR");
    expect(await finance().data(resolve, { input })).toMatchObject({
      resolvePaymentException: { paymentException: { status: "RESOLVED" } },
    });
    const stranger = await world.test.as(buildViewer()).run(list);
    expect(stranger.errors[0]?.code).toBe("INSUFFICIENT_PERMISSIONS");
  });
});

describe("000-18: money of a wrong amount", () => {
  const propose = `mutation ($input: ResolvePaymentExceptionInput!) { resolvePaymentException(input: $input) { paymentException { status } } }`;
  const approve = `mutation ($input: ApprovePaymentExceptionInput!) { approvePaymentException(input: $input) { paymentException { status } } }`;

  it.each([
    ["UNDERPAID", 100_000n, "ACCEPT", "SUCCEEDED", 100_000n],
    ["OVERPAID", 200_000n, "RETURN", "PROCESSING", 0n],
  ] as const)("%s waits in suspense until two persons agree", async (kind, amount, resolution, status, inWallet) => {
    const { payment, userId } = await buildPayment(world, { method: "QRIS" });
    const [attempt] = await attemptsOf(world, payment.id);
    const simulated = world.simulators.midtrans.payments.find(({ reference }) => reference === attempt?.order_ref);
    Object.assign(simulated ?? {}, { amountMinor: amount });
    await act(world, payment.id, "pay");
    await becomes(world, payment.id, "PROCESSING");
    expect(await walletOf(world, userId)).toBe(0n);
    const { rows } = await world.test.owner.query<{ id: string }>(
      "select id from payment_exceptions where payment_id = $1 and kind = $2",
      [payment.id, kind],
    );
    const [first, second] = [finance(), finance()];
    const id = rows[0]?.id;
    expect(await first.data(propose, { input: { id, resolution, note: "Asked the payer." } })).toMatchObject({
      resolvePaymentException: { paymentException: { status: "PROPOSED" } },
    });
    const alone = await first.run(approve, { input: { id } });
    expect(alone.errors[0]?.code).toBe("INSUFFICIENT_PERMISSIONS");
    expect(await second.data(approve, { input: { id } })).toMatchObject({
      approvePaymentException: { paymentException: { status: "RESOLVED" } },
    });
    const again = await second.run(approve, { input: { id } });
    expect(again.errors[0]?.code).toBe("ILLEGAL_STATE");
    await world.settle();
    expect(await statusOf(world, payment.id)).toBe(status);
    expect(await walletOf(world, userId)).toBe(inWallet);
    const refunds = await world.test.owner.query("select status from refunds where payment_id = $1", [payment.id]);
    expect(refunds.rows).toEqual(resolution === "RETURN" ? [{ status: "SUCCEEDED" }] : []);
  });
});

describe("chargebacks and disputes", () => {
  async function dispute(paymentRef: string, id: string, status: string, deducted: number): Promise<void> {
    const entity = { id, amount: 50_000, currency: "INR", payment_id: paymentRef, status, amount_deducted: deducted };
    const body = JSON.stringify({
      entity: "event",
      event: `payment.dispute.${status}`,
      contains: ["dispute"],
      payload: { dispute: { entity } },
      created_at: 1,
    });
    const signature = createHmac("sha256", "simulated-webhook-secret").update(body).digest("hex");
    const headers = { "x-razorpay-signature": signature, "x-razorpay-event-id": `${id}-${status}` };
    expect((await world.post("razorpay", body, headers)).status).toBe(200);
    await world.settle();
  }

  async function paidByUpi() {
    const made = await buildPayment(world, { method: "UPI", currency: "INR", amount: "500.00" });
    await act(world, made.payment.id, "pay");
    await becomes(world, made.payment.id, "SUCCEEDED");
    const { rows } = await world.test.owner.query<{ payment_ref: string }>(
      "select payment_ref from payment_attempts where payment_id = $1",
      [made.payment.id],
    );
    return { ...made, paymentRef: rows[0]?.payment_ref ?? "" };
  }

  async function walletIdOf(userId: string): Promise<string> {
    const { rows } = await world.test.owner.query<{ id: string }>(
      "select id from ledger_accounts where owner_id = $1 and purpose = 'WALLET'",
      [userId],
    );
    return rows[0]?.id ?? "";
  }

  it("003-17: a lost one takes the money back once, what was spent at the platform's cost; evidence is for the merchant's side", async () => {
    const { payment, paymentRef, userId, payer } = await paidByUpi();
    await dispute(paymentRef, "disp_a", "open", 0);
    const list =
      "query ($id: ID!) { payment(id: $id) { status disputes { id status amount { amount } evidence { statement } } } }";
    const seen = await payer.data<{ payment: { disputes: { id: string }[] } }>(list, { id: payment.id });
    expect(seen).toMatchObject({ payment: { status: "SUCCEEDED", disputes: [{ status: "OPEN" }] } });
    const say = `mutation ($input: SubmitDisputeEvidenceInput!) { submitDisputeEvidence(input: $input) { dispute { evidence { statement } } } }`;
    const input = { disputeId: seen.payment.disputes[0]?.id, statement: "Delivered.", idempotencyKey: randomUUID() };
    const refused = await payer.run(say, { input });
    expect(refused.errors[0]?.code).toBe("INSUFFICIENT_PERMISSIONS");
    const merchant = world.test.as(buildViewer({ role: "PLATFORM_ADMIN", permissions: ["payments:refund"] }));
    for (const _turn of [1, 2])
      expect(await merchant.data(say, { input })).toMatchObject({
        submitDisputeEvidence: { dispute: { evidence: [{ statement: "Delivered." }] } },
      });
    const friend = await paidByUpi();
    const [from, to] = [await walletIdOf(userId), await walletIdOf(friend.userId)];
    const spend = `mutation ($input: TransferFundsInput!) { transferFunds(input: $input) { transfer { id } } }`;
    const spent = { amount: "200.00", currency: "INR", description: "Spent", idempotencyKey: randomUUID() };
    await finance().data(spend, { input: { ...spent, fromAccountId: from, toAccountId: to } });
    await dispute(paymentRef, "disp_a", "lost", 50_000);
    await dispute(paymentRef, "disp_a", "lost", 50_000);
    expect(await walletOf(world, userId, "INR")).toBe(0n);
    const after = await payer.data(list, { id: payment.id });
    expect(after).toMatchObject({ payment: { status: "REFUNDED", disputes: [{ status: "LOST", evidence: [] }] } });
    await ledgerCheck(world);
    const cost = await world.test.owner.query(
      "select balance_minor::int n from ledger_accounts where purpose = 'COST'",
    );
    expect(cost.rows).toEqual([{ n: -20_000 }]);
  });

  it("003-17: a won one leaves the money where it is", async () => {
    const { payment, paymentRef, userId } = await paidByUpi();
    await dispute(paymentRef, "disp_b", "open", 0);
    await dispute(paymentRef, "disp_b", "won", 0);
    const { rows } = await world.test.owner.query("select status from disputes where payment_id = $1", [payment.id]);
    expect([rows, await statusOf(world, payment.id)]).toEqual([[{ status: "WON" }], "SUCCEEDED"]);
    expect(await walletOf(world, userId, "INR")).toBe(50_000n);
  });
});

it("the ledger adds up after all of it", async () => {
  expect(await ledgerCheck(world)).toEqual({ breaks: [], sum: "0" });
});
