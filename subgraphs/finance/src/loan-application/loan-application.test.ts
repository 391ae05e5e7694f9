import { randomUUID } from "node:crypto";
import { asSystem, createEncryption } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type BankSimulator, startBankSimulator } from "../../simulators/index.js";
import { walletOf } from "../ledger-account/account-key.js";
import { createSubgraph } from "../subgraph.js";
import { type LedgerWorld, createLedgerWorld } from "../testing/ledger-world.js";
import {
  type LendingBank,
  buildBank,
  buildDraft,
  buildSubmitted,
  draftInput,
  move,
  platformOf,
  putPaper,
  sendPaper,
  uniquePdf,
  verifyPaper,
} from "../testing/lending-world.js";
import { processApplication } from "./bank-delivery.js";

let test: TestSubgraph;
let world: LedgerWorld;
let bank: LendingBank;
beforeAll(async () => {
  test = await startTestSubgraph("finance", createSubgraph);
  world = createLedgerWorld(test);
  world.ctx.encryption = createEncryption(["a key for tests only"]);
  world.ctx.bankTimeoutMs = 300;
  bank = await buildBank(test);
});
afterAll(async () => {
  await world.stop();
  await test.stop();
});

const ONE = `query ($id: ID!) { loanApplication(id: $id) { status version identityNumber assessment { score scorecardVersion }
  documents { kind status downloadUrl } moves { version from to actor reason } } }`;
type One = {
  loanApplication: { status: string; version: number; documents: { downloadUrl: string }[]; moves: object[] };
};
const CONNECT = "mutation ($input: ConnectPartnerBankInput!) { connectPartnerBank(input: $input) { bank { id } } }";

