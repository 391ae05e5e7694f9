import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readAllInOne } from "./env.js";
import { loadSecrets } from "./secrets.js";
import { StartError } from "./start-error.js";

describe("the secrets of an installation", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "lentera-secrets-"));
  });
  afterEach(() => rm(directory, { recursive: true }));
  const environment = (variables: Record<string, string> = {}) =>
    readAllInOne({ LENTERA_DATA_DIR: join(directory, "data"), ...variables });

  it("are made once, differ from each other, and can be read by their owner alone", async () => {
    const made = await loadSecrets(environment());
    expect(new Set([made.appPassword, made.viewerSecret, ...made.encryptionKeys]).size).toBe(3);
    expect(await loadSecrets(environment())).toEqual(made);
    expect((await stat(join(directory, "data", "secrets.json"))).mode & 0o777).toBe(0o600);
  });

  it("come from the environment where it has them", async () => {
    const secret = "a secret of more than 32 characters";
    const kept = await loadSecrets(environment());
    expect(await loadSecrets(environment({ VIEWER_SECRET: secret }))).toEqual({ ...kept, viewerSecret: secret });
  });

  it("are not made anew over a damaged file", async () => {
    await loadSecrets(environment());
    await writeFile(join(directory, "data", "secrets.json"), "{");
    await expect(loadSecrets(environment())).rejects.toThrow(StartError);
    await expect(loadSecrets(environment())).rejects.toThrow("is damaged; put it back from a backup");
  });

  it("need a directory that can be written", async () => {
    await writeFile(join(directory, "data"), "");
    await expect(loadSecrets(environment())).rejects.toThrow(
      `The data directory ${join(directory, "data")} cannot be written;`,
    );
  });
});
