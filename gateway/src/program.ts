import { once } from "node:events";
import { inspect } from "node:util";
import { StartError } from "./start-error.js";

/** What a program's start is given. */
export interface Step {
  /** What has to be closed at the end, latest first. */
  readonly stack: AsyncDisposableStack;
  /** Aborts when the program is told to stop. */
  readonly signal: AbortSignal;
  /** Tells the person who waits what is being done now. */
  readonly progress: (step: string) => void;
}

/**
 * Runs a program until SIGINT or SIGTERM, closes what it opened and ends the process: with 0 when it was told to stop,
 * with 1 and one sentence when it cannot start.
 */
export async function runProgram(start: (step: Step) => Promise<void>): Promise<never> {
  const stopping = new AbortController();
  const { signal } = stopping;
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => stopping.abort());
  const stack = new AsyncDisposableStack();
  const startedAt = performance.now();
  const progress = (step: string): void => void process.stdout.write(`${seconds(startedAt).padStart(6)} s  ${step}\n`);
  let exitCode = 0;
  try {
    await start({ stack, signal, progress });
    if (!signal.aborted) await once(signal, "abort");
  } catch (error) {
    if (!signal.aborted) {
      exitCode = 1;
      process.stderr.write(`${error instanceof StartError ? error.message : inspect(error)}\n`);
    }
  }
  try {
    await stack.disposeAsync();
  } catch (error) {
    exitCode = 1;
    process.stderr.write(`${inspect(error)}\n`);
  }
  process.exit(exitCode);
}

/** Seconds since `startedAt`, with one decimal. */
export function seconds(startedAt: number): string {
  return ((performance.now() - startedAt) / 1000).toFixed(1);
}

/** The result of a step that may be left half done. @throws the signal's reason as soon as it aborts. */
export async function unlessAborted<Result>(signal: AbortSignal, step: Promise<Result>): Promise<Result> {
  signal.throwIfAborted();
  const finished = new AbortController();
  const aborted = once(signal, "abort", { signal: finished.signal }).then(() => signal.throwIfAborted());
  try {
    await Promise.race([step, aborted]);
  } finally {
    finished.abort();
    aborted.catch(() => undefined);
    if (signal.aborted) step.catch(() => undefined);
  }
  return step;
}
