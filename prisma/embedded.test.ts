import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chown, mkdir, mkdtemp, open, readFile, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type EmbeddedPostgres, EmbeddedPostgresError, startEmbedded } from "./embedded.js";

const source = fileURLToPath(new URL("embedded.ts", import.meta.url));
const settings = { fsync: "off" };
const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

/** Node as an ordinary user: ourselves, or for root the user `nobody`, who may then read a checkout that only root may. */
const ordinaryNode: readonly [string, ...string[]] = isRoot
  ? [
      "setpriv",
      `--reuid=${NOBODY}`,
      `--regid=${NOBODY}`,
      "--clear-groups",
      "--inh-caps=+dac_read_search",
      "--ambient-caps=+dac_read_search",
      "--",
      process.execPath,
    ]
  : [process.execPath];

/** Gives a directory to the ordinary user. */
async function giveAway(directory: string): Promise<void> {
  if (isRoot) await chown(directory, NOBODY, NOBODY);
}

/** Node runs the sources as they are, once the names that they give each other are those of the files. */
const loadSources = `
  import { registerHooks } from "node:module";
  registerHooks({
    resolve: (name, context, next) => next(context.parentURL?.endsWith(".ts") ? name.replace(/^(\\..*)\\.js$/, "$1.ts") : name, context),
  });
  const { startEmbedded } = await import(${JSON.stringify(source)});`;

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function emptyDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "lentera-embedded-"));
  cleanUps.push(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

async function start(dataDirectory: string, port?: number): Promise<EmbeddedPostgres> {
  const postgres = await startEmbedded({ dataDirectory, settings, ...(port === undefined ? {} : { port }) });
  cleanUps.push(postgres.stop);
  return postgres;
}

/** A directory with a cluster that holds the row "kept" and is not running. */
async function usedDirectory(): Promise<string> {
  const directory = await emptyDirectory();
  const postgres = await start(directory);
  await query(postgres.adminUrl(), "create table kept as select 'kept' as value");
  await postgres.stop();
  return directory;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows.map((row) => Object.values(row)[0]);
  } finally {
    await client.end();
  }
}

async function postmasterOf(directory: string): Promise<number> {
  return Number((await readFile(join(directory, "postgres/postmaster.pid"), "utf8")).split("\n")[0]);
}

