import { parse } from "csv-parse/sync";
import { minorFromDecimal, minorFromInteger } from "../provider/json.js";
import type { ProviderName } from "../provider/provider.js";

/** One payment as a provider's report has it. */
export interface ReportedLine {
  /** In the file, from 1; the header is not counted. */
  readonly lineNumber: number;
  readonly orderRef: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  /** What the provider kept, tax included. */
  readonly feeMinor: bigint;
}

interface Columns {
  readonly orderRef: string;
  readonly amount: string;
  /** Added up. */
  readonly fees: readonly string[];
  readonly currency: "IDR" | "INR";
  /** Whether amounts are integers in minor units. */
  readonly inMinorUnits: boolean;
}

/** The columns that are read, by the names that the same facts have in each provider's API; others are left alone. */
const COLUMNS: Readonly<Record<ProviderName, Columns>> = {
  midtrans: { orderRef: "order_id", amount: "gross_amount", fees: ["fee"], currency: "IDR", inMinorUnits: false },
  xendit: { orderRef: "reference_id", amount: "amount", fees: ["fee", "vat"], currency: "IDR", inMinorUnits: false },
  razorpay: { orderRef: "reference_id", amount: "amount", fees: ["fee"], currency: "INR", inMinorUnits: true },
  cashfree: {
    orderRef: "order_id",
    amount: "payment_amount",
    fees: ["service_charge", "service_tax"],
    currency: "INR",
    inMinorUnits: false,
  },
};

export interface LineProblem {
  readonly lineNumber: number;
  readonly message: string;
}

/** Reads a report. Either every line can be read, or all that is wrong is said and nothing is imported. */
export function readReport(
  provider: ProviderName,
  csv: string,
): { readonly lines: readonly ReportedLine[]; readonly problems: readonly LineProblem[] } {
  const columns = COLUMNS[provider];
  const records = recordsOf(csv);
  if (records === undefined) return { lines: [], problems: [{ lineNumber: 0, message: "This is no CSV file." }] };
  if (records.length === 0) return { lines: [], problems: [{ lineNumber: 0, message: "There is no line in it." }] };
  const missing = [columns.orderRef, columns.amount, ...columns.fees].filter((name) => !(name in (records[0] ?? {})));
  if (missing.length > 0)
    return { lines: [], problems: [{ lineNumber: 0, message: `Columns are missing: ${missing.join(", ")}.` }] };
  const read = records.map((record, index) => lineOf(columns, record, index + 1));
  return {
    lines: read.flatMap((line) => ("message" in line ? [] : line)),
    problems: read.flatMap((line) => ("message" in line ? line : [])),
  };
}

function recordsOf(csv: string): Record<string, string>[] | undefined {
  try {
    return parse(csv, { columns: true, bom: true, trim: true, skip_empty_lines: true });
  } catch {
    return undefined;
  }
}

function lineOf(columns: Columns, record: Record<string, string>, lineNumber: number): ReportedLine | LineProblem {
  const minor = (name: string): bigint | undefined => {
    const text = record[name] ?? "";
    return columns.inMinorUnits ? minorFromInteger(text) : minorFromDecimal(text, columns.currency);
  };
  const orderRef = record[columns.orderRef] ?? "";
  const [amountMinor, fees] = [minor(columns.amount), columns.fees.map(minor)];
  if (orderRef === "") return { lineNumber, message: `${columns.orderRef} is empty.` };
  if (amountMinor === undefined || amountMinor <= 0n)
    return { lineNumber, message: `${columns.amount} is no amount above zero.` };
  let feeMinor = 0n;
  for (const fee of fees) {
    if (fee === undefined) return { lineNumber, message: `${columns.fees.join(" or ")} is no amount.` };
    feeMinor += fee;
  }
  return { lineNumber, orderRef, currency: columns.currency, amountMinor, feeMinor };
}

/** What we know of the money that a line names. */
export interface BookedMoney {
  readonly attemptId: string;
  readonly receivedMinor: bigint | null;
  readonly expectedFeeMinor: bigint;
  readonly isSettled: boolean;
}

export type Verdict = "MATCHED" | "AMOUNT_DIFFERS" | "FEE_DIFFERS" | "DUPLICATE" | "UNKNOWN";

/** Compares a line with our books; the graver difference is named. */
export function judgeLine(line: ReportedLine, booked: BookedMoney | undefined): Verdict {
  if (booked === undefined) return "UNKNOWN";
  if (booked.isSettled) return "DUPLICATE";
  if (booked.receivedMinor !== line.amountMinor) return "AMOUNT_DIFFERS";
  return booked.expectedFeeMinor === line.feeMinor ? "MATCHED" : "FEE_DIFFERS";
}
