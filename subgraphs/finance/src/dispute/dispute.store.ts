import type { PageQuery } from "@lentera/kit";
import type { Dispute, DisputeEvidence, Prisma } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";

export function insertDispute(tx: Transaction, data: Prisma.DisputeUncheckedCreateInput): Promise<Dispute> {
  return tx.dispute.create({ data });
}

export function updateDispute(tx: Transaction, id: string, data: Prisma.DisputeUncheckedUpdateInput): Promise<Dispute> {
  return tx.dispute.update({ where: { id }, data });
}

export function findOpenDispute(tx: Transaction, paymentId: string): Promise<Dispute | null> {
  return tx.dispute.findFirst({ where: { paymentId, status: "OPEN" } });
}

export function findDispute(tx: Transaction, id: string) {
  return tx.dispute.findFirst({ where: { id }, include: { payment: true } });
}

export function findDisputesOf(tx: Transaction, paymentIds: readonly string[]): Promise<Dispute[]> {
  return tx.dispute.findMany({
    where: { paymentId: { in: [...paymentIds] } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

export function findDisputePage(tx: Transaction, where: object, page: PageQuery): Promise<Dispute[]> {
  return tx.dispute.findMany({ ...page, where: { AND: [where, page.where] } });
}

export function countDisputes(tx: Transaction, where: object): Promise<number> {
  return tx.dispute.count({ where });
}

export function insertEvidence(
  tx: Transaction,
  data: Prisma.DisputeEvidenceUncheckedCreateInput,
): Promise<DisputeEvidence> {
  return tx.disputeEvidence.create({ data });
}

export function findEvidenceOf(tx: Transaction, disputeIds: readonly string[]): Promise<DisputeEvidence[]> {
  return tx.disputeEvidence.findMany({
    where: { disputeId: { in: [...disputeIds] } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}
