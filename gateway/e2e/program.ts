import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A program of the gateway, started as a person would. */
export class Program {
  readonly process: ChildProcess;
  /** The exit code and everything that was printed. */
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>;
  #output = "";

  constructor(script: "all-in-one" | "distributed", variables: Record<string, string>) {
    this.process = spawn(process.execPath, [fileURLToPath(new URL(`../dist/${script}.js`, import.meta.url))], {
      env: { PATH: "/usr/local/bin:/usr/bin:/bin", ...variables },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.on("data", (chunk: Buffer) => {
        this.#output += chunk.toString();
        this.process.emit("printed");
      });
    this.ended = once(this.process, "close").then(() => ({ code: this.process.exitCode, output: this.#output }));
  }

  /** Resolves when the program has printed this. @throws when it ends without. */
  async says(text: string): Promise<void> {
    const ended = this.ended.then(({ output }) => {
      if (!output.includes(text)) throw new Error(`The program ended without having said "${text}":\n${output}`);
    });
    while (!this.#output.includes(text)) await Promise.race([once(this.process, "printed"), ended]);
    ended.catch(() => undefined);
  }

  /** Tells it to stop, and waits until it has. */
  stop(signal: NodeJS.Signals = "SIGTERM"): Program["ended"] {
    this.process.kill(signal);
    return this.ended;
  }
}
