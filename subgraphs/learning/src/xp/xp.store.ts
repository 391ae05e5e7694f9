import type { XpKind } from "@lentera/prisma/learning";
import type { Transaction } from "../context.js";
import type { XpEvent } from "./xp.type.js";

/** Points as they are earned. */
export interface Earning {
  readonly userId: string;
  readonly organizationId: string | null;
  /** What for, unique per learner. */
  readonly source: string;
  readonly kind: XpKind;
  readonly points: number;
  readonly earnedAt: Date;
}

export interface BookedEvent {
  readonly id: string;
  readonly userId: string;
  readonly source: string;
  readonly points: number;
}

/** Appends to the log, each source once, and adds to the learners' totals. @returns what was new */
export function insertEvents(tx: Transaction, earnings: readonly Earning[]): Promise<BookedEvent[]> {
  return tx.$queryRaw`
    with booked as (
      insert into xp_events (user_id, organization_id, source, kind, points, created_at)
      select "userId", "organizationId", source, kind, points, "earnedAt"
      from jsonb_to_recordset(${JSON.stringify(earnings)}::jsonb)
        as e("userId" uuid, "organizationId" uuid, source text, kind "XpKind", points int, "earnedAt" timestamptz)
      order by "userId", source
      on conflict (user_id, source) do nothing
      returning id, user_id, source, points
    ), total as (
      select user_id, sum(points)::int as points from booked group by user_id
    ), counted as (
      update learners set xp = xp + total.points from total where learners.user_id = total.user_id
    )
    select id, user_id as "userId", source, points from booked`;
}

export function findEvents(tx: Transaction, where: object, orderBy: object[], take: number): Promise<XpEvent[]> {
  return tx.xpEvent.findMany({ where, orderBy, take });
}

export function countEvents(tx: Transaction, userId: string): Promise<number> {
  return tx.xpEvent.count({ where: { userId } });
}

/** Sets totals that are not the sum of their events. @returns how many there were */
export function mendTotals(tx: Transaction): Promise<number> {
  return tx.$executeRaw`
    with truth as (
      select user_id, sum(points)::int as xp from xp_events group by user_id
    )
    update learners set xp = coalesce(truth.xp, 0)
    from learners l left join truth on truth.user_id = l.user_id
    where learners.user_id = l.user_id and learners.xp <> coalesce(truth.xp, 0)`;
}
