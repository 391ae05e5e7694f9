/** Builds every workspace through turbo, which does nothing for what has not changed. One line when it works, everything when it does not. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const turbo = fileURLToPath(import.meta.resolve("turbo/bin/turbo"));
const root = fileURLToPath(new URL("..", import.meta.url));
const startedAt = performance.now();
const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);

const child = spawn(process.execPath, [turbo, "run", "build", "--output-logs=errors-only", "--concurrency=100%"], {
  cwd: root,
  env: {
    ...process.env,
    TURBO_TELEMETRY_DISABLED: "1",
    DO_NOT_TRACK: "1",
    CHECKPOINT_DISABLE: "1",
    npm_config_update_notifier: "false",
  },
  stdio: ["ignore", "pipe", "pipe"],
});
const output: Buffer[] = [];
child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
child.stderr.on("data", (chunk: Buffer) => output.push(chunk));

const ticker = process.stdout.isTTY
  ? setInterval(() => process.stdout.write(`\rBuilding Lentera, ${seconds()} s`), 200)
  : undefined;

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));

child.on("close", (code) => {
  clearInterval(ticker);
  if (process.stdout.isTTY) process.stdout.write("\r\x1b[K");
  if (code === 0) {
    console.log(`Built Lentera in ${seconds()} s.`);
    return;
  }
  process.stderr.write(Buffer.concat(output));
  console.error(`The build failed after ${seconds()} s; the messages above say where.`);
  process.exitCode = 1;
});
