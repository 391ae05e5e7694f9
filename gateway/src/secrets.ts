import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { HostingEnvironment } from "./env.js";
import { StartError } from "./start-error.js";

const secretsFile = z.object({
  /** Of the roles that the subgraphs connect to their databases with. */
  appPassword: z.string(),
  /** Between gateway and subgraphs. */
  viewerSecret: z.string(),
  /** Newest first. */
  encryptionKeys: z.array(z.string()),
});
export type Secrets = z.infer<typeof secretsFile>;

/**
 * The secrets of an installation: from the environment, otherwise those in `secrets.json` of the data directory, which
 * is made at the first start and which its owner alone can read.
 * @throws StartError when the file is damaged or cannot be used.
 */
export async function loadSecrets(environment: HostingEnvironment): Promise<Secrets> {
  const { LENTERA_DATA_DIR, DATABASE_APP_PASSWORD, VIEWER_SECRET, ENCRYPTION_KEYS } = environment;
  const kept = await keptSecrets(LENTERA_DATA_DIR);
  return {
    appPassword: DATABASE_APP_PASSWORD ?? kept.appPassword,
    viewerSecret: VIEWER_SECRET ?? kept.viewerSecret,
    encryptionKeys: ENCRYPTION_KEYS ?? kept.encryptionKeys,
  };
}

async function keptSecrets(directory: string): Promise<Secrets> {
  const file = join(directory, "secrets.json");
  try {
    await mkdir(directory, { recursive: true });
    if (!existsSync(file)) await make(file);
  } catch (cause) {
    throw new StartError(
      `The data directory ${directory} cannot be written; correct its owner, or set LENTERA_DATA_DIR to another directory.`,
      { cause },
    );
  }
  return parsed(file, await readFile(file, "utf8"));
}

/** Appears whole or not at all, and never replaces what another process made at the same time. */
async function make(file: string): Promise<void> {
  const secrets: Secrets = { appPassword: random(), viewerSecret: random(), encryptionKeys: [random()] };
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(secrets, undefined, 2)}\n`, { mode: 0o600 });
  try {
    await link(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    await rm(draft);
  }
}

function parsed(file: string, text: string): Secrets {
  try {
    return secretsFile.parse(JSON.parse(text));
  } catch (cause) {
    throw new StartError(
      `The file ${file} is damaged; put it back from a backup, as the stored secrets cannot be read without it.`,
      { cause },
    );
  }
}

function random(): string {
  return randomBytes(32).toString("base64url");
}
