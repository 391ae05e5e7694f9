/**
 * The ledger: `npm run bench -- ledger`.
 *
 * Transfers per second through the function that every payment, payout and refund goes through, as a ratio to
 * single-row updates (`update … where id = …`, one to a transaction, as pgbench does) by the same driver, over the same
 * number of connections, on the same server, in the same run:
 *
 * a. between wallets, 10,000 of them, drawn at random;
 * b. from those wallets to one account of the platform, while its postings are folded every second.
 *
 * Every commit reaches the disk. Medians of several rounds in turn, because a shared machine is never equally busy. At
 * the end the ledger proves itself.
 */
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type NewTransfer, type SqlConnection, postTransfer } from "@lentera/finance/ledger";
import { startEmbedded } from "@lentera/prisma/embedded";
import { prepareDatabase } from "@lentera/prisma/migrate";
import pg from "pg";

const CONNECTIONS = 16;
const ROUNDS = 5;
const ROUND_MS = 2_000;
const WALLETS = 10_000;
const FOLD_EVERY_MS = 1_000;
const WANTED = { spread: 0.5, hot: 0.4 };
const PLATFORM = "00000000-0000-0000-0000-000000000000";

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const dataDirectory = await mkdtemp(join(tmpdir(), "lentera-bench-"));
const postgres = await startEmbedded({ dataDirectory });
const { appUrl, ownerUrl } = await prepareDatabase((database) => postgres.adminUrl(database), "finance", {
  appPassword: randomUUID(),
});
const owner = new pg.Client(ownerUrl);
await owner.connect();
const pool = new pg.Pool({ connectionString: appUrl, max: CONNECTIONS });

/** Statements are prepared once for each connection, those of the ledger and the peer's alike. */
const query = <Row extends pg.QueryResultRow>(name: string, text: string, values: unknown[]) =>
  pool.query<Row>({ name, text, values });
const connection: SqlConnection = {
  $queryRaw: async (parts: TemplateStringsArray, ...values: unknown[]) => {
    const text = parts.reduce((sql, part, index) => `${sql}$${index}${part}`);
    return (await query("transfer", text, values)).rows as never;
  },
};

const wallets = Array.from({ length: WALLETS }, () => randomUUID());
await owner.query("create table single_rows (id uuid primary key, balance_minor bigint not null)");
await owner.query("insert into single_rows select id, 0 from unnest($1::uuid[]) as row(id)", [wallets]);
await owner.query(`grant select, update on single_rows to public`);
await owner.query(
  `insert into ledger_accounts (id, owner_kind, owner_id, purpose, currency)
   select id, 'USER', id, 'WALLET', 'IDR' from unnest($1::uuid[]) as row(id)`,
  [wallets],
);
await owner.query(
  `insert into ledger_accounts (owner_kind, owner_id, purpose, currency, allow_negative, hot)
   select 'PLATFORM', $1, purpose::"AccountPurpose", 'IDR', true, true from unnest(array['FUNDING', 'FEES']) as row(purpose)`,
  [PLATFORM],
);
const { rows: platform } = await owner.query<{ id: string; purpose: string }>(
  "select id, purpose from ledger_accounts where owner_kind = 'PLATFORM'",
);
const idOf = (wanted: string): string => platform.find(({ purpose }) => purpose === wanted)?.id ?? "";
await owner.query(
  `with made as (
     insert into transfers (kind, description, posting_count, effective_at)
     select 'FUNDING', 'x', 2, now() from unnest($1::uuid[]) returning id
   ), numbered as (select id, row_number() over () as number from made)
   insert into postings (transfer_id, position, account_id, currency, amount_minor)
   select n.id, side.position, side.account_id, 'IDR', side.amount_minor
   from numbered n join unnest($1::uuid[]) with ordinality as row(wallet, number) using (number)
   cross join lateral (values (1, $2::uuid, -1000000000::bigint), (2, wallet, 1000000000)) as side(position, account_id, amount_minor)`,
  [wallets, idOf("FUNDING")],
);
await owner.query("vacuum analyze");

const anyWallet = (): string => wallets[Math.floor(Math.random() * WALLETS)] ?? "";

function transfer(from: string, to: string): NewTransfer {
  return {
    kind: "ADJUSTMENT",
    description: "x",
    idempotencyKey: randomUUID(),
    postings: [
      { account: { id: from, currency: "IDR" }, amountMinor: -1n },
      { account: { id: to, currency: "IDR" }, amountMinor: 1n },
    ],
  };
}

/** Works over all connections for a round. @returns how often a second */
async function rateOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() - startedAt < ROUND_MS) {
        await work();
        done++;
      }
    }),
  );
  return (done * 1000) / (performance.now() - startedAt);
}

const update = () =>
  query("update", "update single_rows set balance_minor = balance_minor + 1 where id = $1", [anyWallet()]);
const spread = () => {
  const from = anyWallet();
  let to = anyWallet();
  while (to === from) to = anyWallet();
  return postTransfer(connection, transfer(from, to));
};
const hot = () => postTransfer(connection, transfer(anyWallet(), idOf("FEES")));

async function hotRate(): Promise<number> {
  const folding = setInterval(() => void owner.query("select fold_postings()"), FOLD_EVERY_MS);
  try {
    return await rateOf(hot);
  } finally {
    clearInterval(folding);
  }
}

try {
  for (const work of [update, spread, hot]) await Promise.all(Array.from({ length: 500 }, () => work()));
  const rounds: { update: number; spread: number; hot: number }[] = [];
  for (let round = 0; round < ROUNDS; round++)
    rounds.push({ update: await rateOf(update), spread: await rateOf(spread), hot: await hotRate() });
  const perSecond = (key: "update" | "spread" | "hot") =>
    `${median(rounds.map((rates) => rates[key])).toFixed(0)} a second`;
  console.log(`Transfers over ${CONNECTIONS} connections, medians of ${ROUNDS} rounds of ${ROUND_MS / 1000} s`);
  console.log(`  single-row updates       ${perSecond("update")}`);
  for (const [key, what] of [
    ["spread", "between wallets        "],
    ["hot", "to one hot account     "],
  ] as const) {
    const ratio = median(rounds.map((rates) => rates[key] / rates.update));
    const isReached = ratio >= WANTED[key];
    console.log(
      `  ${what}  ${perSecond(key)}, ${ratio.toFixed(2)} of the updates (wanted ${WANTED[key]}: ${isReached ? "reached" : "MISSED"})`,
    );
    if (!isReached) process.exitCode = 1;
  }
  await owner.query("select fold_postings()");
  const { rows: breaks } = await owner.query("select * from ledger_breaks()");
  const { rows: counted } = await owner.query("select count(*)::int as transfers from transfers");
  console.log(`  ${counted[0]?.transfers} transfers, ${breaks.length} breaks`);
  if (breaks.length > 0) process.exitCode = 1;
} finally {
  await pool.end();
  await owner.end();
  await postgres.stop();
  await rm(dataDirectory, { recursive: true, force: true });
}
