import { LenteraError, type PageQuery, invalidField, isCurrency, requireSignedIn, toMoney } from "@lentera/kit";
import { stringify } from "csv-stringify/sync";
import type { FinanceContext } from "../context.js";
import type { PaymentFilterInput } from "./payment.input.js";
import type { PaymentAnalytics, PaymentExport } from "./payment-analytics.type.js";
import * as analytics from "./payment-analytics.store.js";
import { visibleTo } from "./payment.policy.js";
import { filterOf } from "./payment.service.js";
import { findPaymentPage } from "./payment.store.js";

const LONGEST_PERIOD_MS = 366 * 24 * 3_600_000;
const LONGEST_EXPORT = 10_000;

/**
 * What the payments of a currency came to: those made to the viewer's organization, for platform administrators all.
 * @throws INSUFFICIENT_PERMISSIONS without `payments:read`, VALIDATION_ERROR for another currency or more than a year
 */
export async function analysePayments(
  ctx: FinanceContext,
  { currency, from, until }: { readonly currency: string; readonly from: Date; readonly until: Date },
): Promise<PaymentAnalytics> {
  const organizationId = bookkeeperOf(ctx);
  if (!isCurrency(currency)) throw invalidField("currency", "INVALID_FORMAT", "Use the code of a currency.");
  const lengthMs = until.getTime() - from.getTime();
  if (lengthMs <= 0 || lengthMs > LONGEST_PERIOD_MS)
    throw invalidField("until", "INVALID_FORMAT", "Choose a time after `from`, and at most 366 days later.");
  const sums = await analytics.sumPayments(ctx.db, { organizationId, currency, from, until });
  const money = (minor: bigint) => toMoney(minor, currency);
  const [total] = sums.total;
  const [collected, refunded] = [total?.collected ?? 0n, total?.refunded ?? 0n];
  return {
    startedCount: total?.started ?? 0,
    paidCount: total?.paid ?? 0,
    collected: money(collected),
    fees: money(total?.fees ?? 0n),
    refunded: money(refunded),
    net: money(collected - refunded),
    byMethod: sums.byMethod.map(({ method, started, paid, collected: sum }) => {
      return { method, startedCount: started, paidCount: paid, collected: money(sum) };
    }),
    byPurpose: sums.byPurpose.map(({ kind, paid, collected: sum }) => {
      return { kind, paidCount: paid, collected: money(sum) };
    }),
    byDay: sums.byDay.map(({ day, paid, collected: sum }) => ({ day, paidCount: paid, collected: money(sum) })),
  };
}

/**
 * The payments that the viewer may see as a CSV file.
 * @throws LIMIT_EXCEEDED for more than 10,000: narrow the filter
 */
export async function exportPayments(ctx: FinanceContext, filter: PaymentFilterInput): Promise<PaymentExport> {
  requireSignedIn(ctx.viewer);
  const where = { AND: [visibleTo(ctx.viewer), filterOf(filter)] };
  const orderBy: PageQuery["orderBy"] = [{ createdAt: "desc" }, { id: "desc" }];
  const page = { where: {}, orderBy, take: LONGEST_EXPORT + 1 };
  const payments = await findPaymentPage(ctx.db, where, page);
  if (payments.length > LONGEST_EXPORT) throw new LenteraError("LIMIT_EXCEEDED");
  const rows = payments.map((payment) => {
    const { id, status, method, description, currency, payerId, organizationId, purposeKind, createdAt } = payment;
    const money = (minor: bigint): string => toMoney(minor, currency).amount;
    return {
      id,
      createdAt: createdAt.toISOString(),
      status,
      purpose: purposeKind,
      referenceId: payment.purposeReferenceId,
      description,
      method,
      currency,
      amount: money(payment.amountMinor),
      fee: money(payment.feeMinor),
      refunded: money(payment.refundedMinor),
      paidAt: payment.paidAt?.toISOString() ?? "",
      payerId,
      organizationId: organizationId ?? "",
    };
  });
  const columns = [
    "id",
    "createdAt",
    "status",
    "purpose",
    "referenceId",
    "description",
    "method",
    "currency",
    "amount",
    "fee",
    "refunded",
    "paidAt",
    "payerId",
    "organizationId",
  ];
  // A cell that begins like a formula would be run by a spreadsheet.
  const content = stringify(rows, { header: true, columns, escape_formulas: true });
  return { fileName: `payments-${ctx.now().toISOString().slice(0, 10)}.csv`, content, rowCount: rows.length };
}

/** @returns the organization whose books the viewer keeps; null for all. @throws INSUFFICIENT_PERMISSIONS */
function bookkeeperOf(ctx: FinanceContext): string | null {
  const { role, permissions, staff, organizationId } = ctx.viewer;
  if (permissions.includes("payments:read")) {
    if (role === "PLATFORM_ADMIN") return null;
    if (staff && organizationId !== null) return organizationId;
  }
  throw new LenteraError("INSUFFICIENT_PERMISSIONS");
}