/** A process that has ended and that its parent has yet to notice is not running. */
function isRunning(pid: number): boolean {
  const { status, stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return status === 0 && !stdout.startsWith("Z");
}

interface Child {
  readonly process: ChildProcess;
  nextLine(): Promise<string>;
}

/** Another process, in a process group of its own, that starts the cluster and then runs `then` with `postgres` and `pg`. */
function startElsewhere(
  directory: string,
  then: string,
  [program, ...prefix]: readonly [string, ...string[]] = [process.execPath],
): Child {
  const script = `
    ${loadSources}
    import pg from ${JSON.stringify(import.meta.resolve("pg"))};
    const postgres = await startEmbedded({ dataDirectory: ${JSON.stringify(directory)}, settings: { fsync: "off" } });
    ${then}`;
  const child = spawn(program, [...prefix, "--input-type=module", "-e", script], {
    cwd: "/",
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  cleanUps.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  });
  return { process: child, nextLine: async () => String((await lines.next()).value) };
}

/** What the ordinary user is told when starting in a directory. */
function failureOfOrdinaryUser(directory: string): string {
  const script = `${loadSources} await startEmbedded({ dataDirectory: ${JSON.stringify(directory)} }).catch((error) => console.log(error.name, error.message));`;
  const [program, ...prefix] = ordinaryNode;
  return spawnSync(program, [...prefix, "--input-type=module", "-e", script], { cwd: "/", encoding: "utf8" }).stdout;
}

async function failure(directory: string, port?: number): Promise<string> {
  const error = await start(directory, port).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(EmbeddedPostgresError);
  const message = error instanceof Error ? error.message : "";
  expect(message).toMatch(/^[^\n]+: [^\n]+\.$/);
  return message;
}

describe("a cluster of our own", () => {
  test("is made in an empty directory, and is there again at the second start", async () => {
    const directory = await emptyDirectory();
    const steps: string[] = [];
    const first = await startEmbedded({
      dataDirectory: join(directory, "new/data"),
      onProgress: (step) => steps.push(step),
    });
    cleanUps.push(first.stop);
    expect(await query(first.adminUrl(), "show server_version_num")).toEqual([expect.stringMatching(/^18/)]);
    await query(first.adminUrl(), "create table kept as select 'kept' as value");
    await first.stop();
    const second = await startEmbedded({
      dataDirectory: join(directory, "new/data"),
      onProgress: (step) => steps.push(step),
    });
    cleanUps.push(second.stop);
    expect(await query(second.adminUrl(), "table kept")).toEqual(["kept"]);
    expect(steps).toEqual(["Creating the database cluster", "Starting PostgreSQL", "Starting PostgreSQL"]);
    expect((await readdir(join(directory, "new/data"))).toSorted()).toEqual([
      "postgres",
      "postgres.log",
      "postgres.password",
    ]);
  });

  test("commits durably, thinks in UTC and UTF-8, and lets two hundred connect", async () => {
    const { adminUrl } = await start(await emptyDirectory());
    const shown =
      "select name || '=' || setting from pg_settings where name in ('max_connections', 'synchronous_commit', 'TimeZone', 'server_encoding', 'password_encryption') order by lower(name)";
    expect(await query(adminUrl(), shown)).toEqual([
      "max_connections=200",
      "password_encryption=scram-sha-256",
      "server_encoding=UTF8",
      "synchronous_commit=on",
      "TimeZone=UTC",
    ]);
    expect(await query(adminUrl(), "select lower('ÉTÉ')")).toEqual(["été"]);
  });

  test("is closed to other machines and to whoever lacks the password, which its owner alone can read", async () => {
    const directory = await emptyDirectory();
    const { adminUrl, port } = await start(directory);
    expect(await query(adminUrl(), "show listen_addresses")).toEqual(["127.0.0.1"]);
    await expect(query(`postgresql://postgres:guess@127.0.0.1:${port}/postgres`, "select 1")).rejects.toThrow(
      "password authentication failed",
    );
    expect((await stat(join(directory, "postgres.password"))).mode & 0o777).toBe(0o600);
    expect((await stat(join(directory, "postgres"))).mode & 0o777).toBe(0o700);
  });

  test("stops within an open transaction and leaves no process", async () => {
    const directory = await emptyDirectory();
    const postgres = await start(directory);
    const client = new pg.Client({ connectionString: postgres.adminUrl() });
    client.on("error", () => undefined);
    await client.connect();
    await client.query("begin");
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    const pids = [await postmasterOf(directory), ...rows.map(({ pid }) => pid)];
    expect(pids.map(isRunning)).toEqual([true, true]);
    await Promise.all([postgres.stop(), postgres.stop()]);
    expect(pids.map(isRunning)).toEqual([false, false]);
  });

  test("is run by an ordinary user as himself, and by root as its owner", async () => {
    const directory = await emptyDirectory();
    await giveAway(directory);
    const { uid: owner } = await stat(directory);
    const stops = 'await postgres.stop(); console.log("stopped");';
    expect(await startElsewhere(directory, stops, ordinaryNode).nextLine()).toBe("stopped");
    const postgres = await start(directory);
    expect((await stat(`/proc/${await postmasterOf(directory)}`)).uid).toBe(owner);
    await postgres.stop();
    expect(await startElsewhere(directory, stops, ordinaryNode).nextLine()).toBe("stopped");
  });

  test("is never run by root, even where only root may enter", async () => {
    const directory = await emptyDirectory();
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    await start(directory);
    expect((await stat(`/proc/${await postmasterOf(directory)}`)).uid).not.toBe(0);
  });
});

describe("after an unclean end", () => {
  test("a server left behind by a killed process is stopped, and its data kept", async () => {
    const directory = await usedDirectory();
    const child = startElsewhere(directory, 'console.log("ready"); setInterval(() => {}, 1000);');
    expect(await child.nextLine()).toBe("ready");
    const orphan = await postmasterOf(directory);
    child.process.kill("SIGKILL");
    await once(child.process, "exit");
    expect(isRunning(orphan)).toBe(true);
    const { adminUrl } = await start(directory);
    expect(isRunning(orphan)).toBe(false);
    expect(await query(adminUrl(), "table kept")).toEqual(["kept"]);
  });

  test("a server that was itself killed is recovered", async () => {
    const directory = await usedDirectory();
    const killed = await start(directory);
    await query(killed.adminUrl(), "insert into kept values ('late')");
    process.kill(await postmasterOf(directory), "SIGKILL");
    const { adminUrl } = await start(directory);
    expect(await query(adminUrl(), "table kept")).toEqual(["kept", "late"]);
  });

  test("a process number that another program has since been given is not taken for the server", async () => {
    const directory = await usedDirectory();
    const other = await emptyDirectory();
    await start(other);
    const stale = `${await postmasterOf(other)}\n${directory}/postgres\n0\n5432\n\n127.0.0.1\n\nready\n`;
    await writeFile(join(directory, "postgres/postmaster.pid"), stale);
    const { adminUrl } = await start(directory);
    expect(await query(adminUrl(), "table kept")).toEqual(["kept"]);
    expect(isRunning(await postmasterOf(other))).toBe(true);
  });

  test("what an interrupted first start left is cleared away", async () => {
    const directory = await emptyDirectory();
    const gone = spawnSync(process.execPath, ["-e", ""]).pid;
    await mkdir(join(directory, `postgres.initialising-${gone}`));
    await start(directory);
    expect((await readdir(directory)).toSorted()).toEqual(["postgres", "postgres.log", "postgres.password"]);
  });

  test("a process that exits without stopping its server takes it along", async () => {
    const directory = await emptyDirectory();
    const child = startElsewhere(directory, 'process.on("SIGTERM", () => process.exit(3)); console.log("ready");');
    expect(await child.nextLine()).toBe("ready");
    const server = await postmasterOf(directory);
    child.process.kill("SIGTERM");
    expect(await once(child.process, "exit")).toEqual([3, null]);
    await vi.waitFor(() => expect(isRunning(server)).toBe(false), 10_000);
  });

  test("an interrupt from the keyboard reaches the program, and not the server under it", async () => {
    const directory = await emptyDirectory();
    const child = startElsewhere(
      directory,
      `const client = new pg.Client({ connectionString: postgres.adminUrl() });
       await client.connect();
       process.once("SIGINT", async () => {
         // Time for a server that the interrupt did reach to go down.
         await client.query("select pg_sleep(0.2)");
         await client.query("create table written_while_leaving ()");
         await client.end();
         await postgres.stop();
         console.log("left in order");
       });
       console.log("ready");`,
    );
    expect(await child.nextLine()).toBe("ready");
    process.kill(-Number(child.process.pid), "SIGINT");
    expect(await child.nextLine()).toBe("left in order");
    expect(await once(child.process, "exit")).toEqual([0, null]);
  });
});

describe("what cannot be used is named in one sentence and left as it is", () => {
  test("a directory that another Lentera uses", async () => {
    const directory = await emptyDirectory();
    const { adminUrl } = await start(directory);
    expect(await failure(directory)).toContain("Another Lentera is running");
    expect(await query(adminUrl(), "select 1")).toEqual([1]);
  });

  test("a port that another program uses", async () => {
    const directory = await usedDirectory();
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    cleanUps.push(async () => server.close());
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    expect(await failure(directory, port)).toContain(`Port ${port} is already in use`);
    expect(await query((await start(directory)).adminUrl(), "table kept")).toEqual(["kept"]);
  });

  test("a port that there is not", async () => {
    expect(await failure(await emptyDirectory(), 99_999)).toContain("Port 99999 does not exist");
  });

  test("a data directory that is a file", async () => {
    const file = join(await emptyDirectory(), "file");
    await writeFile(file, "mine");
    expect(await failure(file)).toContain("is not a directory");
    expect(await failure(join(file, "below"))).toContain("is not a directory");
    expect(await readFile(file, "utf8")).toBe("mine");
  });

  test("a cluster that is a file", async () => {
    const directory = await emptyDirectory();
    await writeFile(join(directory, "postgres"), "mine");
    expect(await failure(directory)).toContain("is not a directory");
    expect(await readFile(join(directory, "postgres"), "utf8")).toBe("mine");
  });

  test("a data directory without the right to write", async () => {
    const directory = await emptyDirectory();
    const locked = join(directory, "locked");
    await mkdir(locked, { mode: 0o555 });
    await giveAway(directory);
    for (const target of [locked, join(locked, "below")]) {
      expect(failureOfOrdinaryUser(target)).toBe(
        `EmbeddedPostgresError The data directory ${target} cannot be written: give this user the right to write there, or choose another data directory.\n`,
      );
    }
  });

  test("a cluster of another user", async () => {
    const directory = await emptyDirectory();
    await symlink("/", join(directory, "postgres"));
    await giveAway(directory);
    expect(failureOfOrdinaryUser(directory)).toMatch(
      /^EmbeddedPostgresError The database cluster .* belongs to another user: .*\.\n$/,
    );
  });

  test("a cluster without its PG_VERSION", async () => {
    const directory = await usedDirectory();
    await rm(join(directory, "postgres/PG_VERSION"));
    expect(await failure(directory)).toContain("PG_VERSION is missing");
    expect(await readdir(join(directory, "postgres"))).toContain("base");
  });

  test("a cluster of another PostgreSQL", async () => {
    const directory = await usedDirectory();
    await writeFile(join(directory, "postgres/PG_VERSION"), "16\n");
    expect(await failure(directory)).toContain("was made by PostgreSQL 16 and Lentera runs PostgreSQL 18");
  });

  test("a cluster whose control file is damaged", async () => {
    const directory = await usedDirectory();
    const control = await open(join(directory, "postgres/global/pg_control"), "r+");
    await control.write(Buffer.alloc(64, 0xff), 0, 64, 100);
    await control.close();
    expect(await failure(directory)).toMatch(/could not start in .*incorrect checksum in control file/);
    expect(await readdir(join(directory, "postgres/base"))).not.toEqual([]);
  });

  test("a cluster whose password is lost or wrong", async () => {
    const directory = await usedDirectory();
    await writeFile(join(directory, "postgres.password"), "guess\n");
    expect(await failure(directory)).toContain("does not accept the stored password");
    await expect(stat(join(directory, "postgres/postmaster.pid"))).rejects.toThrow("ENOENT");
    await rm(join(directory, "postgres.password"));
    expect(await failure(directory)).toContain("password of the database cluster is missing");
  });
});
