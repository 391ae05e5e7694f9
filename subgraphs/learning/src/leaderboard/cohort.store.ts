import type { LeaderboardScope } from "@lentera/prisma/learning";
import type { Transaction } from "../context.js";

export interface Cohort {
  readonly id: string;
  readonly scope: LeaderboardScope;
  readonly organizationId: string | null;
}

/**
 * Makes the cohort where it is missing, with its leaderboard for all time, and lets people in and out. Who leaves is taken off
 * its leaderboards; who comes back begins anew.
 */
export async function changeMembers(
  tx: Transaction,
  { id, scope, organizationId }: Cohort,
  change: { readonly joined: readonly string[]; readonly left: readonly string[] },
  at: Date,
): Promise<void> {
  await tx.cohort.createMany({ data: [{ id, scope, organizationId }], skipDuplicates: true });
  await tx.$executeRaw`
    insert into leaderboards (scope, organization_id, cohort_id)
    select scope, organization_id, id from cohorts where id = ${id}::uuid on conflict do nothing`;
  await tx.$executeRaw`
    insert into cohort_members as m (cohort_id, user_id, joined_at)
    select ${id}::uuid, user_id, ${at} from unnest(${[...change.joined]}::uuid[]) as user_id order by user_id
    on conflict (cohort_id, user_id) do update set joined_at = excluded.joined_at, left_at = null
    where m.left_at < excluded.joined_at`;
  await tx.$executeRaw`
    with gone as (
      insert into cohort_members as m (cohort_id, user_id, joined_at, left_at)
      select ${id}::uuid, user_id, ${at}, ${at} from unnest(${[...change.left]}::uuid[]) as user_id order by user_id
      on conflict (cohort_id, user_id) do update set left_at = excluded.left_at
      where m.left_at is null and m.joined_at <= excluded.left_at
      returning user_id
    )
    delete from leaderboard_entries e using leaderboards l, gone
    where l.id = e.leaderboard_id and l.cohort_id = ${id}::uuid and e.user_id = gone.user_id`;
}
