import type { PageQuery } from "@lentera/kit";
import type { Escrow as EscrowRow } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";
import type { AccountKey } from "../ledger-account/account-key.js";
import { type EscrowFacts, type EscrowTerms, cancellationPolicy } from "./escrow.rules.js";

export type { EscrowRow };

/** What one event says. */
export type NewFacts = Partial<Omit<EscrowFacts, "terms"> & EscrowTerms & { paymentId: string }>;

/** The escrow of a booking, made when there is none, locked until the transaction ends. */
export async function lockEscrow(tx: Transaction, bookingId: string): Promise<EscrowRow> {
  await tx.escrow.createMany({ data: [{ bookingId }], skipDuplicates: true });
  await tx.$queryRaw`select 1 from escrows where booking_id = ${bookingId}::uuid for update`;
  return tx.escrow.findFirstOrThrow({ where: { bookingId } });
}

export function updateEscrow(
  tx: Transaction,
  id: string,
  data: NewFacts & Partial<Pick<EscrowRow, "status" | "refundedMinor" | "releasedMinor" | "feeMinor" | "settledAt">>,
): Promise<EscrowRow> {
  return tx.escrow.update({ where: { id }, data });
}

export function termsOf(row: EscrowRow): EscrowTerms | null {
  const { payerId, payeeId, currency, priceMinor, studentFeeMinor, commissionMinor, startsAt } = row;
  if (payerId === null || payeeId === null || currency === null || priceMinor === null) return null;
  if (studentFeeMinor === null || commissionMinor === null || startsAt === null) return null;
  const policy = cancellationPolicy.parse(row.cancellationPolicy);
  return {
    payerId,
    payeeId,
    currency,
    priceMinor,
    studentFeeMinor,
    commissionMinor,
    startsAt,
    cancellationPolicy: policy,
  };
}

/** What stands on a guarded account now; 0 when it has not been opened. */
export async function balanceOf(tx: Transaction, key: AccountKey): Promise<bigint> {
  const { ownerKind, ownerId, purpose, currency } = key;
  const where = { ownerKind, ownerId, purpose, currency };
  return (await tx.ledgerAccount.findFirst({ where, select: { balanceMinor: true } }))?.balanceMinor ?? 0n;
}

export function findEscrows(tx: Transaction, visible: object, bookingIds: readonly string[]): Promise<EscrowRow[]> {
  return tx.escrow.findMany({ where: { AND: [visible, { bookingId: { in: [...bookingIds] } }] } });
}

export function findEscrowPage(tx: Transaction, visible: object, page: PageQuery): Promise<EscrowRow[]> {
  return tx.escrow.findMany({ ...page, where: { AND: [visible, page.where] } });
}

export function countEscrows(tx: Transaction, visible: object): Promise<number> {
  return tx.escrow.count({ where: visible });
}
