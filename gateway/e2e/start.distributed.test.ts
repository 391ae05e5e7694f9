import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "../../tools/vitest/system.ts";
import { Program } from "./program.ts";

describe("npm run start:distributed", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "lentera-distributed-"));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));
  const start = async (variables: Record<string, string>): Promise<Program> =>
    new Program("distributed", { PORT: String(await freePort(5)), LENTERA_DATA_DIR: directory, ...variables });

  it("says in one sentence that it needs a Redis", async () => {
    const { code, output } = await (await start({})).ended;
    expect(output).toBe(
      "The environment variable REDIS_URL has to be a URL such as redis://localhost:6379, as the processes hear of each other through Redis, but it is not set.\n",
    );
    expect(code).toBe(1);
  });

  it("says in one sentence that its Redis does not answer", async () => {
    const port = await freePort();
    const { code, output } = await (await start({ REDIS_URL: `redis://localhost:${port}` })).ended;
    expect(output).toBe(`No Redis answers at localhost:${port}; start one there or set REDIS_URL to one that runs.\n`);
    expect(code).toBe(1);
  });
});
