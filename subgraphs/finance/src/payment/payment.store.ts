import type { PageQuery } from "@lentera/kit";
import type { Payment, PaymentAttempt, Prisma } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";
import type { AccountKey } from "../ledger-account/account-key.js";
import type { ProviderHealth } from "../provider/routing.rules.js";
import { PROVIDERS, type ProviderName } from "../provider/provider.js";

export function insertPayment(tx: Transaction, data: Prisma.PaymentUncheckedCreateInput): Promise<Payment> {
  return tx.payment.create({ data });
}

export function updatePayment(tx: Transaction, id: string, data: Prisma.PaymentUncheckedUpdateInput): Promise<Payment> {
  return tx.payment.update({ where: { id }, data });
}

/** Every change of a payment, its attempts, refunds and disputes waits for this lock. */
export async function lockPayment(tx: Transaction, id: string): Promise<Payment | null> {
  await tx.$queryRaw`select from payments where id = ${id}::uuid for update`;
  return tx.payment.findFirst({ where: { id } });
}

export function findPayments(tx: Transaction, visible: object, ids: readonly string[]): Promise<Payment[]> {
  return tx.payment.findMany({ where: { AND: [visible, { id: { in: [...ids] } }] } });
}

export function findPaymentPage(tx: Transaction, where: object, page: PageQuery): Promise<Payment[]> {
  return tx.payment.findMany({ ...page, where: { AND: [where, page.where] } });
}

export function countPayments(tx: Transaction, where: object): Promise<number> {
  return tx.payment.count({ where });
}

/** Whether the thing has been paid for by another payment. */
export async function isPaidElsewhere(tx: Transaction, payment: Payment): Promise<boolean> {
  const { id, purposeKind, purposeReferenceId } = payment;
  const other = await tx.payment.findFirst({
    where: { purposeKind, purposeReferenceId, id: { not: id }, status: { in: ["SUCCEEDED", "PARTIALLY_REFUNDED"] } },
    select: { id: true },
  });
  return other !== null;
}

// Attempts

export function insertAttempt(tx: Transaction, data: Prisma.PaymentAttemptUncheckedCreateInput) {
  return tx.paymentAttempt.create({ data });
}

export function updateAttempt(
  tx: Transaction,
  id: string,
  data: Prisma.PaymentAttemptUncheckedUpdateInput,
): Promise<PaymentAttempt> {
  return tx.paymentAttempt.update({ where: { id }, data });
}

export function findAttempt(tx: Transaction, id: string): Promise<PaymentAttempt | null> {
  return tx.paymentAttempt.findFirst({ where: { id } });
}

/** The attempts of payments, in the order in which they were made. */
export function findAttempts(tx: Transaction, paymentIds: readonly string[]): Promise<PaymentAttempt[]> {
  return tx.paymentAttempt.findMany({
    where: { paymentId: { in: [...paymentIds] } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

/** The attempt that a provider's event is about: by our reference, its own, or the money's. */
export function findAttemptOf(
  tx: Transaction,
  provider: ProviderName,
  refs: { readonly orderRef: string; readonly merchantRef: string | null; readonly paymentRef: string | null },
): Promise<PaymentAttempt | null> {
  const names = [refs.orderRef, ...(refs.merchantRef === null ? [] : [refs.merchantRef])];
  return tx.paymentAttempt.findFirst({
    where: {
      provider,
      OR: [
        { orderRef: { in: names } },
        { providerRef: { in: names } },
        ...(refs.paymentRef === null ? [] : [{ paymentRef: refs.paymentRef }]),
      ],
    },
  });
}

/** Attempts whose outcome is open and that nobody has asked about lately: the older, the more rarely. */
export function findStale(tx: Transaction, now: Date, limit: number): Promise<{ id: string }[]> {
  return tx.$queryRaw<{ id: string }[]>`
    select a.id
    from payment_attempts a join payments p on p.id = a.payment_id
    where a.state in ('LIVE', 'UNKNOWN', 'ABSENT', 'SENT')
      and p.settled_attempt_id is distinct from a.id
      and not a.is_surplus
      and a.provider_status not in ('failed', 'cancelled', 'expired')
      and a.sent_at > ${now}::timestamptz - interval '3 days'
      and coalesce(a.checked_at, a.sent_at)
        < ${now}::timestamptz - greatest(interval '5 minutes', (${now}::timestamptz - a.sent_at) / 10)
    order by a.sent_at
    limit ${limit}`;
}

/** What became of each provider's attempts since then. */
export async function findHealth(tx: Transaction, since: Date): Promise<ProviderHealth[]> {
  const counted = await tx.$queryRaw<{ provider: string; succeeded: bigint; failed: bigint }[]>`
    select provider,
      count(*) filter (where state in ('LIVE', 'DEAD')) as succeeded,
      count(*) filter (where state in ('REFUSED', 'UNKNOWN', 'ABSENT')) as failed
    from payment_attempts where created_at > ${since} group by provider`;
  return counted.flatMap(({ provider, succeeded, failed }) => {
    const name = providerNamed(provider);
    return name === undefined ? [] : [{ provider: name, succeeded: Number(succeeded), failed: Number(failed) }];
  });
}

export function providerNamed(name: string): ProviderName | undefined {
  return PROVIDERS.find((provider) => provider === name);
}

// Bookings

/** What a wallet or an escrow can give, which stays so until the transaction ends; null for an account without a floor. */
export async function availableOf(tx: Transaction, account: AccountKey): Promise<bigint | null> {
  const { ownerKind, ownerId, purpose, currency } = account;
  if (purpose !== "WALLET" && purpose !== "ESCROW") return null;
  const [found] = await tx.$queryRaw<{ available: bigint }[]>`
    select balance_minor - held_minor as available from ledger_accounts
    where owner_kind = ${ownerKind}::"AccountOwnerKind" and owner_id = ${ownerId}::uuid
      and purpose = ${purpose}::"AccountPurpose" and currency = ${currency}
    for no key update`;
  return found === undefined || found.available < 0n ? 0n : found.available;
}

/** Writes down that a movement was booked. The key's uniqueness is what books it once. */
export async function insertMovement(
  tx: Transaction,
  data: { attemptId: string; key: string; amountMinor: bigint; transferId: string },
): Promise<void> {
  await tx.paymentMovement.create({ data });
}
