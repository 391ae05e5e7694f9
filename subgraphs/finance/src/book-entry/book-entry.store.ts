import type { PageQuery } from "@lentera/kit";
import type { BookCategory, BookEntry, Prisma } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";
import type { BookRange } from "./book-entry.input.js";
import type { CategoryTotal, MonthFlow, ReadyRow } from "./book-entry.rules.js";

export function findCategories(tx: Transaction): Promise<BookCategory[]> {
  return tx.bookCategory.findMany({ orderBy: [{ kind: "asc" }, { code: "asc" }] });
}

export async function insertEntry(tx: Transaction, data: Prisma.BookEntryUncheckedCreateInput): Promise<string> {
  const { id } = await tx.bookEntry.create({ data, select: { id: true } });
  return id;
}

/** Rows of a file on the days of a zone, one statement. @returns how many are new */
export async function insertRows(
  tx: Transaction,
  rows: readonly ReadyRow[],
  { ownerId, currency, timeZone }: { ownerId: string; currency: string; timeZone: string },
): Promise<number> {
  const sent = JSON.stringify(rows.map((row) => ({ ...row, amountMinor: String(row.amountMinor) })));
  return tx.$executeRaw`
    insert into book_entries (owner_id, category_code, amount_minor, currency, occurred_at, description, row_hash)
    select ${ownerId}::uuid, r."categoryCode", r."amountMinor", ${currency}, r.day at time zone ${timeZone}, r.description, r."rowHash"
    from jsonb_to_recordset(${sent}::jsonb) as r("categoryCode" text, "amountMinor" bigint, day timestamp, description text, "rowHash" text)
    on conflict (owner_id, row_hash) do nothing`;
}

export function findEntry(tx: Transaction, ownerId: string, id: string): Promise<BookEntry | null> {
  return tx.bookEntry.findFirst({ where: { id, ownerId } });
}

/** @returns false when it was voided before */
export async function voidEntry(tx: Transaction, ownerId: string, id: string, voidedAt: Date): Promise<boolean> {
  const { count } = await tx.bookEntry.updateMany({ where: { id, ownerId, voidedAt: null }, data: { voidedAt } });
  return count === 1;
}

export function findEntryPage(tx: Transaction, ownerId: string, page: PageQuery): Promise<BookEntry[]> {
  return tx.bookEntry.findMany({ ...page, where: { AND: [{ ownerId }, page.where] } });
}

export function countEntries(tx: Transaction, ownerId: string): Promise<number> {
  return tx.bookEntry.count({ where: { ownerId } });
}

/** What counts from one day to another, both included, by category; whole days of the zone. */
export function sumByCategory(tx: Transaction, ownerId: string, range: BookRange): Promise<CategoryTotal[]> {
  const { from, to, currency, timeZone } = range;
  return tx.$queryRaw`
    select c.code, c.kind::text as kind, c.is_operating as "isOperating", sum(e.amount_minor)::bigint as "amountMinor"
    from book_entries e join book_categories c on c.code = e.category_code
    where e.owner_id = ${ownerId}::uuid and e.currency = ${currency} and e.voided_at is null
      and e.occurred_at >= ${from}::date::timestamp at time zone ${timeZone}
      and e.occurred_at < (${to}::date + 1)::timestamp at time zone ${timeZone}
    group by c.code order by sum(e.amount_minor) desc, c.code`;
}

/** Money in and out by month of the zone. */
export function sumByMonth(tx: Transaction, ownerId: string, range: BookRange): Promise<MonthFlow[]> {
  const { from, to, currency, timeZone } = range;
  return tx.$queryRaw`
    select to_char(e.occurred_at at time zone ${timeZone}, 'YYYY-MM') as month,
           coalesce(sum(e.amount_minor) filter (where c.kind = 'INCOME'), 0)::bigint as "inflowMinor",
           coalesce(sum(e.amount_minor) filter (where c.kind = 'EXPENSE'), 0)::bigint as "outflowMinor"
    from book_entries e join book_categories c on c.code = e.category_code
    where e.owner_id = ${ownerId}::uuid and e.currency = ${currency} and e.voided_at is null
      and e.occurred_at >= ${from}::date::timestamp at time zone ${timeZone}
      and e.occurred_at < (${to}::date + 1)::timestamp at time zone ${timeZone}
    group by 1`;
}

/** What came in less what went out before a day of the zone. */
export async function balanceBefore(tx: Transaction, ownerId: string, range: BookRange): Promise<bigint> {
  const { from, currency, timeZone } = range;
  const [row] = await tx.$queryRaw<{ balance: bigint }[]>`
    select coalesce(sum(case when c.kind = 'INCOME' then e.amount_minor else -e.amount_minor end), 0)::bigint as balance
    from book_entries e join book_categories c on c.code = e.category_code
    where e.owner_id = ${ownerId}::uuid and e.currency = ${currency} and e.voided_at is null
      and e.occurred_at < ${from}::date::timestamp at time zone ${timeZone}`;
  return row?.balance ?? 0n;
}

export interface ExportedRow {
  readonly day: string;
  readonly categoryCode: string;
  readonly amountMinor: bigint;
  readonly description: string;
}

/** What counts, the oldest first, at most `take`. */
export function findExported(tx: Transaction, ownerId: string, range: BookRange, take: number): Promise<ExportedRow[]> {
  const { from, to, currency, timeZone } = range;
  return tx.$queryRaw`
    select to_char(e.occurred_at at time zone ${timeZone}, 'YYYY-MM-DD') as day, e.category_code as "categoryCode",
           e.amount_minor as "amountMinor", e.description
    from book_entries e
    where e.owner_id = ${ownerId}::uuid and e.currency = ${currency} and e.voided_at is null
      and e.occurred_at >= ${from}::date::timestamp at time zone ${timeZone}
      and e.occurred_at < (${to}::date + 1)::timestamp at time zone ${timeZone}
    order by e.occurred_at, e.id limit ${take}`;
}
