import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "../../tools/vitest/system.ts";
import { Program } from "./program.ts";

const READY = "Lentera is ready";

describe("npm start", () => {
  let directory: string;
  let port: number;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "lentera-start-"));
    port = await freePort();
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));
  const start = (variables: Record<string, string> = {}): Program =>
    new Program("all-in-one", { PORT: String(port), LENTERA_DATA_DIR: join(directory, "data"), ...variables });
  const isReady = async (): Promise<boolean> => (await fetch(`http://localhost:${port}/readyz`)).ok;
  /** Processes whose command line names our data directory. */
  const left = (): string =>
    execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" })
      .split("\n")
      .filter((line) => line.includes(directory))
      .join("\n");

  it("says in one sentence which variable is wrong", async () => {
    const { code, output } = await start({ PORT: "four thousand" }).ended;
    expect(output).toBe(
      "The environment variable PORT has to be a whole number from 1 to 65535, but it is something else.\n",
    );
    expect(code).toBe(1);
  });

  it("says in one sentence that the port is in use", async () => {
    const other = createServer().listen(port, "localhost");
    await once(other, "listening");
    const { code, output } = await start().ended;
    other.close();
    expect(output).toBe(`Port ${port} is in use; stop the program that uses it or set PORT to a free port.\n`);
    expect(code).toBe(1);
  });

  it("says in one sentence that the data directory cannot be written", async () => {
    await writeFile(join(directory, "data"), "a file");
    const { code, output } = await start().ended;
    expect(output).toBe(
      `The data directory ${join(directory, "data")} cannot be written; correct its owner, or set LENTERA_DATA_DIR to another directory.\n`,
    );
    expect(code).toBe(1);
  });

  it("stops cleanly, keeps its data, starts again quickly, survives kill -9, and leaves a damaged cluster alone", async () => {
    const first = start();
    await first.says(READY);
    expect(await isReady()).toBe(true);
    const stopped = await first.stop("SIGINT");
    expect(stopped.code).toBe(0);
    expect(stopped.output).toContain("student@nusantara.test");
    expect(left()).toBe("");

    const startedAt = performance.now();
    const second = start();
    await second.says(READY);
    // 5 s on a machine of its own; other tests share this one.
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    second.process.kill("SIGKILL");
    await second.ended;

    const third = start();
    await third.says(READY);
    expect(await isReady()).toBe(true);
    expect((await third.stop()).code).toBe(0);
    expect(left()).toBe("");

    const control = join(directory, "data", "postgres", "global", "pg_control");
    await truncate(control, 100);
    const { code, output } = await start().ended;
    expect(code).toBe(1);
    expect(output.trim().split("\n").at(-1)).toContain("damaged");
    expect(await readFile(control)).toHaveLength(100);
    expect(left()).toBe("");
  });

  it("stops when it is told to while it is still starting", async () => {
    const program = start();
    await program.says("Preparing the databases");
    expect((await program.stop()).code).toBe(0);
    expect(left()).toBe("");
  });
});
