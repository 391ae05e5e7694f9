import { Worker } from "node:worker_threads";
import { SCORING_WORKER, type ScoreJob, scoreRows } from "./block-kernel.js";
import { buildTables, shapeFor } from "./block-tables.js";
import type { AbilityEstimate } from "./eap.js";
import type { ItemBank } from "./model.js";
import { DEFAULT_QUADRATURE, type Quadrature } from "./quadrature.js";
import { type ResponseMatrix, hasMissing } from "./responses.js";

/** Abilities of many papers, in the order of the rows. */
export class BatchEstimates {
  readonly #pairs: Float64Array;

  constructor(pairs: Float64Array) {
    this.#pairs = pairs;
  }

  get length(): number {
    return this.#pairs.length / 2;
  }

  /** @throws RangeError outside the batch */
  at(row: number): AbilityEstimate {
    const ability = this.#pairs[2 * row];
    const standardError = this.#pairs[2 * row + 1];
    if (ability === undefined || standardError === undefined) throw new RangeError(`There is no row ${row}.`);
    return { ability, standardError };
  }
}

/** EAP ability and posterior standard deviation of every row; the same values as `estimateEap` of each. */
export function scoreBatch(
  bank: ItemBank,
  matrix: ResponseMatrix,
  quadrature: Quadrature = DEFAULT_QUADRATURE,
): BatchEstimates {
  const job = jobOf(bank, matrix, quadrature);
  scoreRows(job);
  return new BatchEstimates(job.estimates);
}

function jobOf(bank: ItemBank, { rows, codes }: ResponseMatrix, quadrature: Quadrature): ScoreJob {
  const tables = buildTables(
    bank,
    quadrature,
    shapeFor({ rows, nodes: quadrature.nodes.length, hasMissing: hasMissing(codes) }),
  );
  const estimates = new Float64Array(new SharedArrayBuffer(2 * rows * Float64Array.BYTES_PER_ELEMENT));
  return { tables, codes, from: 0, to: rows, estimates };
}

/** Fewer rows than this are scored sooner than a thread has heard of them. */
const ROWS_PER_THREAD = 5_000;

/** Threads that stay, for large batches in a process that answers requests meanwhile. */
export class ScoringPool {
  readonly #workers: readonly Worker[];
  /** One batch at a time: a worker's reply belongs to the only job it has. */
  #last: Promise<unknown> = Promise.resolve();

  /** @param threads at least 1 */
  constructor(threads: number) {
    this.#workers = Array.from(
      { length: threads },
      () =>
        new Worker(new URL(import.meta.url.endsWith(".ts") ? "block-kernel.ts" : "block-kernel.js", import.meta.url), {
          workerData: SCORING_WORKER,
        }),
    );
  }

  /** Like `scoreBatch`, on all threads at once and off the caller's. Batches queue. */
  score(bank: ItemBank, matrix: ResponseMatrix, quadrature: Quadrature = DEFAULT_QUADRATURE): Promise<BatchEstimates> {
    const result = this.#last.then(() => this.#run(jobOf(bank, matrix, quadrature), matrix.rows));
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #run(job: ScoreJob, rows: number): Promise<BatchEstimates> {
    const codes = inSharedMemory(job.codes);
    const threads = Math.max(1, Math.min(this.#workers.length, Math.ceil(rows / ROWS_PER_THREAD)));
    await Promise.all(
      this.#workers.slice(0, threads).map((worker, index) => {
        const from = Math.floor((rows * index) / threads);
        const to = Math.floor((rows * (index + 1)) / threads);
        return ask(worker, { ...job, codes, from, to });
      }),
    );
    return new BatchEstimates(job.estimates);
  }

  /** Ends the threads; batches that have not been scored then fail. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

function inSharedMemory(codes: Uint8Array): Uint8Array {
  if (codes.buffer instanceof SharedArrayBuffer) return codes;
  const copy = new Uint8Array(new SharedArrayBuffer(codes.length));
  copy.set(codes);
  return copy;
}

function ask(worker: Worker, job: ScoreJob): Promise<void> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number) => reject(new Error(`A scoring thread ended with code ${code}.`));
    worker.once("error", reject);
    worker.once("exit", onExit);
    worker.once("message", () => {
      worker.off("error", reject);
      worker.off("exit", onExit);
      resolve();
    });
    worker.postMessage(job, []);
  });
}
