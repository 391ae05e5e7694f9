import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

// Generates `<subgraph>/client` from every `<subgraph>/schema.prisma` of a folder, by default this one. What was generated
// from the same schema by the same Prisma is left alone. Needs no network: the engine that Prisma would download only serves
// other commands, so any existing file stands in for it.

const root = process.argv[2] ?? import.meta.dirname;
const manifest = createRequire(import.meta.url).resolve("prisma/package.json");
const prisma = join(dirname(manifest), "build/index.js");
const version = await readFile(manifest, "utf8");
const environment = {
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
  CHECKPOINT_DISABLE: "1",
  PRISMA_HIDE_UPDATE_MESSAGE: "1",
};

async function generate(folder: string): Promise<void> {
  const schema = join(folder, "schema.prisma");
  const client = join(folder, "client");
  const mark = join(client, "generated-from.txt");
  const source = createHash("sha256")
    .update(version)
    .update(await readFile(schema))
    .digest("hex");
  if (existsSync(mark) && (await readFile(mark, "utf8")) === source) return;
  await rm(client, { recursive: true, force: true });
  await promisify(execFile)(process.execPath, [prisma, "generate", "--schema", schema], {
    cwd: root,
    env: environment,
  });
  await writeFile(mark, source);
  process.stdout.write(`Generated ${client}\n`);
}

const entries = await readdir(root, { withFileTypes: true });
const waiting = entries
  .filter((entry) => existsSync(join(root, entry.name, "schema.prisma")))
  .map((entry) => join(root, entry.name));
const worker = async (): Promise<void> => {
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) await generate(folder);
};
try {
  await Promise.all([worker(), worker()]);
} catch (error) {
  const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
  process.stderr.write(`Prisma could not generate a client:\n${said}\n`);
  process.exitCode = 1;
}
