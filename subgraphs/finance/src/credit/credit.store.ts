import type { PageQuery } from "@lentera/kit";
import type { CreditChannel, CreditPurchase, CreditVendor, Prisma } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";
import { CREDIT_CURRENCIES, CREDIT_MONEY } from "./credit.rules.js";

export type { CreditPurchase as PurchaseRow, CreditVendor as VendorRow };

export async function saveVendor(
  tx: Transaction,
  id: string | null,
  data: Prisma.CreditVendorUncheckedCreateInput,
): Promise<CreditVendor | null> {
  if (id === null) return tx.creditVendor.create({ data });
  const { count } = await tx.creditVendor.updateMany({ where: { id }, data });
  return count === 0 ? null : tx.creditVendor.findFirst({ where: { id } });
}

export function findVendor(tx: Transaction, id: string): Promise<CreditVendor | null> {
  return tx.creditVendor.findFirst({ where: { id } });
}

export function findVendorPage(tx: Transaction, page: PageQuery): Promise<CreditVendor[]> {
  return tx.creditVendor.findMany(page);
}

export function countVendors(tx: Transaction): Promise<number> {
  return tx.creditVendor.count();
}

export function insertPurchase(
  tx: Transaction,
  data: Prisma.CreditPurchaseUncheckedCreateInput,
): Promise<CreditPurchase> {
  return tx.creditPurchase.create({ data });
}

export async function lockPurchase(tx: Transaction, id: string): Promise<CreditPurchase | null> {
  await tx.$queryRaw`select 1 from credit_purchases where id = ${id}::uuid for update`;
  return tx.creditPurchase.findFirst({ where: { id } });
}

export function updatePurchase(
  tx: Transaction,
  id: string,
  data: Pick<CreditPurchase, "status" | "transferId">,
): Promise<CreditPurchase> {
  return tx.creditPurchase.update({ where: { id }, data });
}

export function findPurchasePage(tx: Transaction, page: PageQuery): Promise<CreditPurchase[]> {
  return tx.creditPurchase.findMany(page);
}

export function countPurchases(tx: Transaction): Promise<number> {
  return tx.creditPurchase.count();
}

export async function setPrice(
  tx: Transaction,
  channel: CreditChannel,
  rate: string,
  organizationId: string | null,
): Promise<void> {
  if (organizationId === null) {
    await tx.creditPrice.upsert({ where: { channel }, create: { channel, rate }, update: { rate } });
  } else {
    const where = { organizationId_channel: { organizationId, channel } };
    await tx.creditWallet.upsert({
      where,
      create: { organizationId, channel, retailRate: rate },
      update: { retailRate: rate },
    });
  }
}

/** What the organization pays for one credit. */
export async function findRate(tx: Transaction, organizationId: string, channel: CreditChannel): Promise<string> {
  const where = { organizationId, channel };
  const own = await tx.creditWallet.findFirst({ where, select: { retailRate: true } });
  const { rate } = await tx.creditPrice.findFirstOrThrow({ where: { channel } });
  return String(own?.retailRate ?? rate);
}

export function insertPackage(tx: Transaction, data: Prisma.CreditPackageUncheckedCreateInput) {
  return tx.creditPackage.create({ data });
}

export function findPackage(tx: Transaction, id: string) {
  return tx.creditPackage.findFirst({ where: { id, isActive: true } });
}

export function findPackagePage(tx: Transaction, page: PageQuery) {
  return tx.creditPackage.findMany({ ...page, where: { AND: [{ isActive: true }, page.where] } });
}

export function countPackages(tx: Transaction): Promise<number> {
  return tx.creditPackage.count({ where: { isActive: true } });
}

export async function insertSale(tx: Transaction, data: Prisma.CreditSaleUncheckedCreateInput): Promise<void> {
  await tx.creditSale.create({ data, select: { id: true } });
}

export async function updateAlert(
  tx: Transaction,
  organizationId: string,
  channel: CreditChannel,
  data: { lowBalanceThreshold: bigint; autoAlertEnabled: boolean },
): Promise<void> {
  const where = { organizationId_channel: { organizationId, channel } };
  await tx.creditWallet.upsert({ where, create: { organizationId, channel, ...data }, update: data });
}

/** The wallets of one organization, one row for each channel. */
export function findWallets(tx: Transaction, organizationId: string) {
  const codes = JSON.stringify(CREDIT_CURRENCIES);
  return tx.$queryRaw<
    {
      channel: CreditChannel;
      balance: number;
      reserved: number;
      retailRate: string;
      spentMinor: bigint;
      lowBalanceThreshold: number;
      autoAlertEnabled: boolean;
    }[]
  >`
    select p.channel, coalesce(a.balance_minor, 0)::int as balance, coalesce(a.held_minor, 0)::int as reserved,
           coalesce(w.retail_rate, p.rate)::text as "retailRate",
           coalesce((select sum(s.price_minor) from credit_sales s
             where s.organization_id = ${organizationId}::uuid and s.channel = p.channel), 0)::bigint as "spentMinor",
           coalesce(w.low_balance_threshold, 1000)::int as "lowBalanceThreshold",
           coalesce(w.auto_alert_enabled, true) as "autoAlertEnabled"
    from credit_prices p
    left join credit_wallets w on w.organization_id = ${organizationId}::uuid and w.channel = p.channel
    left join ledger_accounts a on a.owner_kind = 'ORGANIZATION' and a.owner_id = ${organizationId}::uuid
      and a.purpose = 'WALLET' and a.currency = ${codes}::jsonb ->> p.channel::text
    order by p.channel`;
}

