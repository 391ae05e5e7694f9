import { randomUUID } from "node:crypto";
import { buildViewer } from "@lentera/kit/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type PaymentWorld,
  act,
  attemptsOf,
  becomes,
  buildPayment,
  ledgerCheck,
  startPaymentWorld,
} from "../payment/testing/world.js";
import { readReport } from "./settlement-report.rules.js";

let world: PaymentWorld;
beforeAll(async () => {
  world = await startPaymentWorld();
});
afterAll(() => world.stop());

const finance = () =>
  world.test.as(buildViewer({ role: "PLATFORM_ADMIN", permissions: ["payments:read", "payments:create"] }));
const IMPORT = `mutation ($input: ImportSettlementReportInput!) { importSettlementReport(input: $input) {
  settlementReport { id lineCount verdicts { verdict count } } } }`;
const inputFor = (content: string, change: object = {}) => ({
  provider: "midtrans",
  fileName: "settlement.csv",
  content,
  coversFrom: new Date(Date.now() - 3_600_000).toISOString(),
  coversUntil: new Date(Date.now() + 3_600_000).toISOString(),
  idempotencyKey: randomUUID(),
  ...change,
});

async function paidRefs(count: number): Promise<string[]> {
  const refs: string[] = [];
  for (let number = 0; number < count; number++) {
    const { payment } = await buildPayment(world, { method: "BCA_VA" });
    await act(world, payment.id, "pay");
    await becomes(world, payment.id, "SUCCEEDED");
    refs.push((await attemptsOf(world, payment.id))[0]?.order_ref ?? "");
  }
  return refs;
}

describe("settlement reports", () => {
  it("000-16: are compared line by line; what agrees leaves clearing, what does not waits for a person", async () => {
    const [good, wrongFee, wrongAmount, missing] = await paidRefs(4);
    const csv = [
      "order_id,gross_amount,fee,note",
      `${good},154440.00,4440.00,"a, b"`,
      `${wrongFee},154440.00,5000.00,`,
      `${wrongAmount},154439.00,4440.00,`,
      `${good},154440.00,4440.00,again`,
      `LT-nobody,10000.00,4440.00,`,
    ].join("\n");
    const admin = finance();
    const input = inputFor(csv);
    const [first, second] = await Promise.all([admin.data(IMPORT, { input }), admin.data(IMPORT, { input })]);
    expect(second).toEqual(first);
    expect(first).toMatchObject({
      importSettlementReport: {
        settlementReport: {
          lineCount: 5,
          verdicts: ["MATCHED", "AMOUNT_DIFFERS", "FEE_DIFFERS", "DUPLICATE", "UNKNOWN"].map((verdict) => {
            return { verdict, count: 1 };
          }),
        },
      },
    });
    const { rows } = await world.test.owner.query(
      "select kind::text, details->>'orderRef' as ref from payment_exceptions order by 1",
    );
    expect(rows).toEqual([
      { kind: "AMOUNT_DIFFERS", ref: wrongAmount },
      { kind: "DUPLICATE", ref: good },
      { kind: "FEE_DIFFERS", ref: wrongFee },
      { kind: "MISSING", ref: missing },
      { kind: "UNKNOWN", ref: "LT-nobody" },
    ]);
    expect(await ledgerCheck(world)).toEqual({ breaks: [], sum: "0" });
    const clearing = await world.test.owner.query<{ n: string }>(
      "select balance_minor::text n from ledger_accounts where purpose = 'CLEARING' and currency = 'IDR'",
    );
    expect(clearing.rows).toEqual([{ n: String(-2 * 154_440) }]);
    const again = await admin.run(IMPORT, { input: inputFor(csv) });
    expect(again.errors[0]?.code).toBe("RESOURCE_ALREADY_EXISTS");
    const later = await admin.data(IMPORT, { input: inputFor(`${csv}\n`) });
    expect(later).toMatchObject({
      importSettlementReport: {
        settlementReport: {
          verdicts: [
            { verdict: "AMOUNT_DIFFERS", count: 1 },
            { verdict: "DUPLICATE", count: 3 },
            { verdict: "UNKNOWN", count: 1 },
          ],
        },
      },
    });
  });

  it("000-16: say every line that cannot be read, and then import none", async () => {
    const csv = "order_id,gross_amount,fee\n,1.00,0\nLT-1,x,0\nLT-2,10.00,-\nLT-3,10.00,1.00\n";
    const { errors } = await finance().run(IMPORT, { input: inputFor(csv) });
    expect(errors[0]?.details).toMatchObject([1, 2, 3].map((line) => ({ path: `input.content.${line}` })));
    const stranger = world.test.as(buildViewer({ permissions: ["payments:create"] }));
    const refused = await stranger.run(IMPORT, { input: inputFor(csv) });
    expect(refused.errors[0]?.code).toBe("INSUFFICIENT_PERMISSIONS");
    const { rows } = await world.test.owner.query("select 1 from settlement_lines where order_ref = 'LT-3'");
    expect(rows).toEqual([]);
  });

  it("are read in each provider's own units", () => {
    const read = (provider: Parameters<typeof readReport>[0], csv: string) => {
      const { lines, problems } = readReport(provider, csv);
      return [lines.map(({ amountMinor, feeMinor }) => [amountMinor, feeMinor]), problems];
    };
    expect(read("razorpay", "reference_id,amount,fee\nA,50000,1180\n")).toEqual([[[50_000n, 1_180n]], []]);
    expect(read("cashfree", "order_id,payment_amount,service_charge,service_tax\nA,500.00,10.50,1.89\n")).toEqual([
      [[50_000n, 1_239n]],
      [],
    ]);
    expect(read("xendit", "reference_id,amount,fee,vat\nA,150000,4000,440\n")).toEqual([[[150_000n, 4_440n]], []]);
    expect(readReport("midtrans", "a,b\n1,2\n").problems[0]?.message).toContain("order_id, gross_amount, fee");
    expect(readReport("midtrans", 'order_id\n"x').problems).toHaveLength(1);
  });
});
