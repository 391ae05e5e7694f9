import { createHash } from "node:crypto";
import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  audit,
  paginate,
  refuseWhileImpersonating,
  requireSignedIn,
  validate,
} from "@lentera/kit";
import type { SettlementLine, SettlementReport } from "@lentera/prisma/finance";
import type { FinanceContext, Transaction } from "../context.js";
import { clearingOf, platformAccount } from "../ledger-account/account-key.js";
import { raiseException } from "../payment-exception/payment-exception.store.js";
import { managesPayments } from "../payment/payment.policy.js";
import type { ProviderName } from "../provider/provider.js";
import { type NewTransfer, postTransfers } from "../transfer/post-transfer.js";
import {
  type ImportSettlementReportInput,
  type SettlementLineArguments,
  importSettlementReportRules,
} from "./settlement-report.input.js";
import { judgeLine, readReport } from "./settlement-report.rules.js";
import * as store from "./settlement-report.store.js";

/** Problems that are named at once; a file of another kind has as many as lines. */
const NAMED_PROBLEMS = 50;

/**
 * Imports what a provider has paid out and compares it line by line: what agrees is booked out of clearing, with the fee
 * that was kept; what does not agree, and what is missing, waits for a person.
 * @throws INSUFFICIENT_PERMISSIONS unless the viewer is of the platform's finance staff, and while impersonating
 * @throws VALIDATION_ERROR for every line that cannot be read, RESOURCE_ALREADY_EXISTS for a file that was imported
 */
export async function importReport(
  ctx: FinanceContext,
  input: ImportSettlementReportInput,
): Promise<{ settlementReport: SettlementReport }> {
  const { userId } = requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  requireFinanceStaff(ctx);
  const { idempotencyKey: key, content, ...wanted } = validate(importSettlementReportRules, input);
  const { provider } = wanted;
  const { lines, problems } = readReport(provider, content);
  if (problems.length > 0) {
    const details = problems.slice(0, NAMED_PROBLEMS).map(({ lineNumber, message }) => {
      return { path: `input.content.${lineNumber}`, code: "INVALID_FORMAT" as const, message };
    });
    throw new LenteraError("VALIDATION_ERROR", { details });
  }
  const contentHash = createHash("sha256").update(content).digest("hex");
  const once = { command: "importSettlementReport", key, input: { ...wanted, contentHash } };
  const id = await ctx.transactionOnce(once, async (tx) => {
    if (await store.isImported(tx, provider, contentHash)) throw new LenteraError("RESOURCE_ALREADY_EXISTS");
    const facts = { ...wanted, contentHash, lineCount: lines.length, importedById: userId };
    const report = await store.insertReport(tx, facts);
    const refs = lines.map(({ orderRef }) => orderRef);
    const booked = await store.lockBooked(tx, provider, refs);
    const seen = new Set<string>();
    const judged = lines.map((line) => {
      const ours = booked.get(line.orderRef);
      const isAgain = seen.has(line.orderRef);
      seen.add(line.orderRef);
      const verdict = judgeLine(line, ours && { ...ours, isSettled: ours.isSettled || isAgain });
      return { ...line, verdict, reportId: report.id, attemptId: ours?.attemptId ?? null };
    });
    const stored = await store.insertLines(tx, judged);
    for (const line of stored) await raiseDifference(tx, provider, line);
    await raiseMissing(tx, provider, report);
    const transfers = stored.flatMap((line) => settlementOf(provider, line));
    if (transfers.length > 0) await postTransfers(tx, transfers);
    const entry = { action: "settlement_report.imported", entityType: "SettlementReport", entityId: report.id };
    const newValues = { provider, contentHash, lineCount: lines.length };
    await audit(tx, ctx.identity, { ...entry, organizationId: null, newValues });
    return report.id;
  });
  const settlementReport = await store.findReport(ctx.db, id);
  if (settlementReport === null) throw new LenteraError("NOT_FOUND");
  return { settlementReport };
}

/** What the provider had of ours is at the bank, less what it kept. */
function settlementOf(provider: ProviderName, line: SettlementLine): NewTransfer[] {
  if (line.verdict !== "MATCHED" && line.verdict !== "FEE_DIFFERS") return [];
  const { id, currency, amountMinor, feeMinor, orderRef } = line;
  const sides = [
    { account: clearingOf(provider, currency), amountMinor },
    { account: platformAccount("COST", currency), amountMinor: -feeMinor },
    { account: platformAccount("FUNDING", currency), amountMinor: feeMinor - amountMinor },
  ];
  return [
    {
      kind: "SETTLEMENT",
      description: `Settled by ${provider}: ${orderRef}`,
      idempotencyKey: `settlement:${id}`,
      postings: sides.filter((side) => side.amountMinor !== 0n),
    },
  ];
}

async function raiseDifference(tx: Transaction, provider: ProviderName, line: SettlementLine): Promise<void> {
  const { verdict: kind, id: subject, attemptId, orderRef, lineNumber, currency } = line;
  if (kind === "MATCHED") return;
  const amounts = { amountMinor: String(line.amountMinor), feeMinor: String(line.feeMinor) };
  const details = { orderRef, lineNumber, currency, ...amounts, reportId: line.reportId };
  await raiseException(tx, { kind, provider, subject, attemptId, details });
}

async function raiseMissing(tx: Transaction, provider: ProviderName, report: SettlementReport): Promise<void> {
  const missing = await store.findMissing(tx, provider, report.coversFrom, report.coversUntil);
  for (const { attemptId, paymentId, orderRef, amountMinor } of missing) {
    const details = { orderRef, amountMinor: String(amountMinor), reportId: report.id };
    await raiseException(tx, { kind: "MISSING", provider, subject: attemptId, paymentId, attemptId, details });
  }
}

/** Reports, newest first. @throws INSUFFICIENT_PERMISSIONS unless the viewer is of the platform's finance staff */
export async function listReports(ctx: FinanceContext, args: ConnectionArguments): Promise<Page<SettlementReport>> {
  requireFinanceStaff(ctx);
  return paginate<SettlementReport>({
    args,
    orderBy: [
      { field: "createdAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (page) => store.findReportPage(ctx.db, page),
    count: () => store.countReports(ctx.db),
  });
}

/** The lines of a report in their order. @throws INSUFFICIENT_PERMISSIONS unless the viewer is of the platform's finance staff */
export async function listLines(
  ctx: FinanceContext,
  { reportId, verdicts, ...args }: SettlementLineArguments,
): Promise<Page<SettlementLine>> {
  requireFinanceStaff(ctx);
  const where = { reportId, ...(verdicts != null && { verdict: { in: verdicts } }) };
  return paginate<SettlementLine>({
    args,
    orderBy: [{ field: "lineNumber", direction: "asc" }],
    rows: (page) => store.findLinePage(ctx.db, where, page),
    count: () => store.countLines(ctx.db, where),
  });
}

function requireFinanceStaff(ctx: FinanceContext): void {
  if (!managesPayments(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
}
