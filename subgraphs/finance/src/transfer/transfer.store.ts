import type { Transaction } from "../context.js";
import type { NewTransfer, PostedTransfer, SqlConnection } from "./post-transfer.js";
import type { Posting, Transfer } from "./transfer.type.js";

type HashedTransfer = NewTransfer & { readonly inputHash: string };

/** One statement: the function `post_transfers` of the database. @returns in the order of `transfers` */
export async function postTransfers(
  tx: SqlConnection,
  transfers: readonly HashedTransfer[],
): Promise<PostedTransfer[]> {
  const rows = transfers.map((transfer, index) => ({
    number: index + 1,
    kind: transfer.kind,
    description: transfer.description,
    reference: transfer.reference,
    key: transfer.idempotencyKey,
    hash: transfer.inputHash,
    postingCount: transfer.postings.length,
    effectiveAt: transfer.effectiveAt,
  }));
  const postings = transfers
    .flatMap((transfer, index) =>
      transfer.postings.map(({ account, amountMinor }, position) => ({
        transfer: index + 1,
        position: position + 1,
        ...("id" in account ? { accountId: account.id, currency: account.currency } : account),
        amount: String(amountMinor),
      })),
    )
    .map((posting, index) => ({ number: index + 1, ...posting }));
  const captures = transfers.flatMap((transfer, index) =>
    (transfer.captures ?? []).map(({ holdId, amountMinor, endsHold }) => ({
      transfer: index + 1,
      holdId,
      amount: String(amountMinor),
      endsHold,
    })),
  );
  const [sent, sides, drawn] = [rows, postings, captures].map((part) => JSON.stringify(part));
  const posted = await tx.$queryRaw<(PostedTransfer & { number: number })[]>`
    select number, transfer_id as id, is_new as "isNew" from post_transfers(${sent}::jsonb, ${sides}::jsonb, ${drawn}::jsonb)`;
  return posted.toSorted((one, other) => one.number - other.number).map(({ id, isNew }) => ({ id, isNew }));
}

export async function reverseTransfer(
  tx: SqlConnection,
  reversal: { transferId: string; idempotencyKey: string; inputHash: string; description: string },
): Promise<PostedTransfer> {
  const { transferId, idempotencyKey, inputHash, description } = reversal;
  const [posted] = await tx.$queryRaw<PostedTransfer[]>`
    select transfer_id as id, is_new as "isNew"
    from reverse_transfer(${transferId}::uuid, ${idempotencyKey}, ${inputHash}, ${description})`;
  if (posted === undefined) throw new Error("The ledger did not answer.");
  return posted;
}

/** Live and archived ones of which the viewer may see a posting, as far as row level security knows. */
export function findTransfers(tx: Transaction, ids: readonly string[]): Promise<Transfer[]> {
  return tx.$queryRaw`
    select id, kind, description, reference, reverses_id as "reversesId", effective_at as "effectiveAt", created_at as "createdAt"
    from ledger_transfers where id = any(${[...ids]}::uuid[])`;
}

export function findPostings(tx: Transaction, transferIds: readonly string[]): Promise<Posting[]> {
  return tx.$queryRaw`
    select transfer_id || '.' || position as id, transfer_id as "transferId", account_id as "accountId", currency,
           amount_minor as "amountMinor", balance_after_minor as "balanceAfterMinor", sequence, booked_at as "bookedAt"
    from ledger_postings where transfer_id = any(${[...transferIds]}::uuid[])
    order by amount_minor, position`;
}
