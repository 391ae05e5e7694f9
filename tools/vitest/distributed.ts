import { rm } from "node:fs/promises";
import { connect } from "node:net";
import { once } from "node:events";
import type { TestProject } from "vitest/node";
import { freePort, startProcess, startSystem } from "./system.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** One Lentera in six processes, with a Redis of its own, for all test files of the project. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const directory = await temporaryDirectory();
  const port = await freePort();
  const options = { bind: "127.0.0.1", port: String(port), dir: directory, save: "", appendonly: "no" };
  const redis = startProcess(
    "redis-server",
    Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
  );
  const stopRedis = async (): Promise<void> => {
    await redis.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await redis.until(async () => accepts(port));
    const stopSystem = await startSystem(project, "distributed", { REDIS_URL: `redis://127.0.0.1:${port}` });
    return async () => {
      await stopSystem();
      await stopRedis();
    };
  } catch (error) {
    await stopRedis();
    throw error;
  }
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } finally {
    socket.destroy();
  }
}
