import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { Redis } from "ioredis";

/** A real Redis of this test file's own, in memory only. */
export interface RedisForTests {
  readonly url: string;
  /** Ends it at once and starts it anew at the same address. It remembers what it was told to, and nothing else. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the machine's `redis-server` on a free port. With a `directory` it writes down everything before it answers.
 * @throws when there is none, or when it ends instead of answering
 */
export async function startRedis(directory?: string): Promise<RedisForTests> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const durable = directory === undefined ? ["--appendonly", "no"] : ["--appendonly", "yes", "--appendfsync", "always"];
  const start = async (): Promise<ChildProcess> => {
    const place = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", directory ?? tmpdir()];
    const child = spawn("redis-server", [...place, ...durable], { stdio: "ignore" });
    await once(child, "spawn");
    await untilItAnswers(url, child);
    return child;
  };
  let child = await start();
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ended = once(child, "exit");
    if (child.kill(signal)) await ended;
  };
  return {
    url,
    crash: async () => {
      await end("SIGKILL");
      child = await start();
    },
    stop: () => end("SIGTERM"),
  };
}

async function untilItAnswers(url: string, child: ChildProcess): Promise<void> {
  const redis = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  redis.on("error", () => undefined); // not yet
  const answered = redis.ping();
  const ended = once(child, "exit").then(() => "ended");
  const outcome = await Promise.race([answered, ended]);
  redis.disconnect();
  if (outcome === "ended") throw new Error("redis-server ended instead of answering: start it by hand to see why.");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No free port could be found.");
  return address.port;
}
