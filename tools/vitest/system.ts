import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { temporaryDirectory } from "./temporary-directory.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Base URL of the running Lentera, without a slash at the end. */
    lenteraUrl: string;
    /** How the running Lentera was started. */
    lenteraWay: Way;
  }
}

export type Way = "all-in-one" | "distributed";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** In distributed mode the subgraphs take the ports after the gateway's. */
const SUBGRAPH_PORTS = 5;
const READY_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 30_000;
const POLL_MS = 100;

/**
 * Starts the built Lentera on free ports with an empty data directory, waits until it is ready and gives its address to the
 * tests, by `inject("lenteraUrl")` and as `LENTERA_URL`. Resolves to the way to stop it.
 */
export async function startSystem(
  project: TestProject,
  way: Way,
  environment: Record<string, string> = {},
): Promise<() => Promise<void>> {
  const dataDirectory = await temporaryDirectory();
  const port = await freePort(SUBGRAPH_PORTS);
  const url = `http://127.0.0.1:${port}`;
  const server = startProcess(process.execPath, [`gateway/dist/${way}.js`], {
    ...environment,
    PORT: String(port),
    LENTERA_DATA_DIR: dataDirectory,
  });
  const tearDown = async (): Promise<void> => {
    await server.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  };
  try {
    await server.until(async () => (await fetch(`${url}/readyz`)).ok);
  } catch (error) {
    await tearDown();
    throw error;
  }
  process.env["LENTERA_URL"] = url;
  project.provide("lenteraUrl", url);
  project.provide("lenteraWay", way);
  return tearDown;
}

export interface RunningProcess {
  /** Waits until `condition` holds; throws with the process's output when it ends or takes too long. */
  until(condition: () => Promise<boolean>): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a program at the repository's root and keeps the end of its output for the message of a failure. */
export function startProcess(
  program: string,
  args: string[],
  environment: Record<string, string> = {},
): RunningProcess {
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, REDIS_URL: undefined, DATABASE_ADMIN_URL: undefined, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let failure: Error | undefined;
  const keep = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-10_000));
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  child.on("error", (error) => (failure = error));
  return {
    async until(condition) {
      const deadline = performance.now() + READY_TIMEOUT_MS;
      while (!(await condition().catch(() => false))) {
        if (failure !== undefined) throw failure;
        if (hasEnded(child)) throw new Error(`${program} ${args.join(" ")} ended instead of getting ready:\n${output}`);
        if (performance.now() > deadline) throw new Error(`${program} ${args.join(" ")} is not ready:\n${output}`);
        await delay(POLL_MS);
      }
    },
    async stop() {
      if (hasEnded(child) || failure !== undefined) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
      await ended;
      clearTimeout(late);
    },
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Below the ports that the system lends to outgoing connections, which come and go at any moment. */
const [FIRST_PORT, LAST_PORT] = [20_000, 32_000];

/** A port of 127.0.0.1 that nobody listens on at this moment, and nobody on the `following` ports after it either. */
export async function freePort(following = 0): Promise<number> {
  for (;;) {
    const first = randomInt(FIRST_PORT, LAST_PORT - following);
    const all = await Promise.all(Array.from({ length: following + 1 }, (_, index) => tryPort(first + index)));
    if (all.every((port) => port !== undefined)) return first;
  }
}

/** Listens for a moment; resolves to the port, or to undefined when it is taken. */
async function tryPort(port: number): Promise<number | undefined> {
  const server = createServer();
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    return address === null || typeof address === "string" ? undefined : address.port;
  } catch {
    return undefined;
  } finally {
    server.close();
  }
}
