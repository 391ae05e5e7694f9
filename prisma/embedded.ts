import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { open, readFile, rename, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { type Cluster, connection, openCluster, OWNER_SESSION, readPostmaster, SUPERUSER } from "./embedded-cluster.js";
import { asSentence, EmbeddedPostgresError, explainStart, reasonOf, unlessMissing } from "./embedded-error.js";
import { hasNotEnded, POLL_MS, stopAtExit, terminate } from "./embedded-process.js";

export { EmbeddedPostgresError };

/** A running PostgreSQL that belongs to this process. */
export interface EmbeddedPostgres {
  readonly port: number;
  /** Superuser connection string of one database, by default the maintenance database `postgres`. */
  readonly adminUrl: (database?: string) => string;
  /** Fast shutdown: open transactions are rolled back, and no process is left when the promise resolves. */
  readonly stop: () => Promise<void>;
}

type Settings = Readonly<Record<string, string>>;

export interface EmbeddedPostgresOptions {
  /** Where the cluster (`postgres/`), its log (`postgres.log`) and its password (`postgres.password`) live. */
  readonly dataDirectory: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Extra server settings, e.g. `{ fsync: "off" }` for a throw-away cluster. */
  readonly settings?: Settings;
  readonly onProgress?: (step: string) => void;
}

const START_TIMEOUT_MS = 120_000;
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

const SETTINGS: Settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  shared_buffers: "64MB",
  synchronous_commit: "on",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
  jit: "off",
};

/**
 * Starts (initialising when empty) a PostgreSQL 18 of our own in `dataDirectory/postgres`, reachable on 127.0.0.1 only.
 * A cluster left running by a killed process is stopped first; its data is kept. Nothing damaged is ever deleted.
 *
 * @throws EmbeddedPostgresError when the directory, the port or the cluster cannot be used
 */
export async function startEmbedded(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDirectory = resolve(options.dataDirectory);
  const progress = options.onProgress ?? (() => undefined);
  try {
    const cluster = await openCluster(dataDirectory, progress);
    progress("Starting PostgreSQL");
    return await run(cluster, options.port ?? 0, options.settings ?? {});
  } catch (error) {
    throw asSentence(error, dataDirectory);
  }
}

async function run(opened: Cluster, wantedPort: number, settings: Settings): Promise<EmbeddedPostgres> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const port = wantedPort === 0 ? await freePort() : wantedPort;
    const outcome = await launch(opened, port, settings, deadline);
    if (typeof outcome !== "string") return own(outcome, port, opened.password);
    const mayPass =
      outcome.includes("pre-existing shared memory block") || (wantedPort === 0 && outcome.includes("could not bind"));
    if (!mayPass || Date.now() > deadline) throw new EmbeddedPostgresError(explainStart(outcome, opened.cluster, port));
    await delay(POLL_MS);
  }
}

/** The ready server, or the reason why there is none. */
async function launch(
  { cluster, programs, launcher }: Cluster,
  port: number,
  settings: Settings,
  deadline: number,
): Promise<ChildProcess | string> {
  const logFile = `${cluster}.log`;
  if (((await stat(logFile).catch(unlessMissing))?.size ?? 0) > LOG_LIMIT_BYTES) await rename(logFile, `${logFile}.1`);
  const log = await open(logFile, "a", 0o600);
  const { size: logStart } = await log.stat();
  const flags = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = launcher.spawn(programs.postgres, ["-D", cluster, "-p", String(port), ...flags], log.fd);
  await once(child, "spawn");
  await log.close();
  const abandon = stopAtExit(child);
  while (hasNotEnded(child)) {
    const postmaster = await readPostmaster(cluster);
    if (postmaster?.pid === child.pid && postmaster?.ready) return child;
    if (Date.now() > deadline) {
      await terminate(child, () => hasNotEnded(child));
      abandon();
      return `it was not ready after ${START_TIMEOUT_MS / 1000} seconds`;
    }
    await delay(POLL_MS);
  }
  abandon();
  const said = (await readFile(logFile)).subarray(logStart).toString("utf8").split("\n");
  const bind = said.find((line) => line.includes("could not bind"));
  return reasonOf(
    bind ??
      said.find((line) => /\b(FATAL|PANIC):/.test(line)) ??
      `it ended with ${child.signalCode ?? `code ${child.exitCode}`}`,
  );
}

/** Takes possession of a ready server: opens the owner's session and gives out the handle. */
async function own(child: ChildProcess, port: number, password: string): Promise<EmbeddedPostgres> {
  const session = new pg.Client({ ...connection(port, password), application_name: OWNER_SESSION });
  session.on("error", () => undefined);
  const end = async (): Promise<void> => {
    await session.end().catch(() => undefined);
    await terminate(child, () => hasNotEnded(child));
  };
  try {
    await session.connect();
  } catch (error) {
    await end();
    if (!(error instanceof pg.DatabaseError) || error.code !== "28P01") throw error;
    throw new EmbeddedPostgresError(
      "PostgreSQL does not accept the stored password: put postgres.password in the data directory back from a backup.",
      { cause: error },
    );
  }
  let stopped: Promise<void> | undefined;
  return {
    port,
    adminUrl: (database = "postgres") =>
      `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
    stop: () => (stopped ??= end()),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string")
    throw new EmbeddedPostgresError("No free port could be found: choose one.");
  return address.port;
}
