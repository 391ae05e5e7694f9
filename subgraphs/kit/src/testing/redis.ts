import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { Redis } from "ioredis";

/** A real Redis of this test file's own, in memory only. */
export interface RedisForTests {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the machine's `redis-server` on a free port. @throws when there is none, or when it ends instead of answering */
export async function startRedis(): Promise<RedisForTests> {
  const port = await freePort();
  const child = spawn(
    "redis-server",
    ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
    {
      stdio: "ignore",
    },
  );
  await once(child, "spawn");
  const url = `redis://127.0.0.1:${port}`;
  await untilItAnswers(url, child);
  return {
    url,
    stop: async () => {
      const ended = once(child, "exit");
      if (child.kill()) await ended;
    },
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
