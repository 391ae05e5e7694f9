import { randomUUID } from "node:crypto";
import { asSystem, createEncryption } from "@lentera/kit";
import { type TestClient, type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type PayoutSimulator, startPayoutSimulator } from "../../simulators/index.js";
import { createXenditPayouts } from "../disbursement/xendit-payouts.js";
import { walletOf } from "../ledger-account/account-key.js";
import { createSubgraph } from "../subgraph.js";
import { type LedgerWorld, createLedgerWorld } from "../testing/ledger-world.js";
import { processPayout } from "./payout.job.js";

const [secretKey, callbackToken] = ["xnd-test-key", "xnd-test-token"];
let simulator: PayoutSimulator;
let test: TestSubgraph;
let world: LedgerWorld;
beforeAll(async () => {
  simulator = await startPayoutSimulator({ secretKey, callbackToken, webhookUrl: null });
  test = await startTestSubgraph("finance", createSubgraph, {
    environment: {
      XENDIT_SECRET_KEY: secretKey,
      XENDIT_CALLBACK_TOKEN: callbackToken,
      XENDIT_PAYOUTS_URL: simulator.url,
      PAYMENT_PROVIDER_TIMEOUT_MS: "150",
    },
  });
  world = createLedgerWorld(test);
  world.ctx.encryption = createEncryption(["a key for tests only"]);
  world.ctx.disbursements = createXenditPayouts({ secretKey, callbackToken, baseUrl: simulator.url, timeoutMs: 150 });
});
afterAll(async () => {
  await world.stop();
  await test.stop();
  await simulator.stop();
});

const ADD =
  "mutation ($input: AddBankAccountInput!) { addBankAccount(input: $input) { bankAccount { id holderName accountNumber } } }";
const REQUEST =
  "mutation ($input: RequestPayoutInput!) { requestPayout(input: $input) { payout { id status requiredApprovals fee { amount } bankAccount { accountNumber } } } }";
const APPROVE = "mutation ($id: ID!) { approvePayout(input: { payoutId: $id }) { payout { status } } }";
const REJECT =
  'mutation ($id: ID!) { rejectPayout(input: { payoutId: $id, reason: "Nama tidak cocok" }) { payout { status failureReason } } }';
const PAYOUT = "query ($id: ID!) { payout(id: $id) { status failureReason } }";

const approver = (parts: { userId?: string } = {}) =>
  test.as(buildViewer({ role: "PLATFORM_ADMIN", permissions: ["payouts:approve"], ...parts }));

async function tutorWith(amountMinor: bigint): Promise<{ tutor: TestClient; userId: string; bankAccountId: string }> {
  const viewer = buildViewer({ role: "TUTOR" });
  await world.fund(walletOf(viewer.userId, "IDR"), amountMinor);
  const tutor = test.as(viewer);
  const input = {
    bankCode: "ID_BCA",
    holderName: "Budi Santoso",
    accountNumber: "123-456 7890",
    currency: "IDR",
    idempotencyKey: "b",
  };
  const { addBankAccount } = await tutor.data<{ addBankAccount: { bankAccount: { id: string } } }>(ADD, { input });
  return { tutor, userId: viewer.userId, bankAccountId: addBankAccount.bankAccount.id };
}

async function requested(amount: string, has = 1_000_000n) {
  const { tutor, userId, bankAccountId } = await tutorWith(has);
  const input = { bankAccountId, amount, idempotencyKey: randomUUID() };
  const { requestPayout } = await tutor.data<{ requestPayout: { payout: { id: string } } }>(REQUEST, { input });
  return { id: requestPayout.payout.id, tutor, userId, input };
}

async function approved(amount = "200000") {
  const made = await requested(amount);
  await approver().data(APPROVE, { id: made.id });
  return made;
}
const process = (id: string) => asSystem(() => processPayout(world.ctx, id));
const paidTimes = (id: string) => simulator.payouts.filter(({ reference_id }) => reference_id === id).length;
const balanceOf = (userId: string) => world.balanceOf(walletOf(userId, "IDR"));
const held = async (userId: string) =>
  (await test.owner.query("select held_minor::int as held from ledger_accounts where owner_id = $1", [userId])).rows[0]
    ?.held;

