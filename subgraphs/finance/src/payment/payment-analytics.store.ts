import { type PaymentPurpose, Prisma } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";

interface Sums {
  readonly started: number;
  readonly paid: number;
  readonly collected: bigint;
  readonly fees: bigint;
  readonly refunded: bigint;
}

/** Payments that got money are those that a provider's money has settled. */
const SUMS = Prisma.sql`
  count(*)::int as started,
  count(*) filter (where settled_attempt_id is not null)::int as paid,
  coalesce(sum(amount_minor) filter (where settled_attempt_id is not null), 0)::bigint as collected,
  coalesce(sum(fee_minor) filter (where settled_attempt_id is not null), 0)::bigint as fees,
  coalesce(sum(refunded_minor), 0)::bigint as refunded`;

/** Sums of the payments that were started in a period, all of them or an organization's. */
export async function sumPayments(
  tx: Transaction,
  scope: { organizationId: string | null; currency: string; from: Date; until: Date },
) {
  const { organizationId, currency, from, until } = scope;
  const chosen = Prisma.sql`
    from payments where currency = ${currency} and created_at >= ${from} and created_at < ${until}
      and (${organizationId}::uuid is null or organization_id = ${organizationId}::uuid)`;
  const total = await tx.$queryRaw<Sums[]>`select ${SUMS} ${chosen}`;
  const byMethod = await tx.$queryRaw<(Sums & { method: string })[]>`
    select method, ${SUMS} ${chosen} group by method order by collected desc, method`;
  const byPurpose = await tx.$queryRaw<(Sums & { kind: PaymentPurpose })[]>`
    select purpose_kind as kind, ${SUMS} ${chosen} group by purpose_kind order by collected desc, purpose_kind`;
  const byDay = await tx.$queryRaw<(Sums & { day: string })[]>`
    select to_char(paid_at at time zone 'UTC', 'YYYY-MM-DD') as day, ${SUMS} ${chosen}
      and settled_attempt_id is not null
    group by 1 order by 1`;
  return { total, byMethod, byPurpose, byDay };
}