it("001-21: from the draft to the money, every step by whom it belongs to, written down and audited", async () => {
  const { id, owner, userId, papers } = await buildSubmitted(test, bank);
  expect((await move(bank.staff, id, 2, "UNDER_REVIEW")).data).toMatchObject({
    moveLoanApplication: { application: { status: "UNDER_REVIEW", version: 3 } },
  });
  expect((await move(bank.staff, id, 3, "APPROVED")).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
  const [first = "", second = ""] = papers;
  await verifyPaper(bank.staff, first);
  await verifyPaper(bank.staff, second, false);
  expect((await move(bank.staff, id, 3, "APPROVED")).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
  expect((await move(bank.staff, id, 3, "DOCUMENTS_REQUESTED")).errors).toMatchObject([{ code: "VALIDATION_ERROR" }]);
  await move(bank.staff, id, 3, "DOCUMENTS_REQUESTED", "Izin usaha tidak terbaca");
  const anew = await sendPaper(test, { id, owner, userId }, { kind: "BUSINESS_LICENSE" });
  await move(owner, id, 4, "UNDER_REVIEW");
  await verifyPaper(bank.staff, anew.documentId);
  for (const client of [owner, platformOf(test)])
    expect((await move(client, id, 5, "APPROVED")).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
  await move(bank.staff, id, 5, "APPROVED");
  await move(bank.staff, id, 6, "DISBURSED");
  const { loanApplication } = await owner.data<One>(ONE, { id });
  expect(loanApplication).toMatchObject({
    status: "DISBURSED",
    version: 7,
    identityNumber: "••••0001",
    assessment: { scorecardVersion: 1 },
    documents: [{ status: "VERIFIED" }, { status: "REFUSED" }, { status: "VERIFIED" }],
  });
  expect(loanApplication.moves).toHaveLength(6);
  expect(loanApplication.moves[2]).toEqual({
    version: 4,
    from: "UNDER_REVIEW",
    to: "DOCUMENTS_REQUESTED",
    actor: "BANK",
    reason: "Izin usaha tidak terbaca",
  });
  // 12,000,000 less 1 % fee
  expect(await world.balanceOf(walletOf(userId, "IDR"))).toBe(11_880_000n);
  expect(await world.breaks()).toEqual([]);
  const { rows } = await test.owner.query("select action from app.audit_log where entity_id = $1 order by sequence", [
    id,
  ]);
  // in two chains: the applicant's acts in the platform's, the staff's in that of their bank
  expect(rows.map(({ action }) => String(action).replace("loan_application.", "")).toSorted()).toEqual(
    ["created", "submitted", "under_review", "documents_requested", "under_review", "approved", "disbursed"].toSorted(),
  );
});

it("001-21: of two decisions at once one counts, and money is paid out once", async () => {
  const { id, userId, papers } = await buildSubmitted(test, bank);
  await move(bank.staff, id, 2, "UNDER_REVIEW");
  for (const paper of papers) await verifyPaper(bank.staff, paper);
  const decisions = await Promise.all([
    move(bank.staff, id, 3, "APPROVED"),
    move(bank.staff, id, 3, "REJECTED", "Terlalu berisiko"),
    move(bank.staff, id, 3, "DOCUMENTS_REQUESTED", "Laporan keuangan"),
  ]);
  expect(decisions.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
  expect(decisions.flatMap(({ errors }) => errors.map(({ code }) => code))).toEqual(["ILLEGAL_STATE", "ILLEGAL_STATE"]);
  const other = await buildSubmitted(test, bank);
  await move(bank.staff, other.id, 2, "UNDER_REVIEW");
  for (const paper of other.papers) await verifyPaper(bank.staff, paper);
  await move(bank.staff, other.id, 3, "APPROVED");
  const paid = await Promise.all(Array.from({ length: 5 }, () => move(bank.staff, other.id, 4, "DISBURSED")));
  expect(paid.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
  expect(await world.balanceOf(walletOf(other.userId, "IDR"))).toBe(11_880_000n);
  expect(await world.balanceOf(walletOf(userId, "IDR"))).toBe(0n);
  await expect(test.owner.query("update loan_applications set status = 'DRAFT' where id = $1", [id])).rejects.toThrow(
    "cannot go from",
  );
});

it("001-21: nothing is submitted without its papers, and a paper is checked before it is taken", async () => {
  const draft = await buildDraft(test, bank);
  expect((await move(draft.owner, draft.id, 1, "SUBMITTED")).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
  const html = new Uint8Array(Buffer.from("<html>not a pdf</html>"));
  expect((await sendPaper(test, draft, { bytes: html })).status).toBe(415);
  const bytes = uniquePdf();
  const sent = await sendPaper(test, draft, { bytes });
  expect(sent.status).toBe(204);
  expect(await putPaper(test, sent.uploadUrl, bytes)).toBe(409);
  expect(await putPaper(test, `${sent.uploadUrl.slice(0, -4)}AAAA`, bytes)).toBe(404);
  const late = await sendPaper(test, draft, { bytes: uniquePdf(), kind: "OTHER" });
  expect(await putPaper(test, late.uploadUrl, new Uint8Array(Buffer.from(`%PDF-${"x".repeat(500)}`)))).toBe(413);
  const thief = await buildDraft(test, bank);
  expect((await sendPaper(test, thief, { bytes })).status).toBe(422);
  const { loanApplication } = await draft.owner.data<One>(ONE, { id: draft.id });
  const url = loanApplication.documents.find((_, index) => index === 1)?.downloadUrl ?? "";
  const answer = await test.subgraph.routes["/loan-documents"]?.(new Request(`http://lentera${url}`));
  expect(Buffer.from((await answer?.arrayBuffer()) ?? new ArrayBuffer()).equals(Buffer.from(bytes))).toBe(true);
  const { rows } = await test.owner.query("select ciphertext from loan_documents where id = $1", [sent.documentId]);
  expect(String(rows[0]?.ciphertext)).not.toContain(Buffer.from(bytes).toString("base64"));
});

it("001-21: drafts are their owner's, applications their bank's; numbers are encrypted; nobody decides for themselves", async () => {
  const { id, owner, userId } = await buildSubmitted(test, bank);
  const draft = await buildDraft(test, bank);
  const other = await buildBank(test);
  for (const [client, target] of [
    [bank.staff, draft.id],
    [other.staff, id],
    [test.as(buildViewer()), id],
  ] as const)
    expect((await client.run(ONE, { id: target })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  expect((await move(other.staff, id, 2, "UNDER_REVIEW")).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  const seen = await test.rowsAs(other.staff.viewer, [
    "select id from loan_applications",
    "select id from loan_documents",
  ]);
  expect(seen).toEqual([[], []]);
  const clerk = { organizationId: bank.organizationId, staff: true, permissions: ["loans:review"] };
  const both = test.as(buildViewer({ role: "ADMIN", userId, ...clerk }));
  expect((await move(both, id, 2, "UNDER_REVIEW")).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
  const impersonated = test.as({ ...owner.viewer, impersonatorId: randomUUID() });
  expect((await move(impersonated, id, 2, "WITHDRAWN")).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
  const { rows } = await test.owner.query("select to_jsonb(a)::text as stored from loan_applications a where id = $1", [
    id,
  ]);
  expect(rows[0]?.stored).not.toContain("3171234567890001");
  const create =
    "mutation ($input: CreateLoanApplicationInput!) { createLoanApplication(input: $input) { application { id } } }";
  for (const [parts, code] of [
    [{ amount: "100000001" }, "VALIDATION_ERROR"],
    [{ months: 37 }, "VALIDATION_ERROR"],
    [{ identityNumber: "12", purpose: "" }, "VALIDATION_ERROR"],
    [{ productId: randomUUID() }, "NOT_FOUND"],
  ] as const)
    expect((await owner.run(create, { input: draftInput(bank, parts) })).errors).toMatchObject([{ code }]);
});

it("a list of applications takes the same number of statements however long it is", async () => {
  const owned = await buildBank(test);
  const list = `{ loanApplications(first: 50) { edges { node { id product { name bank { name } } assessment { score } documents { kind } moves { to } } } } }`;
  await buildSubmitted(test, owned);
  const one = await test.statementsOf(() => owned.staff.data(list));
  await buildSubmitted(test, owned);
  await buildSubmitted(test, owned);
  const three = await test.statementsOf(() => owned.staff.data(list));
  expect(three).toHaveLength(one.length);
});

const secret = "a secret of bank and platform, 32+ characters";
async function connected(): Promise<{ simulator: BankSimulator; own: LendingBank }> {
  const own = await buildBank(test);
  const simulator = await startBankSimulator({ code: own.code, secret, now: () => Date.now() });
  const input = { bankId: own.id, endpointUrl: simulator.url, secret };
  await platformOf(test).data(CONNECT, { input });
  return { simulator, own };
}
const process = (id: string) => asSystem(() => processApplication(world.ctx, id));
const statusOf = async (id: string) =>
  (await test.owner.query("select status, delivery from loan_applications where id = $1", [id])).rows[0];

it("001-20: a bank gets an application over its signed API, and its word moves it, money included", async () => {
  const { simulator, own } = await connected();
  const { id, userId } = await buildSubmitted(test, own);
  await process(id);
  expect(simulator.applications).toMatchObject([
    { reference: id, product: "Modal Kerja", amountMinor: "12000000", identityNumber: "3171234567890001" },
  ]);
  expect(await statusOf(id)).toEqual({ status: "SUBMITTED", delivery: "RECEIVED" });
  simulator.decide(id, "DISBURSED");
  await Promise.all([process(id), process(id), process(id)]);
  expect(await statusOf(id)).toEqual({ status: "DISBURSED", delivery: "RECEIVED" });
  expect(await world.balanceOf(walletOf(userId, "IDR"))).toBe(11_880_000n);
  expect(await world.breaks()).toEqual([]);
  await simulator.stop();
});

it.each(["TIMEOUT_AFTER_ACCEPTING", "SERVER_ERROR_AFTER_ACCEPTING", "SERVER_ERROR"] as const)(
  "001-20: after %s nobody knows, so the bank is asked before it is told again, and has it once",
  async (fault) => {
    const { simulator, own } = await connected();
    const { id } = await buildSubmitted(test, own);
    simulator.failNext(fault);
    await process(id);
    expect(await statusOf(id)).toEqual({ status: "SUBMITTED", delivery: "UNKNOWN" });
    await Promise.all([process(id), process(id)]);
    expect(await statusOf(id)).toEqual({ status: "SUBMITTED", delivery: "RECEIVED" });
    expect(simulator.applications).toHaveLength(1);
    await simulator.stop();
  },
);

it("001-20: what a bank refuses is rejected, what it does not sign or sends twice is not taken, in both directions", async () => {
  const { simulator, own } = await connected();
  const refused = await buildSubmitted(test, own);
  simulator.failNext("REFUSED");
  await process(refused.id);
  expect(await statusOf(refused.id)).toEqual({ status: "REJECTED", delivery: "REFUSED" });

  const { id } = await buildSubmitted(test, own);
  await process(id);
  const { path, headers, body } = simulator.lastRequest() ?? { path: "", headers: {}, body: "" };
  const names = ["x-bank-code", "x-bank-time", "x-bank-nonce", "x-bank-signature"];
  const signed = Object.fromEntries(names.map((name) => [name, headers[name] ?? ""]));
  const again = await fetch(`${simulator.url}${path}`, { method: "POST", headers: signed, body });
  expect(again.status).toBe(401);

  const call = async (request: Request) => (await test.subgraph.routes["/webhooks/banks"]?.(request))?.status;
  const jobs = async () =>
    (
      await test.owner.query("select count(*)::int as jobs from graphile_worker.jobs where queue_name = $1", [
        `loan:${id}`,
      ])
    ).rows[0]?.jobs;
  const before = Number(await jobs());
  const authentic = simulator.callback(id, Date.now());
  const copies = await Promise.all([1, 2, 3].map(() => call(authentic.clone())));
  expect(copies.toSorted((one = 0, other = 0) => one - other)).toEqual([200, 409, 409]);
  expect(await jobs()).toBe(before + 1);
  expect(await call(simulator.callback(id, Date.now() - 301_000))).toBe(401);
  const forged = simulator.callback(id, Date.now());
  forged.headers.set("x-bank-nonce", randomUUID());
  expect(await call(forged)).toBe(401);
  const reflected = new Request("http://lentera/webhooks/banks", { method: "POST", headers: signed, body });
  expect(await call(reflected)).toBe(401);
  expect(await jobs()).toBe(before + 1);
  await simulator.stop();
});
