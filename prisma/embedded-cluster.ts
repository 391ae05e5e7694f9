import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { constants, realpathSync, type Stats } from "node:fs";
import { access, chown, mkdir, open, readFile, readdir, readlink, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { EmbeddedPostgresError, explainStart, reasonOf, unlessMissing } from "./embedded-error.js";
import {
  chooseLauncher,
  isAlive,
  type Launcher,
  locatePrograms,
  POLL_MS,
  type Programs,
  stopAtExit,
  terminate,
} from "./embedded-process.js";

const POSTGRES_MAJOR = "18";
export const SUPERUSER = "postgres";
/** The session that tells a later start that the server still has a living owner. */
export const OWNER_SESSION = "lentera-owner";
/** How long the session of an owner that was just killed may linger. */
const OWNER_GRACE_MS = 1_000;

/** A database cluster on disk, with what it takes to run it. */
export interface Cluster {
  /** Its directory; the log beside it has the same name and `.log`. */
  readonly cluster: string;
  readonly password: string;
  readonly programs: Programs;
  readonly launcher: Launcher;
}

/**
 * The cluster of a data directory, made when there is none, with no server running in it.
 *
 * @throws EmbeddedPostgresError when it is damaged, of another version, of another user, or in use
 */
export async function openCluster(dataDirectory: string, progress: (step: string) => void): Promise<Cluster> {
  await ensureDirectory(dataDirectory);
  const cluster = join(dataDirectory, "postgres");
  const existing = await inspectCluster(cluster);
  const programs = await locatePrograms();
  const launcher = await chooseLauncher(programs, dataDirectory, existing);
  const password = await loadPassword(dataDirectory, existing !== undefined);
  const opened = { cluster, password, programs, launcher };
  if (existing === undefined) {
    progress("Creating the database cluster");
    await initialise(opened);
  } else {
    await stopOrphan(opened, progress);
  }
  return opened;
}

async function ensureDirectory(dataDirectory: string): Promise<void> {
  await mkdir(dataDirectory, { recursive: true });
  await access(dataDirectory, constants.R_OK | constants.W_OK | constants.X_OK);
}

/** What there is of the cluster: `undefined` when it has yet to be made. */
async function inspectCluster(cluster: string): Promise<Stats | undefined> {
  const stats = await stat(cluster).catch(unlessMissing);
  if (stats === undefined) return undefined;
  if (!stats.isDirectory()) {
    throw new EmbeddedPostgresError(`${cluster} is not a directory: move that file away and start again.`);
  }
  const uid = process.getuid?.();
  if (uid !== undefined && uid !== 0 && stats.uid !== uid) {
    throw new EmbeddedPostgresError(
      `The database cluster ${cluster} belongs to another user: start Lentera as that user, or choose another data directory.`,
    );
  }
  if ((await readdir(cluster)).length === 0) return undefined;
  const version = (await readFile(join(cluster, "PG_VERSION"), "utf8").catch(() => "")).trim();
  if (version === "") {
    throw new EmbeddedPostgresError(
      `The database cluster ${cluster} is damaged, as its PG_VERSION is missing: restore it from a backup, or move it away to begin with an empty one.`,
    );
  }
  if (version !== POSTGRES_MAJOR) {
    throw new EmbeddedPostgresError(
      `The database cluster ${cluster} was made by PostgreSQL ${version} and Lentera runs PostgreSQL ${POSTGRES_MAJOR}: dump it with the old version and restore it here, or choose another data directory.`,
    );
  }
  return stats;
}

/** The superuser's password, made once. It only ever exists in a file that its owner alone may read. */
async function loadPassword(dataDirectory: string, clusterExists: boolean): Promise<string> {
  const file = join(dataDirectory, "postgres.password");
  const stored = (await readFile(file, "utf8").catch(unlessMissing))?.trim();
  if (stored !== undefined && stored !== "") return stored;
  if (clusterExists) {
    throw new EmbeddedPostgresError(
      `The password of the database cluster is missing: put ${file} back from a backup, or choose another data directory.`,
    );
  }
  const password = randomBytes(24).toString("base64url");
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  return password;
}

/** Makes the cluster beside its final place, so that an interrupted start never leaves half of one. */
async function initialise({ cluster, password, programs, launcher }: Cluster): Promise<void> {
  const draft = `${cluster}.initialising-${process.pid}`;
  const passwordFile = `${draft}.password`;
  const outputFile = `${draft}.log`;
  await removeAbandonedDrafts(cluster);
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    const { account } = launcher;
    if (account !== undefined) {
      await Promise.all([draft, passwordFile].map((path) => chown(path, account.uid, account.gid)));
    }
    const output = await open(outputFile, "a");
    const args = [
      `--pgdata=${draft}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-instructions",
    ];
    const child = launcher.spawn(programs.initdb, args, output.fd);
    const stopWithUs = stopAtExit(child);
    try {
      await once(child, "exit");
      if (child.exitCode !== 0) {
        const said = (await readFile(outputFile, "utf8"))
          .trim()
          .split("\n")
          .findLast((line) => line.includes("error:") || line.includes("FATAL:"));
        throw new EmbeddedPostgresError(
          explainStart(
            reasonOf(said ?? `initdb ended with ${child.signalCode ?? `code ${child.exitCode}`}`),
            cluster,
            0,
          ),
        );
      }
    } finally {
      stopWithUs();
      await output.close();
    }
    await rename(draft, cluster);
  } finally {
    await Promise.all([draft, passwordFile, outputFile].map((path) => rm(path, { recursive: true, force: true })));
  }
}

async function removeAbandonedDrafts(cluster: string): Promise<void> {
  const directory = dirname(cluster);
  for (const name of await readdir(directory)) {
    const pid = /^postgres\.initialising-(\d+)/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(directory, name), { recursive: true, force: true });
  }
}

interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** What `postmaster.pid` says: the process on line 1, the port on line 4, the state on line 8. */
export async function readPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const lines = (await readFile(join(cluster, "postmaster.pid"), "utf8").catch(unlessMissing))?.split("\n") ?? [];
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" } : undefined;
}

/** Stops the server that a killed process left running in this cluster, and clears the traces of one that is gone. */
async function stopOrphan({ cluster, password }: Cluster, progress: (step: string) => void): Promise<void> {
  const postmaster = await readPostmaster(cluster);
  if (postmaster === undefined) return;
  if (!(await worksIn(postmaster.pid, cluster))) return forgetPostmaster(postmaster, cluster);
  if (await hasOwner(postmaster, password)) {
    throw new EmbeddedPostgresError(
      `Another Lentera is running in ${dirname(cluster)}: stop it first, or choose another data directory.`,
    );
  }
  progress("Stopping the PostgreSQL that an earlier run left behind");
  await terminate(postmaster.pid, () => worksIn(postmaster.pid, cluster));
  await forgetPostmaster(postmaster, cluster);
}

/** Removes what a server that did not shut down left: PostgreSQL takes a process not yet reaped for a living one. */
async function forgetPostmaster({ pid }: Postmaster, cluster: string): Promise<void> {
  if ((await readPostmaster(cluster))?.pid === pid) await rm(join(cluster, "postmaster.pid"), { force: true });
}

/** Whether the process runs in the cluster's directory, as every postmaster does. Without /proc any living process of that number is taken for it. */
async function worksIn(pid: number, cluster: string): Promise<boolean> {
  if (process.platform !== "linux") return isAlive(pid);
  return (await readlink(`/proc/${pid}/cwd`).catch(() => undefined)) === realpathSync(cluster);
}

/** Whether the process that started this server is still connected to it; one just killed is given a moment to be noticed. */
async function hasOwner(postmaster: Postmaster, password: string): Promise<boolean> {
  const client = new pg.Client({ ...connection(postmaster.port, password), connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    for (const deadline = Date.now() + OWNER_GRACE_MS; ; await delay(POLL_MS)) {
      const { rowCount } = await client.query("select from pg_stat_activity where application_name = $1", [
        OWNER_SESSION,
      ]);
      if (rowCount === 0 || Date.now() > deadline) return rowCount !== 0;
    }
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** How the superuser connects to the maintenance database. */
export function connection(port: number, password: string): pg.ClientConfig {
  return { host: "127.0.0.1", port, user: SUPERUSER, password, database: "postgres" };
}