it("002-15: requested → approved → processing → paid: the wallet pays amount, the bank gets it without the fee", async () => {
  const { id, tutor, userId, input } = await requested("200000");
  expect(await balanceOf(userId)).toBe(1_000_000n);
  expect(await held(userId)).toBe(200_000);
  const again = await tutor.data(REQUEST, { input });
  expect(again).toMatchObject({
    requestPayout: {
      payout: {
        id,
        status: "REQUESTED",
        requiredApprovals: 1,
        fee: { amount: "4000" },
        bankAccount: { accountNumber: "••••890" },
      },
    },
  });
  expect(await approver().data(APPROVE, { id })).toEqual({ approvePayout: { payout: { status: "APPROVED" } } });
  await process(id);
  expect(await tutor.data(PAYOUT, { id })).toMatchObject({ payout: { status: "PROCESSING" } });
  expect(simulator.payouts.find(({ reference_id }) => reference_id === id)).toMatchObject({
    amount: 196_000,
    currency: "IDR",
    channel_code: "ID_BCA",
    channel_properties: { account_number: "1234567890", account_holder_name: "Budi Santoso" },
  });
  await simulator.end(id, "SUCCEEDED");
  await Promise.all([process(id), process(id), process(id)]);
  expect(await tutor.data(PAYOUT, { id })).toMatchObject({ payout: { status: "PAID" } });
  expect([await balanceOf(userId), await held(userId)]).toEqual([800_000n, 0]);
  const { rows } = await test.owner.query("select action from app.audit_log where entity_id = $1 order by sequence", [
    id,
  ]);
  expect(rows.map(({ action }) => action)).toEqual(["payout.requested", "payout.approved", "payout.paid"]);
  expect(await world.breaks()).toEqual([]);
});

it("002-15: a payout that fails or is rejected gives the money back, and one that the bank returns with the fee", async () => {
  const failing = await approved();
  await process(failing.id);
  await simulator.end(failing.id, "FAILED");
  await process(failing.id);
  expect(await failing.tutor.data(PAYOUT, { id: failing.id })).toEqual({
    payout: { status: "FAILED", failureReason: "INVALID_DESTINATION" },
  });
  const refused = await approved();
  simulator.failNext("REFUSED");
  await process(refused.id);
  expect(await refused.tutor.data(PAYOUT, { id: refused.id })).toMatchObject({ payout: { status: "FAILED" } });
  const rejected = await requested("200000");
  expect(await approver().data(REJECT, { id: rejected.id })).toEqual({
    rejectPayout: { payout: { status: "REJECTED", failureReason: "Nama tidak cocok" } },
  });
  const returned = await approved();
  await process(returned.id);
  await simulator.end(returned.id, "SUCCEEDED");
  await process(returned.id);
  expect(await balanceOf(returned.userId)).toBe(800_000n);
  await simulator.end(returned.id, "REVERSED");
  await Promise.all([process(returned.id), process(returned.id)]);
  expect(await returned.tutor.data(PAYOUT, { id: returned.id })).toMatchObject({ payout: { status: "RETURNED" } });
  for (const { userId } of [failing, refused, rejected, returned])
    expect([await balanceOf(userId), await held(userId)]).toEqual([1_000_000n, 0]);
});

it.each(["TIMEOUT_AFTER_ACCEPTING", "SERVER_ERROR_AFTER_ACCEPTING", "SERVER_ERROR"] as const)(
  "002-15: after %s nobody knows, so the provider is asked, and pays once",
  async (fault) => {
    const { id, tutor, userId } = await approved();
    simulator.failNext(fault);
    await process(id);
    expect(await tutor.data(PAYOUT, { id })).toMatchObject({ payout: { status: "PROCESSING" } });
    expect(await held(userId)).toBe(200_000);
    await Promise.all([process(id), process(id)]);
    expect(paidTimes(id)).toBe(1);
    await simulator.end(id, "SUCCEEDED");
    await process(id);
    expect(await tutor.data(PAYOUT, { id })).toMatchObject({ payout: { status: "PAID" } });
    expect(await balanceOf(userId)).toBe(800_000n);
  },
);

