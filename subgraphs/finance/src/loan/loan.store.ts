import type { PageQuery } from "@lentera/kit";
import type { Loan, Prisma } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";
import type { ScheduledInstalment } from "../loan-simulation/amortization.rules.js";
import type { Allocation, Notice, OpenInstalment } from "./loan.rules.js";

export type { Loan as LoanRow };

/** An instalment as agreed, and what is open of it. */
export interface InstalmentRow extends OpenInstalment {
  readonly loanId: string;
  readonly scheduledPrincipalMinor: bigint;
  readonly scheduledInterestMinor: bigint;
}

export async function insertLoan(
  tx: Transaction,
  { loan, schedule }: { loan: Prisma.LoanUncheckedCreateInput & { id: string }; schedule: ScheduledInstalment[] },
): Promise<void> {
  await tx.loan.create({ data: loan, select: { id: true } });
  await tx.loanInstalment.createMany({
    data: schedule.map(({ number, dueOn, principalMinor, interestMinor }) => ({
      loanId: loan.id,
      number,
      dueOn: new Date(dueOn),
      principalMinor,
      interestMinor,
    })),
  });
}

export function findLoans(tx: Transaction, visible: object, ids: readonly string[]): Promise<Loan[]> {
  return tx.loan.findMany({ where: { AND: [visible, { id: { in: [...ids] } }] } });
}

export function findLoanPage(tx: Transaction, visible: object, page: PageQuery): Promise<Loan[]> {
  return tx.loan.findMany({ ...page, where: { AND: [visible, page.where] } });
}

export function countLoans(tx: Transaction, visible: object): Promise<number> {
  return tx.loan.count({ where: visible });
}

/** Locked until the transaction ends, when the viewer may see it: payments and fees of a loan come one after the other. */
export async function lockLoan(tx: Transaction, visible: object, id: string): Promise<Loan | null> {
  await tx.$queryRaw`select 1 from loans where id = ${id}::uuid for update`;
  const [loan] = await findLoans(tx, visible, [id]);
  return loan ?? null;
}

/** All instalments of loans with what is open, in their order: one statement for however many loans. */
export function findInstalments(tx: Transaction, loanIds: readonly string[]): Promise<InstalmentRow[]> {
  return tx.$queryRaw`
    select i.loan_id as "loanId", i.number, to_char(i.due_on, 'YYYY-MM-DD') as "dueOn",
           i.principal_minor as "scheduledPrincipalMinor", i.interest_minor as "scheduledInterestMinor",
           (coalesce(n.fee_minor, 0) - coalesce(sum(a.amount_minor) filter (where a.part = 'FEE'), 0))::bigint as "feeMinor",
           (i.interest_minor - coalesce(sum(a.amount_minor) filter (where a.part in ('INTEREST', 'WAIVED_INTEREST')), 0))::bigint
             as "interestMinor",
           (i.principal_minor - coalesce(sum(a.amount_minor) filter (where a.part = 'PRINCIPAL'), 0))::bigint as "principalMinor"
    from loan_instalments i
    left join loan_notices n on n.loan_id = i.loan_id and n.number = i.number and n.kind = 'LATE'
    left join loan_allocations a on a.loan_id = i.loan_id and a.number = i.number
    where i.loan_id = any(${[...loanIds]}::uuid[])
    group by i.loan_id, i.number, n.fee_minor
    order by i.loan_id, i.number`;
}

export async function insertRepayment(
  tx: Transaction,
  {
    allocations,
    ...repayment
  }: { loanId: string; amountMinor: bigint; transferId: string; allocations: readonly Allocation[] },
): Promise<string> {
  const { loanId } = repayment;
  const { id } = await tx.loanRepayment.create({ data: repayment, select: { id: true } });
  await tx.loanAllocation.createMany({
    data: allocations.map((allocation) => ({ ...allocation, repaymentId: id, loanId })),
  });
  return id;
}

export async function closeLoan(tx: Transaction, id: string, repaidAt: Date): Promise<void> {
  await tx.loan.update({ where: { id }, data: { repaidAt }, select: { id: true } });
}

/** Open loans with an instalment due up to a day, after one of them in the order of ids. */
export async function findCollectable(tx: Transaction, dueBy: string, after: string, take: number): Promise<string[]> {
  const rows = await tx.loan.findMany({
    where: { id: { gt: after }, repaidAt: null, instalments: { some: { dueOn: { lte: new Date(dueBy) } } } },
    orderBy: { id: "asc" },
    select: { id: true },
    take,
  });
  return rows.map(({ id }) => id);
}

/** @returns those that had not been given before */
export function insertNotices(tx: Transaction, loanId: string, notices: readonly Notice[]): Promise<Notice[]> {
  return tx.loanNotice.createManyAndReturn({
    data: notices.map((notice) => ({ ...notice, loanId })),
    select: { number: true, kind: true, feeMinor: true },
    skipDuplicates: true,
  });
}
