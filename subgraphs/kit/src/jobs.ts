import { setTimeout as delay } from "node:timers/promises";
import { Logger as WorkerLogger, type Runner, parseCronItems, run } from "graphile-worker";
import pg from "pg";
import type { Logger } from "pino";
import type { RawClient } from "./context.js";
import { asSystem } from "./database.js";

/** Background work. Runs at least once: `run` must bear repetition. */
export interface Job {
  /** Dotted and stable, e.g. `attempt.expire`: rows with this name outlive deployments. */
  readonly name: string;
  /**
   * Runs the job at these minutes in UTC, e.g. `0 23 * * *`, once however many workers there are. What fell due while
   * none was there is made up for within a day.
   */
  readonly cron?: string;
  run(payload: unknown): Promise<void>;
}

export interface JobOptions {
  /** A later job with the same key replaces an earlier one that has not started. */
  readonly key?: string;
  readonly runAt?: Date;
  readonly maximumAttempts?: number;
  /** Jobs of one queue run one after the other. */
  readonly queue?: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Adds a job in the caller's transaction: it exists exactly when the transaction commits. */
export async function addJob(tx: RawClient, name: string, payload: unknown, options: JobOptions = {}): Promise<void> {
  await tx.$executeRawUnsafe(
    "select app.add_job($1, $2::json, $3, $4::timestamptz, $5::int, $6)",
    name,
    JSON.stringify(payload),
    options.key ?? null,
    options.runAt?.toISOString() ?? null,
    options.maximumAttempts ?? null,
    options.queue ?? null,
  );
}

/** Starts working off the queue of one database. `pool` belongs to the owner of the queue's tables. */
export async function startWorker(pool: pg.Pool, jobs: readonly Job[], logger: Logger): Promise<Runner> {
  const taskList = Object.fromEntries(
    jobs.map((job) => [job.name, async (payload: unknown) => asSystem(() => job.run(payload))]),
  );
  const options = { backfillPeriod: DAY_MS };
  const runner = await run({
    pgPool: pool,
    taskList,
    parsedCronItems: parseCronItems(
      jobs.flatMap(({ name, cron }) => (cron === undefined ? [] : [{ task: name, match: cron, options }])),
    ),
    concurrency: 4,
    noHandleSignals: true,
    pollInterval: 1000,
    logger: new WorkerLogger(() => (level, message) => {
      if (level === "warning") logger.warn(message);
    }),
  });
  runner.events.on("job:error", ({ job, error }) => {
    logger.error({ job: job.task_identifier, attempt: job.attempts, err: error }, "job failed");
  });
  return runner;
}

const POLL_INTERVAL_MS = 50;

/** Resolves when no job of the database is due: what is waiting is scheduled for later or has failed for good. */
export async function jobsDone(ownerUrl: string): Promise<void> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    for (;;) {
      const { rows } = await client.query(
        "select 1 from graphile_worker.jobs where run_at <= now() and attempts < max_attempts limit 1",
      );
      if (rows.length === 0) return;
      await delay(POLL_INTERVAL_MS);
    }
  } finally {
    await client.end();
  }
}
