/**
 * `npm test`: every check that stands between a change and its users, in order. A failing step does not stop the next one,
 * so that one run shows all that is wrong; `npm test -- unit lint` runs those steps only. The last line reads
 * `N passed, N failed`: the tests of every suite, and one for every other step.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compareGenerated, readGenerated } from "./generated.ts";

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** Shown when the step failed. */
  readonly output: string;
  readonly note?: string;
}

interface Step {
  readonly name: string;
  run(): Promise<Outcome>;
  /** Why this machine cannot run the step. */
  readonly lacks?: string | undefined;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const continuousIntegration = ["true", "1"].includes(process.env["CI"] ?? "");
const generatedBefore = readGenerated(root);
const reports = mkdtempSync(join(tmpdir(), "lentera-verify-"));
let running: ChildProcess | undefined;

const redis = program(["redis-server"]) ? undefined : "needs redis-server (Debian: apt-get install redis-server)";
const chromium = program(["chromium", "chromium-browser", "google-chrome"])
  ? undefined
  : "needs Chromium (Debian: apt-get install chromium)";
const projects = globSync(["prisma", "subgraphs/*", "gateway{,/*}", "dashboards/*", "bench", "tools"], {
  cwd: root,
}).filter((directory) => existsSync(join(root, directory, "tsconfig.json")));

const steps: Step[] = [
  { name: "build", run: () => check(process.execPath, ["tools/build.ts"]) },
  { name: "format", run: () => check("oxfmt", ["--check"]) },
  { name: "types", run: () => check("tsc", ["-b", ...projects]) },
  // After the types, as its rules read the declarations that those write.
  { name: "lint", run: () => check("oxlint", ["--deny-warnings"]) },
  { name: "boundaries", run: () => check(process.execPath, ["tools/boundaries.ts"]) },
  { name: "dead code", run: () => check("knip", ["--no-config-hints"]) },
  { name: "generated files", run: generatedFiles },
  { name: "migrations", run: () => check(process.execPath, ["prisma/dist/cli.js", "check"]) },
  { name: "unit", run: () => suite("unit") },
  { name: "integration", run: () => suite("integration") },
  { name: "redis", run: () => suite("redis"), lacks: redis },
  { name: "gateway", run: () => suite("gateway") },
  { name: "all-in-one", run: () => suite("all-in-one") },
  { name: "distributed", run: () => suite("distributed"), lacks: redis },
  { name: "browser", run: () => suite("browser"), lacks: chromium },
];

process.on("exit", () => rmSync(reports, { recursive: true, force: true }));

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !steps.some((step) => step.name === name));
if (unknown !== undefined) {
  console.error(`There is no step "${unknown}": choose from ${steps.map(({ name }) => `"${name}"`).join(", ")}.`);
  process.exit(1);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    running?.kill(signal);
    process.exit(128 + constants.signals[signal]);
  });
}

let passed = 0;
let failed = 0;
for (const step of steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const startedAt = performance.now();
  const stopTicker = showProgress(step.name);
  const { output, note, ...counts } = await outcomeOf(step);
  stopTicker();
  passed += counts.passed;
  failed += counts.failed;
  const mark = counts.failed > 0 ? "failed" : counts.passed > 0 ? "passed" : "not run";
  const seconds = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  console.log(
    `${mark.padEnd(8)} ${step.name.padEnd(16)} ${seconds.padStart(8)}${note === undefined ? "" : `  ${note}`}`,
  );
  if (counts.failed > 0 && output.trim() !== "") console.log(`\n${output.trim()}\n`);
}
process.exitCode = failed > 0 ? 1 : 0;
console.log(`${passed} passed, ${failed} failed`);

/** Runs a step, or says by name what it lacks, which counts as a failure only where everything must be there. */
async function outcomeOf(step: Step): Promise<Outcome> {
  if (step.lacks !== undefined) {
    return { passed: 0, failed: continuousIntegration ? 1 : 0, output: "", note: step.lacks };
  }
  return step.run();
}

/** A step that passes when its command does. */
async function check(command: string, args: string[]): Promise<Outcome> {
  const { code, output } = await execute(command, args);
  return code === 0 ? { passed: 1, failed: 0, output } : { passed: 0, failed: 1, output };
}

async function generatedFiles(): Promise<Outcome> {
  const outcome = await check(process.execPath, ["tools/codegen.ts"]);
  if (outcome.failed > 0) return outcome;
  const stale = compareGenerated(generatedBefore, readGenerated(root));
  if (stale.length === 0) return outcome;
  return {
    passed: 0,
    failed: 1,
    output: `Not what their sources say (regenerated now, commit them):\n${stale.join("\n")}`,
  };
}

/** A vitest project; its tests are counted one by one, and a suite without any has failed. */
async function suite(name: string): Promise<Outcome> {
  const report = join(reports, `${name}.json`);
  const { code, output } = await execute("vitest", [
    "run",
    "--project",
    name,
    "--allowOnly=false",
    "--passWithNoTests=false",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  const counts = readReport(report);
  const unexplained = counts.failed === 0 && (code !== 0 || counts.passed === 0) ? 1 : 0;
  return {
    passed: counts.passed,
    // A skipped test proves nothing.
    failed: counts.failed + counts.skipped + unexplained,
    output,
    note: `${counts.passed + counts.failed} tests${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ""}`,
  };
}

function readReport(file: string): { passed: number; failed: number; skipped: number } {
  const report: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const count = (key: string): number => {
    const value: unknown = typeof report === "object" && report !== null ? Reflect.get(report, key) : undefined;
    return typeof value === "number" ? value : 0;
  };
  return {
    passed: count("numPassedTests"),
    failed: count("numFailedTests"),
    skipped: count("numPendingTests") + count("numTodoTests"),
  };
}

function execute(command: string, args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: {
        ...process.env,
        PATH: `${join(root, "node_modules", ".bin")}${delimiter}${process.env["PATH"] ?? ""}`,
        ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" }),
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running = child;
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", (error) => resolve({ code: 1, output: error.message }));
    child.on("close", (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }));
  });
}

/** On a terminal, one line that says what runs and for how long; returns the way to take it off. */
function showProgress(name: string): () => void {
  if (!process.stdout.isTTY) return () => undefined;
  const startedAt = performance.now();
  const show = (): void => {
    process.stdout.write(`\r\x1b[Krunning  ${name} ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  };
  show();
  const ticker = setInterval(show, 1000);
  return () => {
    clearInterval(ticker);
    process.stdout.write("\r\x1b[K");
  };
}

/** Whether one of these programs is on the PATH. */
function program(names: string[]): boolean {
  const directories = (process.env["PATH"] ?? "").split(delimiter);
  return names.some((name) => directories.some((directory) => existsSync(join(directory, name))));
}
