import type { Transaction } from "../context.js";

export async function findVerifiedLinksOf(tx: Transaction, guardianId: string, limit: number) {
  return await tx.guardianLink.findMany({
    where: { guardianId, status: "VERIFIED" },
    orderBy: [{ verifiedAt: "asc" }, { id: "asc" }],
    take: limit,
  });
}
