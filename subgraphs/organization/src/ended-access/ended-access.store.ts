import type { Transaction } from "../context.js";

/** One statement, as it is asked every 2 seconds; each part has an index on its moment. */
export async function findEndedAccess(
  tx: Transaction,
  since: Date,
): Promise<{ kind: "SESSION" | "API_KEY" | "USER"; id: string; endedAt: Date }[]> {
  return await tx.$queryRaw`
    select 'SESSION' as kind, id, revoked_at as "endedAt" from sessions where revoked_at > ${since}
    union all
    select 'SESSION', id, ended_at from impersonations where ended_at > ${since}
    union all
    select 'API_KEY', id, revoked_at from api_keys where revoked_at > ${since}
    union all
    select 'USER', guardian_id, ended_at from guardian_links where ended_at > ${since}`;
}
