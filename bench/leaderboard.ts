/**
 * Leaderboards: `npm run bench -- leaderboard`.
 *
 * On one leaderboard of 1,000,000 members, over one connection:
 *
 * 1. Updates per second, ranks included, as a ratio to the same updates of the bare indexed table (the same columns and
 *    indexes, nothing that knows of ranks).
 * 2. Ranks per second, with the changes of 1. not folded yet, as a ratio to the least that the database can do with the bare
 *    table, one look-up by its primary key; and, for comparison, to counting in the bare table's index.
 *
 * Every rank is compared with the counted one. Medians of several runs, one after the other, because a shared machine is
 * never equally busy.
 */
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "@lentera/prisma/embedded";
import { prepareDatabase } from "@lentera/prisma/migrate";
import pg from "pg";

const MEMBERS = 1_000_000;
const RUNS = 5;
const UPDATES = 2_000;
const RANKS = 1_000;
const COUNTS = 20;
const MOST_POINTS = 100_000;
const WANTED_UPDATES = 0.4;
const WANTED_RANKS = 0.2;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const dataDirectory = await mkdtemp(join(tmpdir(), "lentera-bench-"));
const postgres = await startEmbedded({ dataDirectory });
const { ownerUrl } = await prepareDatabase((database) => postgres.adminUrl(database), "learning", {
  appPassword: randomUUID(),
});
const owner = new pg.Client(ownerUrl);
await owner.connect();

const userAt = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
const anybody = (): string => userAt(1 + Math.floor(Math.random() * MEMBERS));

async function perSecond(times: number, once: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  for (let index = 0; index < times; index++) await once();
  return (times / (performance.now() - startedAt)) * 1000;
}

/** A statement that is parsed once. */
const prepared = (name: string, text: string) => async (values: unknown[]) =>
  (await owner.query({ name, text, values })).rows;

async function pointsOf(userId: string, leaderboardId: string): Promise<number> {
  const text = "select points from leaderboard_entries where leaderboard_id = $1 and user_id = $2";
  return (await owner.query(text, [leaderboardId, userId])).rows[0].points;
}

try {
  const { rows } = await owner.query(
    `insert into leaderboards (scope) values ('GLOBAL') on conflict do nothing returning id`,
  );
  const leaderboardId: string = rows[0].id;
  await owner.query(
    `insert into leaderboard_entries (leaderboard_id, user_id, points)
     select $1, ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, floor(random() * $2)
     from generate_series(1, $3::int) as n`,
    [leaderboardId, MOST_POINTS, MEMBERS],
  );
  await owner.query("create table bare_entries (like leaderboard_entries including all)");
  await owner.query("insert into bare_entries select * from leaderboard_entries");
  for (const table of ["leaderboard_entries", "bare_entries", "ranking_changes"])
    await owner.query(`vacuum analyze ${table}`);

  const update = (table: string) =>
    prepared(`update ${table}`, `update ${table} set points = points + 12 where leaderboard_id = $1 and user_id = $2`);
  const [whole, bare] = [update("leaderboard_entries"), update("bare_entries")];
  const rank = prepared("rank", "select leaderboard_rank($1, $2) as rank");
  const lookUp = prepared("look up", "select points from bare_entries where leaderboard_id = $1 and user_id = $2");
  const count = prepared(
    "count",
    "select 1 + count(*)::int as rank from leaderboard_entries where leaderboard_id = $1 and points > $2 and listed",
  );

  const fold = `with taken as (delete from ranking_changes returning leaderboard_id, points, delta)
    insert into ranking_counts as count (leaderboard_id, level, bucket, members)
    select leaderboard_id, level, points >> (8 * level), sum(delta)
    from taken cross join generate_series(0, 2) as level group by 1, 2, 3
    on conflict (leaderboard_id, level, bucket) do update set members = count.members + excluded.members`;
  const anyPoints = (): number => Math.floor(Math.random() * MOST_POINTS);
  const runs: Record<"bareUpdates" | "updates" | "lookUps" | "ranks" | "counts", number>[] = [];
  for (let run = 0; run < RUNS; run++) {
    await owner.query(fold);
    await owner.query("vacuum analyze ranking_changes, ranking_counts");
    runs.push({
      bareUpdates: await perSecond(UPDATES, () => bare([leaderboardId, anybody()])),
      updates: await perSecond(UPDATES, () => whole([leaderboardId, anybody()])),
      lookUps: await perSecond(RANKS, () => lookUp([leaderboardId, anybody()])),
      ranks: await perSecond(RANKS, () => rank([leaderboardId, anyPoints()])),
      counts: await perSecond(COUNTS, () => count([leaderboardId, anyPoints()])),
    });
  }
  for (let check = 0; check < COUNTS; check++) {
    const points = await pointsOf(anybody(), leaderboardId);
    const [[found], [counted]] = [await rank([leaderboardId, points]), await count([leaderboardId, points])];
    if (found?.rank !== counted?.rank) throw new Error(`Rank ${found?.rank} instead of ${counted?.rank}.`);
  }

  const of = (key: keyof (typeof runs)[number]): string => median(runs.map((run) => run[key])).toFixed(0);
  const updates = median(runs.map((run) => run.updates / run.bareUpdates));
  const ranks = median(runs.map((run) => run.ranks / run.lookUps));
  const verdict = (ratio: number, wanted: number): string =>
    `wanted at least ${wanted}: ${ratio >= wanted ? "reached" : "MISSED"}`;
  console.log(`Leaderboard of ${MEMBERS} members, medians of ${RUNS} runs, every checked rank right`);
  console.log(`  update, bare table      ${of("bareUpdates")} per second`);
  console.log(
    `  update with ranks       ${of("updates")} per second, ${updates.toFixed(2)} of the bare table (${verdict(updates, WANTED_UPDATES)})`,
  );
  console.log(`  look-up, bare table     ${of("lookUps")} per second`);
  console.log(`  rank by counting        ${of("counts")} per second`);
  console.log(
    `  rank                    ${of("ranks")} per second, ${ranks.toFixed(2)} of a bare look-up (${verdict(ranks, WANTED_RANKS)})`,
  );
  if (updates < WANTED_UPDATES || ranks < WANTED_RANKS) process.exitCode = 1;
} finally {
  await owner.end();
  await postgres.stop();
  await rm(dataDirectory, { recursive: true, force: true });
}
