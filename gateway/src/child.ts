import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Variables, surroundings } from "./env.js";
import { StartError } from "./start-error.js";

const POLL_MS = 50;
const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;

export interface ChildOptions {
  readonly name: string;
  readonly script: URL;
  /** Answers 2xx when the process can work. */
  readonly readyUrl: string;
  readonly variables: Variables;
}

/** A process of ours, stopped with the stack it was started on. It writes its log to our standard output. */
export class Child {
  /** Rejects when the process ends without having been told to. */
  readonly failed: Promise<never>;
  readonly #process: ChildProcess;
  #isStopping = false;

  private constructor(private readonly options: ChildOptions) {
    this.#process = spawn(process.execPath, [fileURLToPath(options.script)], {
      // Ctrl+C reaches a whole terminal group; we alone decide in which order our processes stop.
      detached: true,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...surroundings(), ...options.variables },
    });
    this.failed = this.#watch();
    this.failed.catch(() => undefined);
  }

  static start(stack: AsyncDisposableStack, options: ChildOptions): Child {
    return stack.adopt(new Child(options), (child) => child.#stop());
  }

  /** Waits until the process can work. @throws StartError when it ends or takes too long; the signal's reason when it aborts. */
  async ready(signal: AbortSignal): Promise<void> {
    const deadline = performance.now() + READY_TIMEOUT_MS;
    while (!(await this.#isReady())) {
      signal.throwIfAborted();
      if (performance.now() > deadline)
        throw new StartError(`The process "${this.options.name}" did not get ready; its log above says why.`);
      await Promise.race([delay(POLL_MS), this.failed]);
    }
  }

  async #isReady(): Promise<boolean> {
    try {
      const answer = await fetch(this.options.readyUrl);
      await answer.body?.cancel();
      return answer.ok;
    } catch {
      return false;
    }
  }

  async #watch(): Promise<never> {
    await once(this.#process, "exit");
    if (!this.#isStopping) throw new StartError(`The process "${this.options.name}" ended; its log above says why.`);
    return new Promise<never>(() => undefined);
  }

  async #stop(): Promise<void> {
    this.#isStopping = true;
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGTERM");
    const cutOff = setTimeout(() => this.#process.kill("SIGKILL"), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(cutOff);
  }
}
