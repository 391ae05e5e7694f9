import { randomUUID } from "node:crypto";
import { asSystem } from "@lentera/kit";
import { type TestClient, type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { walletOf } from "../ledger-account/account-key.js";
import { createSubgraph } from "../subgraph.js";
import { type LedgerWorld, createLedgerWorld } from "../testing/ledger-world.js";
import { type LendingBank, buildBank, buildLoan, buildSubmitted } from "../testing/lending-world.js";
import { collectLoans } from "./loan.service.js";

let today = new Date("2026-01-15T08:00:00Z");
let test: TestSubgraph;
let world: LedgerWorld;
let bank: LendingBank;
beforeAll(async () => {
  test = await startTestSubgraph("finance", createSubgraph, { clock: () => today });
  world = createLedgerWorld(test, () => today);
  bank = await buildBank(test);
});
afterAll(async () => {
  await world.stop();
  await test.stop();
});

const LOAN = `query ($id: ID!) { loan(id: $id) { principal { amount } open { amount } settlement { amount } daysPastDue repaidAt
  schedule { number dueOn principal { amount } interest { amount } open { amount } } } }`;
const REPAY = "mutation ($input: RepayLoanInput!) { repayLoan(input: $input) { loan { open { amount } repaidAt } } }";
type Loaned = { loan: { schedule: { open: { amount: string } }[] } };
const pay = (client: TestClient, loanId: string, amount: string | null, idempotencyKey: string = randomUUID()) =>
  client.run(REPAY, { input: { loanId, amount, idempotencyKey } });
const on = (day: string) => (today = new Date(`${day}T08:00:00Z`));
const collect = () => asSystem(() => collectLoans(world.ctx));

it("001-21: the schedule stands from the disbursement, and nobody changes it", async () => {
  on("2026-01-15");
  const { loanId, owner } = await buildLoan(test, bank);
  const { loan } = await owner.data<Loaned>(LOAN, { id: loanId });
  expect(loan).toMatchObject({ principal: { amount: "12000000" }, daysPastDue: 0, repaidAt: null });
  expect(loan.schedule).toHaveLength(12);
  expect(loan.schedule[0]).toEqual({
    number: 1,
    dueOn: "2026-02-15",
    principal: { amount: "946185" },
    interest: { amount: "120000" },
    open: { amount: "1066185" },
  });
  for (const statement of [
    "update loan_instalments set interest_minor = 0",
    "delete from loan_instalments",
    "update loans set principal_minor = 1",
    "delete from loans",
    "delete from loan_applications",
  ])
    await expect(test.owner.query(statement), statement).rejects.toThrow("stays as it is");
  const { id } = await buildSubmitted(test, bank);
  const withoutSchedule = `insert into loans (application_id, borrower_id, bank_id, principal_minor, currency, method, day_count,
      annual_rate_basis_points, fee_minor, late_fee_minor, grace_days, starts_on, transfer_id)
    select id, applicant_id, bank_id, amount_minor, currency, 'FLAT', 'THIRTY_360', 0, 0, 0, 0, now(), gen_random_uuid()
    from loan_applications where id = $1`;
  await expect(test.owner.query(withoutSchedule, [id])).rejects.toThrow("is not its principal");
});

it("001-21: a payment pays the oldest instalment, once per key, from the wallet to the bank", async () => {
  on("2026-01-15");
  const { loanId, owner, userId } = await buildLoan(test, bank);
  const key = randomUUID();
  const before = await world.balanceOf(walletOf(userId, "IDR"));
  const results = await Promise.all(Array.from({ length: 4 }, () => pay(owner, loanId, "1500000", key)));
  expect(results.every(({ errors }) => errors.length === 0)).toBe(true);
  expect(await world.balanceOf(walletOf(userId, "IDR"))).toBe(before - 1_500_000n);
  const { loan } = await owner.data<Loaned>(LOAN, { id: loanId });
  expect(loan.schedule.slice(0, 3).map(({ open }) => open.amount)).toEqual(["0", "632370", "1066185"]);
  for (const [client, amount, code] of [
    [owner, "0", "VALIDATION_ERROR"],
    [owner, "99999999", "VALIDATION_ERROR"],
    [test.as(buildViewer()), "1", "NOT_FOUND"],
    [bank.staff, "1", "NOT_FOUND"],
    [test.as({ ...owner.viewer, impersonatorId: randomUUID() }), "1", "INSUFFICIENT_PERMISSIONS"],
    [owner, "11000000", "INSUFFICIENT_BALANCE"],
  ] as const)
    expect((await pay(client, loanId, amount)).errors, amount).toMatchObject([{ code }]);
  expect(await bank.staff.data(LOAN, { id: loanId })).toMatchObject({ loan: { principal: { amount: "12000000" } } });
  expect((await test.as(buildViewer()).run(LOAN, { id: loanId })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  const stranger = (await buildBank(test)).staff.viewer;
  const seen = await test.rowsAs(stranger, ["select id from loans", "select number from loan_instalments"]);
  expect(seen).toEqual([[], []]);
});

it("001-21: many payments at once never pay more than is open", async () => {
  on("2026-01-15");
  const { loanId, owner, userId } = await buildLoan(test, bank);
  await world.fund(walletOf(userId, "IDR"), 50_000_000n);
  const results = await Promise.all(Array.from({ length: 5 }, () => pay(owner, loanId, "4000000")));
  // 12 instalments: 12,000,000 and 794,219 of interest
  expect(results.filter(({ errors }) => errors.length === 0)).toHaveLength(3);
  const { rows } = await test.owner.query(
    "select sum(r.amount_minor)::text as paid, (select sum(amount_minor)::text from loan_allocations where loan_id = $1) as allocated from loan_repayments r where loan_id = $1",
    [loanId],
  );
  expect(rows).toEqual([{ paid: "12000000", allocated: "12000000" }]);
  expect(await world.breaks()).toEqual([]);
});

it("001-21: reminds before the due day and charges once for being late, after the days of grace", async () => {
  on("2026-01-15");
  const { loanId, owner } = await buildLoan(test, bank);
  const notices = async () =>
    (
      await test.owner.query(
        "select number, kind, fee_minor::int as fee from loan_notices where loan_id = $1 order by number, kind",
        [loanId],
      )
    ).rows;
  on("2026-02-11");
  await collect();
  expect(await notices()).toEqual([]);
  on("2026-02-12");
  await Promise.all([collect(), collect()]);
  expect(await notices()).toEqual([{ number: 1, kind: "DUE_SOON", fee: 0 }]);
  on("2026-02-17");
  await collect();
  expect(await notices()).toHaveLength(1);
  expect(await owner.data(LOAN, { id: loanId })).toMatchObject({ loan: { daysPastDue: 2 } });
  on("2026-02-18");
  await Promise.all([collect(), collect(), collect()]);
  expect(await notices()).toEqual([
    { number: 1, kind: "DUE_SOON", fee: 0 },
    { number: 1, kind: "LATE", fee: 25_000 },
  ]);
  const { loan } = await owner.data<Loaned>(LOAN, { id: loanId });
  expect(loan.schedule[0]?.open.amount).toBe("1091185");
  const { rows } = await test.owner.query(
    "select payload -> 'data' as data from graphile_worker._private_jobs where payload ->> 'type' = 'loan.reminded' and payload -> 'data' ->> 'loanId' = $1 and payload -> 'data' ->> 'kind' = 'LATE'",
    [loanId],
  );
  expect(rows).toMatchObject([{ data: { number: 1, dueOn: "2026-02-15", daysPastDue: 3, openMinor: "1091185" } }]);
  await pay(owner, loanId, "25000");
  const { rows: paid } = await test.owner.query("select part from loan_allocations where loan_id = $1", [loanId]);
  expect(paid).toEqual([{ part: "FEE" }]);
});

it("001-21: whoever settles early pays the principal, the interest up to today and no more, and the loan is closed", async () => {
  on("2026-01-15");
  const { loanId, owner, userId } = await buildLoan(test, bank);
  await world.fund(walletOf(userId, "IDR"), 5_000_000n);
  on("2026-01-25");
  const { loan } = await owner.data<{ loan: { settlement: { amount: string } } }>(LOAN, { id: loanId });
  // 10 of 30 days of 120,000
  expect(loan.settlement.amount).toBe("12040000");
  const before = await world.balanceOf(walletOf(userId, "IDR"));
  expect((await pay(owner, loanId, null)).data).toMatchObject({ repayLoan: { loan: { open: { amount: "0" } } } });
  expect(await world.balanceOf(walletOf(userId, "IDR"))).toBe(before - 12_040_000n);
  expect((await pay(owner, loanId, null)).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
  const list = "{ loans { edges { node { id repaidAt open { amount } bank { name } } } } }";
  expect(await owner.data(list)).toEqual({
    loans: {
      edges: [
        { node: { id: loanId, repaidAt: today.toISOString(), open: { amount: "0" }, bank: { name: "Bank Contoh" } } },
      ],
    },
  });
});