it("002-15: above the limit two different people approve, none of them the one who gets the money", async () => {
  const { id, userId } = await requested("10000001", 20_000_000n);
  const first = approver();
  expect(await first.data(APPROVE, { id })).toMatchObject({ approvePayout: { payout: { status: "REQUESTED" } } });
  expect(await first.data(APPROVE, { id })).toMatchObject({ approvePayout: { payout: { status: "REQUESTED" } } });
  expect((await approver({ userId }).run(APPROVE, { id })).errors).toMatchObject([
    { code: "INSUFFICIENT_PERMISSIONS" },
  ]);
  await expect(
    test.owner.query("insert into payout_approvals (payout_id, approver_id) values ($1, $2)", [id, userId]),
  ).rejects.toThrow("of their own");
  await expect(test.owner.query("update payouts set status = 'APPROVED' where id = $1", [id])).rejects.toThrow(
    "cannot go from",
  );
  await expect(test.owner.query("update payouts set required_approvals = 1 where id = $1", [id])).rejects.toThrow(
    "cannot go from",
  );
  expect(await approver().data(APPROVE, { id })).toMatchObject({ approvePayout: { payout: { status: "APPROVED" } } });
  expect((await approver().run(APPROVE, { id })).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
  const nobody = test.as(buildViewer({ role: "PLATFORM_ADMIN", permissions: ["payments:create"] }));
  expect((await nobody.run(APPROVE, { id })).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
});

it("002-15: refuses less than the minimum, more than there is, another's bank account, and an impersonator", async () => {
  const { tutor, userId, bankAccountId } = await tutorWith(100_000n);
  const wish = (amount: string, account = bankAccountId) => ({
    input: { bankAccountId: account, amount, idempotencyKey: randomUUID() },
  });
  const other = await tutorWith(1n);
  for (const [client, variables, code] of [
    [tutor, wish("49999"), "VALIDATION_ERROR"],
    [tutor, wish("60000.5"), "VALIDATION_ERROR"],
    [tutor, wish("100001"), "INSUFFICIENT_BALANCE"],
    [tutor, wish("60000", other.bankAccountId), "NOT_FOUND"],
    [test.as({ ...tutor.viewer, impersonatorId: randomUUID() }), wish("60000"), "INSUFFICIENT_PERMISSIONS"],
  ] as const)
    expect((await client.run(REQUEST, variables)).errors).toMatchObject([{ code }]);
  const results = await Promise.all(Array.from({ length: 5 }, () => tutor.run(REQUEST, wish("60000"))));
  expect(results.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
  expect(await held(userId)).toBe(60_000);
});

it("stores bank accounts encrypted and shows them masked, to their owner", async () => {
  const { tutor, bankAccountId } = await tutorWith(1n);
  const { rows } = await test.owner.query("select to_jsonb(b)::text as stored from bank_accounts b where id = $1", [
    bankAccountId,
  ]);
  expect(rows[0]?.stored).not.toMatch(/1234567890|Santoso/);
  const list = "{ bankAccounts { edges { node { id holderName accountNumber } } } }";
  expect(await tutor.data(list)).toEqual({
    bankAccounts: { edges: [{ node: { id: bankAccountId, holderName: "B••• S••••••", accountNumber: "••••890" } }] },
  });
  expect(await test.as(buildViewer()).data(list)).toEqual({ bankAccounts: { edges: [] } });
  const bad = { bankCode: "bca", holderName: "B", accountNumber: "12x", currency: "XXX", idempotencyKey: "x" };
  const { errors } = await tutor.run(ADD, { input: bad });
  expect(((errors[0]?.details ?? []) as { path: string }[]).map(({ path }) => path).toSorted()).toEqual([
    "input.accountNumber",
    "input.bankCode",
    "input.currency",
    "input.holderName",
  ]);
});

it("believes a webhook so far that it asks the provider, and an unauthentic one not at all", async () => {
  const { id } = await approved();
  const deliver = (token: string) =>
    test.subgraph.routes["/webhooks/payouts/xendit"]?.(
      new Request("http://lentera/webhooks/payouts/xendit", {
        method: "POST",
        headers: { "x-callback-token": token },
        body: JSON.stringify({ event: "payout.succeeded", data: { reference_id: id } }),
      }),
    );
  expect((await deliver("somebody else"))?.status).toBe(401);
  expect((await deliver(callbackToken))?.status).toBe(200);
  const jobs = async () =>
    (
      await test.owner.query("select count(*)::int as jobs from graphile_worker.jobs where queue_name = $1", [
        `payout:${id}`,
      ])
    ).rows[0]?.jobs;
  expect(await jobs()).toBe(2);
  await process(id);
  expect(await approver().data(PAYOUT, { id })).toMatchObject({ payout: { status: "PROCESSING" } });
});
