import { EmbeddedPostgresError, startEmbedded } from "@lentera/prisma/embedded";
import {
  type DatabaseConnection,
  MigrationError,
  SUBGRAPHS,
  type SubgraphName,
  prepareDatabase,
} from "@lentera/prisma/migrate";
import type { HostingEnvironment } from "./env.js";
import { type Step, unlessAborted } from "./program.js";
import { StartError } from "./start-error.js";

export type Connections = Readonly<Record<SubgraphName, DatabaseConnection>>;

/**
 * The five databases, up to date and, unless that is switched off, with the demo world in them: in the cluster of
 * `DATABASE_ADMIN_URL`, otherwise in an embedded PostgreSQL that stops with us.
 * @throws StartError when they cannot be had.
 */
export async function openDatabases(
  environment: HostingEnvironment,
  appPassword: string,
  step: Step,
): Promise<{ readonly connections: Connections; readonly isNewWorld: boolean }> {
  try {
    const adminUrl = await startCluster(environment, step);
    step.progress("Preparing the databases");
    const prepared = Object.fromEntries(
      await Promise.all(
        SUBGRAPHS.map(async (name) => [name, await prepareDatabase(adminUrl, name, { appPassword })] as const),
      ),
    );
    step.signal.throwIfAborted();
    const connections = complete(prepared);
    const isNewWorld = environment.LENTERA_DEMO === "on" && (await seed(connections, step));
    return { connections, isNewWorld };
  } catch (error) {
    const isForPeople = error instanceof EmbeddedPostgresError || error instanceof MigrationError;
    throw isForPeople ? new StartError(error.message, { cause: error }) : error;
  }
}

async function startCluster(
  { DATABASE_ADMIN_URL, LENTERA_DATA_DIR }: HostingEnvironment,
  { stack, signal, progress }: Step,
): Promise<(database: string) => string> {
  if (DATABASE_ADMIN_URL !== undefined)
    return (database) => Object.assign(new URL(DATABASE_ADMIN_URL), { pathname: `/${database}` }).href;
  const postgres = await startEmbedded({ dataDirectory: LENTERA_DATA_DIR, onProgress: progress });
  stack.defer(() => postgres.stop());
  signal.throwIfAborted();
  return (database) => postgres.adminUrl(database);
}

/** @returns whether the world was made just now */
async function seed(connections: Connections, { signal, progress }: Step): Promise<boolean> {
  const { seedDemoWorld } = await import("@lentera/prisma/seed");
  return unlessAborted(signal, seedDemoWorld({ connections, onProgress: progress }));
}

function complete({ organization, learning, marketplace, finance, community }: Partial<Connections>): Connections {
  if (!organization || !learning || !marketplace || !finance || !community)
    throw new Error("Every subgraph has a database.");
  return { organization, learning, marketplace, finance, community };
}