/**
 * Notes on which side of its threshold a wallet now is. Call it after the ledger, whose lock on the account makes the
 * callers wait for each other.
 * @returns what is available when it has just fallen below and somebody wants to know, else null
 */
export async function noteLevel(
  tx: Transaction,
  organizationId: string,
  channel: CreditChannel,
): Promise<{ available: number; threshold: number } | null> {
  await tx.creditWallet.createMany({ data: [{ organizationId, channel }], skipDuplicates: true });
  const [crossed] = await tx.$queryRaw<{ isLow: boolean; wanted: boolean; available: number; threshold: number }[]>`
    update credit_wallets w set is_low = level.available < w.low_balance_threshold
    from (select (balance_minor - held_minor)::int as available from ledger_accounts
          where owner_kind = 'ORGANIZATION' and owner_id = ${organizationId}::uuid and purpose = 'WALLET'
            and currency = ${CREDIT_CURRENCIES[channel]}) level
    where w.organization_id = ${organizationId}::uuid and w.channel = ${channel}::"CreditChannel"
      and w.is_low <> (level.available < w.low_balance_threshold)
    returning w.is_low as "isLow", w.auto_alert_enabled as wanted, level.available, w.low_balance_threshold::int as threshold`;
  return crossed?.isLow === true && crossed.wanted ? crossed : null;
}

/** Of each channel: bought, and not given away. */
export function findMaster(tx: Transaction) {
  const codes = JSON.stringify(CREDIT_CURRENCIES);
  return tx.$queryRaw<{ channel: CreditChannel; total: number; available: number; allocated: number }[]>`
    select channel,
           (-coalesce(sum(amount) filter (where purpose = 'SUPPLY'), 0))::int as total,
           coalesce(sum(amount) filter (where owner_kind = 'PLATFORM' and purpose = 'WALLET'), 0)::int as available,
           coalesce(sum(amount) filter (where owner_kind = 'ORGANIZATION' or purpose = 'USAGE'), 0)::int as allocated
    from unnest(enum_range(null::"CreditChannel")) as channel
    left join (
      select a.currency, a.owner_kind, a.purpose, p.amount_minor as amount
      from ledger_accounts a join ledger_postings p on p.account_id = a.id
    ) moved on moved.currency = ${codes}::jsonb ->> channel::text
    group by channel order by channel`;
}

/** Money that credits have cost and brought. */
export async function findProfit(tx: Transaction): Promise<{ purchasedMinor: bigint; soldMinor: bigint }> {
  const [sums] = await tx.$queryRaw<{ purchasedMinor: bigint; soldMinor: bigint }[]>`
    select (-coalesce(sum(p.amount_minor) filter (where a.purpose = 'COST'), 0))::bigint as "purchasedMinor",
           coalesce(sum(p.amount_minor) filter (where a.purpose = 'REVENUE'), 0)::bigint as "soldMinor"
    from ledger_transfers t join ledger_postings p on p.transfer_id = t.id join ledger_accounts a on a.id = p.account_id
    where t.kind in ('CREDIT_PURCHASE', 'CREDIT_SALE') and a.owner_kind = 'PLATFORM' and a.currency = ${CREDIT_MONEY}`;
  return sums ?? { purchasedMinor: 0n, soldMinor: 0n };
}

/** Credits spent by day and channel. */
export function findUsage(tx: Transaction, organizationId: string, from: string, to: string) {
  const codes = JSON.stringify(CREDIT_CURRENCIES);
  return tx.$queryRaw<{ date: string; channel: CreditChannel; used: number }[]>`
    select to_char(t.created_at at time zone 'UTC', 'YYYY-MM-DD') as date, channel, (-sum(p.amount_minor))::int as used
    from unnest(enum_range(null::"CreditChannel")) as channel
    join ledger_accounts a on a.owner_kind = 'ORGANIZATION' and a.owner_id = ${organizationId}::uuid and a.purpose = 'WALLET'
      and a.currency = ${codes}::jsonb ->> channel::text
    join ledger_postings p on p.account_id = a.id
    join ledger_transfers t on t.id = p.transfer_id
    where t.kind = 'CREDIT_USE' and t.created_at >= ${from}::date and t.created_at < ${to}::date + 1
    group by 1, 2 order by 1, 2`;
}

/** The reservation with its owner; null for any other hold. */
export async function findReservation(tx: Transaction, id: string) {
  return tx.ledgerHold.findFirst({ where: { id }, include: { account: true } });
}
