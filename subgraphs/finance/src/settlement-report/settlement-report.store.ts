import type { PageQuery } from "@lentera/kit";
import type { Prisma, SettlementLine, SettlementReport } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";
import type { BookedMoney } from "./settlement-report.rules.js";

export function insertReport(
  tx: Transaction,
  data: Prisma.SettlementReportUncheckedCreateInput,
): Promise<SettlementReport> {
  return tx.settlementReport.create({ data });
}

export async function isImported(tx: Transaction, provider: string, contentHash: string): Promise<boolean> {
  const where = { provider, contentHash };
  return (await tx.settlementReport.findFirst({ where, select: { id: true } })) !== null;
}

export function insertLines(tx: Transaction, data: Prisma.SettlementLineCreateManyInput[]): Promise<SettlementLine[]> {
  return tx.settlementLine.createManyAndReturn({ data });
}

/** What we have of these references, locked against another import. */
export async function lockBooked(
  tx: Transaction,
  provider: string,
  orderRefs: readonly string[],
): Promise<Map<string, BookedMoney>> {
  const found = await tx.$queryRaw<(BookedMoney & { orderRef: string })[]>`
    select a.order_ref as "orderRef", a.id as "attemptId", a.received_minor as "receivedMinor",
           a.expected_fee_minor as "expectedFeeMinor",
           exists (select from settlement_lines l
                   where l.attempt_id = a.id and l.verdict in ('MATCHED', 'FEE_DIFFERS')) as "isSettled"
    from payment_attempts a
    where a.provider = ${provider} and a.order_ref = any(${[...orderRefs]}::text[])
    order by a.id
    for no key update of a`;
  return new Map(found.map(({ orderRef, ...booked }) => [orderRef, booked]));
}

/** Money of that time that stands in no report. */
export function findMissing(tx: Transaction, provider: string, from: Date, until: Date) {
  return tx.$queryRaw<{ attemptId: string; paymentId: string; orderRef: string; amountMinor: bigint }[]>`
    select a.id as "attemptId", a.payment_id as "paymentId", a.order_ref as "orderRef", a.received_minor as "amountMinor"
    from payment_attempts a
    where a.provider = ${provider} and a.received_minor is not null
      and exists (select from payment_movements m
                  where m.attempt_id = a.id and m.key like 'in:%' and m.created_at >= ${from} and m.created_at < ${until})
      and not exists (select from settlement_lines l where l.attempt_id = a.id)
    order by a.id`;
}

export function findReport(tx: Transaction, id: string): Promise<SettlementReport | null> {
  return tx.settlementReport.findFirst({ where: { id } });
}

export function findReportPage(tx: Transaction, page: PageQuery): Promise<SettlementReport[]> {
  return tx.settlementReport.findMany(page);
}

export function countReports(tx: Transaction): Promise<number> {
  return tx.settlementReport.count();
}

export function findLinePage(tx: Transaction, where: object, page: PageQuery): Promise<SettlementLine[]> {
  return tx.settlementLine.findMany({ ...page, where: { AND: [where, page.where] } });
}

export function countLines(tx: Transaction, where: object): Promise<number> {
  return tx.settlementLine.count({ where });
}

export async function countVerdicts(tx: Transaction, reportIds: readonly string[]) {
  const counted = await tx.settlementLine.groupBy({
    by: ["reportId", "verdict"],
    where: { reportId: { in: [...reportIds] } },
    _count: true,
    orderBy: [{ reportId: "asc" }, { verdict: "asc" }],
  });
  return counted.map(({ reportId, verdict, _count: count }) => ({ reportId, verdict, count }));
}
