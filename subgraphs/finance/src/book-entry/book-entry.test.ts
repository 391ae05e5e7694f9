import { randomUUID } from "node:crypto";
import { type TestClient, type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
beforeAll(async () => {
  test = await startTestSubgraph("finance", createSubgraph);
});
afterAll(() => test.stop());

const RECORD = `mutation ($input: RecordBookEntryInput!) { recordBookEntry(input: $input) { entry { id amount { amount } category { name kind } } } }`;
const VOID = "mutation ($id: ID!) { voidBookEntry(input: { entryId: $id }) { entry { voidedAt } } }";
const IMPORT = `mutation ($input: ImportBookEntriesInput!) { importBookEntries(input: $input) {
  importedCount knownCount problems { row column message } } }`;
const PROFIT = `query ($input: BookRangeInput!) { profitAndLoss(input: $input) {
  income { amount } expenses { amount } profit { amount } incomeGrowthPercent lines { category { code } amount { amount } } } }`;
const FLOW = `query ($input: BookRangeInput!) { cashFlow(input: $input) { month inflow { amount } outflow { amount } net { amount } closing { amount } } }`;
const CSV = "query ($input: BookRangeInput!) { bookEntriesCsv(input: $input) }";
const LIST = "{ bookEntries { edges { node { id description category { name } } } } }";

const owner = () => test.as(buildViewer({ role: "BUSINESS_OWNER" }));
const record = (client: TestClient, parts: object) =>
  client.data<{ recordBookEntry: { entry: { id: string } } }>(RECORD, {
    input: {
      categoryCode: "SALES",
      amount: "100000",
      currency: "IDR",
      occurredAt: "2026-11-20T05:00:00Z",
      idempotencyKey: randomUUID(),
      ...parts,
    },
  });
const range = (parts: object = {}) => ({ input: { from: "2026-11-01", to: "2026-12-31", currency: "IDR", ...parts } });
const bring = (client: TestClient, csv: string) =>
  client.run(IMPORT, { input: { csv, currency: "IDR", idempotencyKey: randomUUID() } });

it("001-33: profit and loss and cash flow follow from the entries, in months of the business's zone", async () => {
  const client = owner();
  // 23:30 on 30 November in Jakarta, and 00:30 on 1 December
  await record(client, { amount: "1000000", occurredAt: "2026-11-30T16:30:00Z" });
  await record(client, { amount: "500000", occurredAt: "2026-11-30T17:30:00Z" });
  await record(client, { categoryCode: "RENT", amount: "400000" });
  await record(client, { categoryCode: "LOAN_RECEIVED", amount: "9000000" });
  await record(client, { amount: "750000", occurredAt: "2026-10-05T00:00:00Z" });
  const wrong = await record(client, { amount: "77" });
  await client.data(VOID, { id: wrong.recordBookEntry.entry.id });
  await record(client, { amount: "12.50", currency: "SGD" });
  expect(await client.data(PROFIT, range())).toEqual({
    profitAndLoss: {
      income: { amount: "1500000" },
      expenses: { amount: "400000" },
      profit: { amount: "1100000" },
      incomeGrowthPercent: 100,
      lines: [
        { category: { code: "SALES" }, amount: { amount: "1500000" } },
        { category: { code: "RENT" }, amount: { amount: "400000" } },
      ],
    },
  });
  const month = (name: string, ...amounts: string[]) => {
    const [inflow, outflow, net, closing] = amounts.map((amount) => ({ amount }));
    return { month: name, inflow, outflow, net, closing };
  };
  expect(await client.data(FLOW, range())).toEqual({
    cashFlow: [
      month("2026-11", "10000000", "400000", "9600000", "10350000"),
      month("2026-12", "500000", "0", "500000", "10850000"),
    ],
  });
  expect(await client.data(FLOW, range({ timeZone: "UTC", to: "2026-11-30" }))).toEqual({
    cashFlow: [month("2026-11", "10500000", "400000", "10100000", "10850000")],
  });
});

it("001-33: a file brings its good rows once, names the others, and what is exported cannot run as a formula", async () => {
  const client = owner();
  const csv = [
    "Date,Category,Amount,Description",
    "2026-11-03,SALES,150000,Kue kering",
    "2026-11-03,SALES,150000,Kue kering",
    "2026-11-31,SALES,1,x",
    "2026-11-04,GIFT,0,x",
    '2026-11-05,RENT,250000,"=HYPERLINK(""x"")"',
  ].join("\n");
  const first = await bring(client, csv);
  expect(first.data).toEqual({
    importBookEntries: {
      importedCount: 3,
      knownCount: 0,
      problems: [
        { row: 4, column: "date", message: "Use a day like 2026-11-20." },
        { row: 5, column: "category", message: "Use the code of a category, e.g. SALES." },
        { row: 5, column: "amount", message: "Use an amount above zero, e.g. 75000, in IDR." },
      ],
    },
  });
  const again = await Promise.all([bring(client, csv), bring(client, csv)]);
  expect(again.map(({ data }) => data)).toMatchObject([
    { importBookEntries: { importedCount: 0, knownCount: 3 } },
    { importBookEntries: { importedCount: 0, knownCount: 3 } },
  ]);
  const { bookEntriesCsv } = await client.data<{ bookEntriesCsv: string }>(CSV, range());
  expect(bookEntriesCsv.split("\r\n")).toEqual([
    "date,category,amount,description",
    "2026-11-03,SALES,150000,Kue kering",
    "2026-11-03,SALES,150000,Kue kering",
    `2026-11-05,RENT,250000,"'=HYPERLINK(""x"")"`,
    "",
  ]);
  expect((await bring(client, bookEntriesCsv)).data).toMatchObject({ importBookEntries: { knownCount: 3 } });
  for (const bad of ["", "a,b\n1,2", '"open\n1', `date,category,amount\n${"2026-11-03,SALES,1\n".repeat(1001)}`])
    expect((await bring(client, bad)).errors, bad.slice(0, 20)).toMatchObject([{ code: "VALIDATION_ERROR" }]);
});

it("001-33: books are their owner's, entries are recorded once per key, and never changed", async () => {
  const client = owner();
  const idempotencyKey = randomUUID();
  const made = await Promise.all(Array.from({ length: 4 }, () => record(client, { idempotencyKey })));
  expect(new Set(made.map(({ recordBookEntry }) => recordBookEntry.entry.id)).size).toBe(1);
  const id = made[0]?.recordBookEntry.entry.id ?? "";
  const stranger = owner();
  expect((await stranger.run(VOID, { id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  expect(await stranger.data(LIST)).toEqual({ bookEntries: { edges: [] } });
  expect(await test.rowsAs(stranger.viewer, ["select id from book_entries"])).toEqual([[]]);
  const voids = await Promise.all([client.run(VOID, { id }), client.run(VOID, { id })]);
  expect(voids.flatMap(({ errors }) => errors.map(({ code }) => code))).toEqual(["ILLEGAL_STATE"]);
  for (const statement of [
    "update book_entries set amount_minor = 1",
    "update book_entries set voided_at = null where voided_at is not null",
    "update book_entries set description = 'other'",
    "delete from book_entries",
  ])
    await expect(test.owner.query(statement), statement).rejects.toThrow("stays as it is");
  const impersonated = test.as({ ...client.viewer, impersonatorId: randomUUID() });
  expect((await impersonated.run(VOID, { id })).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
  const input = {
    categoryCode: "GIFT",
    amount: "1",
    currency: "IDR",
    occurredAt: "2026-11-20T00:00:00Z",
    idempotencyKey: "x",
  };
  for (const bad of [input, { ...input, categoryCode: "SALES", amount: "0" }, { ...input, currency: "XXX" }])
    expect((await client.run(RECORD, { input: bad })).errors).toMatchObject([{ code: "VALIDATION_ERROR" }]);
  for (const bad of [{ to: "2026-10-31" }, { to: "2029-11-01" }, { timeZone: "Mars/Base" }])
    expect((await client.run(PROFIT, range(bad))).errors).toMatchObject([{ code: "VALIDATION_ERROR" }]);
});

it("001-33: a list of entries takes the same number of statements however long it is", async () => {
  const client = owner();
  await record(client, {});
  const one = await test.statementsOf(() => client.data(LIST));
  await record(client, { categoryCode: "RENT" });
  await record(client, { categoryCode: "TAX" });
  expect(await test.statementsOf(() => client.data(LIST))).toHaveLength(one.length);
});
