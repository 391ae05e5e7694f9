import { randomUUID } from "node:crypto";
import { type TestClient, type TestSubgraph, buildViewer, eventually, startTestSubgraph } from "@lentera/kit/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { organizationWallet } from "../ledger-account/account-key.js";
import { createSubgraph } from "../subgraph.js";
import { type LedgerWorld, createLedgerWorld } from "../testing/ledger-world.js";

let test: TestSubgraph;
let world: LedgerWorld;
let admin: TestClient;
beforeAll(async () => {
  test = await startTestSubgraph("finance", createSubgraph);
  world = createLedgerWorld(test);
  admin = test.as(buildViewer({ role: "PLATFORM_ADMIN", permissions: ["credits:manage"] }));
  await stock(20_000);
});
afterAll(async () => {
  await world.stop();
  await test.stop();
});

const run = <Data>(client: TestClient, mutation: string, type: string, input: object, fields: string) =>
  client.run<Data>(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} } }`, { input });
const VENDOR = {
  contact: "sales@vendor.example",
  smsRate: "300.5",
  minimumOrder: 1000,
  paymentTerms: "30 hari",
  rating: "4.5",
  isActive: true,
};
const MASTER =
  "{ masterCredits { balances { channel total available allocated } totalPurchased { amount } totalSold { amount } profit { amount } } }";
interface Master {
  masterCredits: {
    balances: { channel: string; total: number; available: number; allocated: number }[];
    totalPurchased: { amount: string };
    totalSold: { amount: string };
    profit: { amount: string };
  };
}

async function addVendor(): Promise<string> {
  const input = { ...VENDOR, name: `Vendor ${randomUUID()}` };
  const { data } = await run<{ saveCreditVendor: { vendor: { id: string } } }>(
    admin,
    "saveCreditVendor",
    "SaveCreditVendorInput",
    input,
    "vendor { id }",
  );
  return data?.saveCreditVendor.vendor.id ?? "";
}
const order = async (parts: object = {}) => ({
  vendorId: await addVendor(),
  smsCount: 1000,
  whatsappCount: 0,
  emailCount: 0,
  cost: "300500",
  paymentMethod: "TRANSFER",
  invoiceNumber: randomUUID(),
  idempotencyKey: randomUUID(),
  ...parts,
});
const purchase = (input: object) =>
  run<{ purchaseCredits: { purchase: { id: string; status: string } } }>(
    admin,
    "purchaseCredits",
    "PurchaseCreditsInput",
    input,
    "purchase { id status }",
  );
const settle = (purchaseId: string, completed = true) =>
  run(admin, "settleCreditPurchase", "SettleCreditPurchaseInput", { purchaseId, completed }, "purchase { status }");

async function stock(count: number): Promise<void> {
  const { data } = await purchase(await order({ smsCount: count, whatsappCount: count, emailCount: count }));
  await settle(data?.purchaseCredits.purchase.id ?? "");
}
function staffOf(
  organizationId: string,
  permissions = ["payments:create", "payments:read", "messages:send"],
): TestClient {
  return test.as(buildViewer({ role: "OWNER", staff: true, organizationId, permissions }));
}
async function organizationWith(count: number): Promise<{ organizationId: string; staff: TestClient }> {
  const organizationId = randomUUID();
  const input = { organizationId, channel: "SMS", count, reason: "Bonus", idempotencyKey: randomUUID() };
  expect((await run(admin, "allocateCredits", "AllocateCreditsInput", input, "wallet { balance }")).errors).toEqual([]);
  return { organizationId, staff: staffOf(organizationId) };
}
const WALLET =
  "query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Organization { creditWallets { channel balance reserved available retailRate totalSpent { amount } lowBalanceThreshold autoAlertEnabled } } } }";
const representations = (id: string) => ({ representations: [{ __typename: "Organization", id }] });
async function smsWallet(client: TestClient, organizationId: string): Promise<Record<string, unknown>> {
  type Wallets = { _entities: { creditWallets: Record<string, unknown>[] }[] };
  const { _entities } = await client.data<Wallets>(WALLET, representations(organizationId));
  return _entities[0]?.creditWallets.find(({ channel }) => channel === "SMS") ?? {};
}
const reserve = (client: TestClient, count: number, idempotencyKey: string = randomUUID()) =>
  run<{ reserveCredits: { reservation: { id: string } } }>(
    client,
    "reserveCredits",
    "ReserveCreditsInput",
    { channel: "SMS", count, idempotencyKey },
    "reservation { id remaining consumed }",
  );
const consume = (client: TestClient, reservationId: string, count: number, idempotencyKey: string = randomUUID()) =>
  run(
    client,
    "consumeCredits",
    "ConsumeCreditsInput",
    { reservationId, count, idempotencyKey },
    "reservation { remaining consumed }",
  );
const release = (client: TestClient, reservationId: string) =>
  run(client, "releaseCredits", "ReleaseCreditsInput", { reservationId }, "reservation { remaining consumed }");

it("003-04 003-06 003-57: bought credits come when the purchase is settled, and total = available + allocated, profit = sold − purchased", async () => {
  const before = (await admin.data<Master>(MASTER)).masterCredits;
  const input = await order({ smsCount: 5000, emailCount: 100, cost: "1500000" });
  const { data } = await purchase(input);
  const id = data?.purchaseCredits.purchase.id ?? "";
  expect(data?.purchaseCredits.purchase.status).toBe("PENDING");
  expect((await purchase(input)).data?.purchaseCredits.purchase.id).toBe(id);
  expect((await admin.data<Master>(MASTER)).masterCredits).toEqual(before);
  expect((await settle(id)).data).toEqual({ settleCreditPurchase: { purchase: { status: "COMPLETED" } } });
  expect((await settle(id)).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
  const failed = (await purchase(await order())).data?.purchaseCredits.purchase.id ?? "";
  expect((await settle(failed, false)).data).toEqual({ settleCreditPurchase: { purchase: { status: "FAILED" } } });
  const { organizationId, staff } = await organizationWith(2000);
  await world.fund(organizationWallet(organizationId, "IDR"), 1_000_000n);
  await run(
    staff,
    "buyCredits",
    "BuyCreditsInput",
    { channel: "SMS", count: 1000, idempotencyKey: "x" },
    "wallet { balance }",
  );
  const after = (await admin.data<Master>(MASTER)).masterCredits;
  for (const { total, available, allocated } of after.balances) expect(total).toBe(available + allocated);
  const sms = (master: Master["masterCredits"]) => master.balances.find(({ channel }) => channel === "SMS");
  expect((sms(after)?.total ?? 0) - (sms(before)?.total ?? 0)).toBe(5000);
  expect((sms(after)?.allocated ?? 0) - (sms(before)?.allocated ?? 0)).toBe(3000);
  expect(Number(after.totalPurchased.amount) - Number(before.totalPurchased.amount)).toBe(1_500_000);
  expect(Number(after.totalSold.amount) - Number(before.totalSold.amount)).toBe(450_000);
  expect(Number(after.profit.amount)).toBe(Number(after.totalSold.amount) - Number(after.totalPurchased.amount));
  expect(await world.breaks()).toEqual([]);
});

it("003-05 003-57: vendors are added, changed and listed; bad ones are told every field at once", async () => {
  const id = await addVendor();
  const changed = { ...VENDOR, id, name: `Renamed ${id}`, isActive: false };
  const saved = await run(
    admin,
    "saveCreditVendor",
    "SaveCreditVendorInput",
    changed,
    "vendor { id name smsRate emailRate rating isActive }",
  );
  expect(saved.data).toEqual({
    saveCreditVendor: {
      vendor: { id, name: `Renamed ${id}`, smsRate: "300.5", emailRate: null, rating: "4.5", isActive: false },
    },
  });
  const fields = "vendor { id }";
  const twin = await run(admin, "saveCreditVendor", "SaveCreditVendorInput", { ...VENDOR, name: changed.name }, fields);
  expect(twin.errors).toMatchObject([{ code: "DUPLICATE_ENTRY" }]);
  const bad = await run(
    admin,
    "saveCreditVendor",
    "SaveCreditVendorInput",
    { ...VENDOR, name: " ", rating: "5.01", minimumOrder: -1 },
    fields,
  );
  expect(((bad.errors[0]?.details ?? []) as { path: string }[]).map(({ path }) => path).toSorted()).toEqual([
    "input.minimumOrder",
    "input.name",
    "input.rating",
  ]);
  expect((await purchase(await order({ vendorId: id }))).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  expect((await purchase(await order({ smsCount: 999 }))).errors).toMatchObject([{ code: "VALIDATION_ERROR" }]);
  const list =
    "{ creditVendors(first: 1) { totalCount edges { node { id } } } creditPurchases(first: 1) { edges { node { invoiceNumber cost { amount } } } } }";
  expect((await admin.data<{ creditVendors: { totalCount: number } }>(list)).creditVendors.totalCount).toBeGreaterThan(
    1,
  );
  const { organizationId } = await organizationWith(1);
  expect((await staffOf(organizationId).run(list)).errors[0]).toMatchObject({ code: "INSUFFICIENT_PERMISSIONS" });
});

it("003-07 003-58: an organization buys packages and single credits at its own rate with its money, once, or not at all", async () => {
  const { organizationId, staff } = await organizationWith(10);
  const price = { channel: "SMS", rate: "400.5", organizationId };
  await run(admin, "setCreditPrice", "SetCreditPriceInput", price, "rate");
  type Made = { createCreditPackage: { package: { id: string } } };
  const offer = { name: "Hemat", channel: "SMS", count: 500, price: "150000" };
  const made = await run<Made>(admin, "createCreditPackage", "CreateCreditPackageInput", offer, "package { id }");
  const packageId = made.data?.createCreditPackage.package.id;
  const buy = (input: object) =>
    run(staff, "buyCredits", "BuyCreditsInput", input, "wallet { balance totalSpent { amount } }");
  expect((await buy({ packageId, idempotencyKey: "a" })).errors).toMatchObject([{ code: "INSUFFICIENT_BALANCE" }]);
  await world.fund(organizationWallet(organizationId, "IDR"), 190_050n);
  const bought = await Promise.all([1, 2, 3].map(() => buy({ packageId, idempotencyKey: "b" })));
  expect(new Set(bought.map((one) => JSON.stringify(one))).size).toBe(1);
  expect((await buy({ channel: "SMS", count: 100, idempotencyKey: "c" })).data).toEqual({
    buyCredits: { wallet: { balance: 610, totalSpent: { amount: "190050" } } },
  });
  expect((await buy({ channel: "SMS", count: 1, idempotencyKey: "d" })).errors).toMatchObject([
    { code: "INSUFFICIENT_BALANCE" },
  ]);
  expect((await buy({ packageId, channel: "SMS", count: 1, idempotencyKey: "e" })).errors).toMatchObject([
    { code: "VALIDATION_ERROR" },
  ]);
  expect(await smsWallet(staff, organizationId)).toMatchObject({
    balance: 610,
    retailRate: "400.5000",
    lowBalanceThreshold: 1000,
    autoAlertEnabled: true,
  });
  for (const client of [
    staffOf(organizationId, ["messages:send"]),
    test.as({ ...staff.viewer, impersonatorId: randomUUID() }),
  ])
    expect(
      (await run(client, "buyCredits", "BuyCreditsInput", { packageId, idempotencyKey: "f" }, "wallet { balance }"))
        .errors,
    ).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
});

it("003-07: whoever may not see an organization's credits is shown none, and the rest of the answer stays", async () => {
  const { organizationId, staff } = await organizationWith(100);
  const today = new Date().toISOString().slice(0, 10);
  const fields = `id creditWallets { channel } creditUsage(from: "${today}", to: "${today}") { used }`;
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Organization { ${fields} } } }`;
  const student = test.as(buildViewer({ role: "STUDENT", organizationId }));
  for (const client of [staffOf(randomUUID()), student])
    expect(await client.data(query, representations(organizationId))).toEqual({
      _entities: [{ id: organizationId, creditWallets: [], creditUsage: [] }],
    });
  expect(await smsWallet(staff, organizationId)).toMatchObject({ balance: 100 });
});

