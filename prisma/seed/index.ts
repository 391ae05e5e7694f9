import pg, { type ClientBase } from "pg";
import { type DatabaseConnection, SUBGRAPHS, type SubgraphName } from "../migrate.js";
import { seedCommunity } from "./community.js";
import { buildExam } from "./exam.js";
import { seedFinance } from "./finance.js";
import { seedBigLearning, seedLearning } from "./learning.js";
import { seedMarketplace } from "./marketplace.js";
import { seedOrganization } from "./organization.js";
import { buildBigPopulation, buildWorld, schoolSizes, type World } from "./world.js";

type Connections = Readonly<Record<SubgraphName, Pick<DatabaseConnection, "ownerUrl">>>;

const SEEDS: Readonly<Record<SubgraphName, (client: ClientBase, world: World) => Promise<void>>> = {
  organization: seedOrganization,
  learning: seedLearning,
  marketplace: seedMarketplace,
  finance: seedFinance,
  community: seedCommunity,
};

/**
 * Fills the five databases with the demo world, each in one transaction of its own. What is filled already is left alone, so
 * that after a crash the next call does the rest.
 *
 * @returns whether anything was missing
 */
export async function seedDemoWorld(options: {
  readonly connections: Connections;
  readonly onProgress?: (step: string) => void;
}): Promise<boolean> {
  let world: World | undefined;
  const outcomes = await Promise.allSettled(
    SUBGRAPHS.map((name) =>
      seedOnce(options.connections[name].ownerUrl, "demo", async (client) => {
        options.onProgress?.(`Filling ${name} with the demo world`);
        world ??= buildWorld();
        await SEEDS[name](client, world);
      }),
    ),
  );
  const failure = outcomes.find(({ status }) => status === "rejected");
  if (failure?.status === "rejected") throw failure.reason;
  return outcomes.some((outcome) => outcome.status === "fulfilled" && outcome.value);
}

/** How far a big world is. */
export interface BigWorldProgress {
  readonly students: number;
  readonly answers: number;
}

/**
 * Adds schools of 1,000 to 5,000 students each beside the demo world, one after the other, so that memory does not grow with
 * their number. A school that is there already is left alone: a second call with the same number adds nothing.
 *
 * @returns the students and answers that this call added
 */
export async function seedBigWorld(options: {
  readonly students: number;
  readonly connections: Connections;
  /** Called after each school with what all of them have so far. */
  readonly onProgress?: (progress: BigWorldProgress) => void;
}): Promise<BigWorldProgress> {
  const { organization, learning } = options.connections;
  await seedDemoWorld({ connections: options.connections });
  const exam = buildExam();
  const added = { students: 0, answers: 0 };
  let done = 0;
  for (const [index, students] of schoolSizes(options.students).entries()) {
    const population = buildBigPopulation({ index, students });
    const [isNew] = await Promise.all([
      seedOnce(organization.ownerUrl, `school-${index}`, (client) => seedOrganization(client, population)),
      seedOnce(learning.ownerUrl, `school-${index}`, async (client) => {
        added.answers += await seedBigLearning(client, population, exam);
      }),
    ]);
    if (isNew) added.students += students;
    done += students;
    options.onProgress?.({ students: done, answers: added.answers });
  }
  return added;
}

/**
 * Runs `seed` in one transaction, which also notes that it was done; when another process is doing it, waits for that one.
 *
 * @returns whether it ran: false when it was done before
 */
async function seedOnce(ownerUrl: string, name: string, seed: (client: ClientBase) => Promise<void>): Promise<boolean> {
  const client = new pg.Client(ownerUrl);
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock(hashtext('app.seeds'))");
    await client.query(
      "create table if not exists app.seeds (name text primary key, seeded_at timestamptz not null default now())",
    );
    const { rowCount } = await client.query("insert into app.seeds (name) values ($1) on conflict do nothing", [name]);
    if (rowCount !== 0) await seed(client);
    await client.query("commit");
    return rowCount !== 0;
  } finally {
    await client.end();
  }
}
