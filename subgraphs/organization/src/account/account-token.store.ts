import type { Transaction } from "../context.js";
import type { AccountTokenFacts, AccountTokenPurpose } from "./account-token.rules.js";

type Hash = Uint8Array<ArrayBuffer>;

export async function insertToken(
  tx: Transaction,
  token: { userId: string; purpose: AccountTokenPurpose; tokenHash: Hash; expiresAt: Date; newEmail: string | null },
): Promise<void> {
  await tx.accountToken.create({ data: token, select: { id: true } });
}

/** The token, locked until the transaction ends, so that two uses are seen one by one. */
export async function lockToken(
  tx: Transaction,
  tokenHash: Hash,
  purpose: AccountTokenPurpose,
): Promise<(AccountTokenFacts & { readonly userId: string; readonly newEmail: string | null }) | null> {
  await tx.$queryRaw`select from account_tokens where token_hash = ${tokenHash} for update`;
  return await tx.accountToken.findFirst({ where: { tokenHash, purpose } });
}

export async function endTokens(
  tx: Transaction,
  userId: string,
  purpose: AccountTokenPurpose,
  usedAt: Date,
): Promise<void> {
  await tx.accountToken.updateMany({ where: { userId, purpose, usedAt: null }, data: { usedAt } });
}