it("003-07: 50 senders on one wallet never send more than there is: reserve, spend in parts, release", async () => {
  const { organizationId, staff } = await organizationWith(1000);
  const results = await Promise.all(Array.from({ length: 50 }, () => reserve(staff, 60)));
  const ids = results.flatMap(({ data }) => data?.reserveCredits.reservation.id ?? []);
  expect(ids).toHaveLength(16);
  expect(results.flatMap(({ errors }) => errors.map(({ code }) => code))).toEqual(
    Array.from({ length: 34 }, () => "INSUFFICIENT_BALANCE"),
  );
  await Promise.all(
    ids.flatMap((id) => [
      consume(staff, id, 25, `${id} one`),
      consume(staff, id, 25, `${id} one`),
      consume(staff, id, 25, `${id} two`),
    ]),
  );
  await Promise.all(ids.map((id) => release(staff, id)));
  expect(await smsWallet(staff, organizationId)).toMatchObject({ balance: 200, reserved: 0, available: 200 });
  expect((await consume(staff, ids[0] ?? "", 1)).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
  expect((await reserve(staff, 201)).errors).toMatchObject([{ code: "INSUFFICIENT_BALANCE" }]);
  expect((await consume(staffOf(randomUUID()), ids[0] ?? "", 1)).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  const usage = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Organization { creditUsage(from: "2020-01-01", to: "2020-12-31") { used } } } }`;
  expect(await staff.data(usage, representations(organizationId))).toEqual({ _entities: [{ creditUsage: [] }] });
  const today = new Date().toISOString().slice(0, 10);
  expect(
    await staff.data(usage.replace("2020-01-01", today).replace("2020-12-31", today), representations(organizationId)),
  ).toEqual({
    _entities: [{ creditUsage: [{ used: 800 }] }],
  });
  expect(await world.breaks()).toEqual([]);
});

it("003-07: warns of few credits once for each crossing, however many cross at once, and not when nobody wants it", async () => {
  const { organizationId, staff } = await organizationWith(1100);
  const heard: { organizationId: string; available: number }[] = [];
  await test.subgraph.startWorkers();
  await test.events.subscribe(
    "test",
    ["credits.low"],
    async ({ data }) => void heard.push(data as { organizationId: string; available: number }),
  );
  const own = () => heard.filter((alert) => alert.organizationId === organizationId);
  const held = await Promise.all(Array.from({ length: 10 }, () => reserve(staff, 20)));
  await eventually(async () => (own().length > 0 ? true : undefined));
  await test.subgraph.jobsDone();
  expect(own()).toMatchObject([{ available: 980, threshold: 1000 }]);
  for (const { data } of held) await release(staff, data?.reserveCredits.reservation.id ?? "");
  await reserve(staff, 200);
  await eventually(async () => (own().length > 1 ? true : undefined));
  const quiet = { channel: "SMS", lowBalanceThreshold: 500, autoAlertEnabled: false };
  await run(staff, "updateCreditAlert", "UpdateCreditAlertInput", quiet, "wallet { lowBalanceThreshold }");
  await reserve(staff, 1);
  await reserve(staff, 700);
  await test.subgraph.jobsDone();
  expect(own()).toHaveLength(2);
});
