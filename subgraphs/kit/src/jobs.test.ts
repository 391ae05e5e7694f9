import { randomUUID } from "node:crypto";
import pg from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { type Job, jobsDone, startWorker } from "./jobs.js";
import { eventually } from "./testing/index.js";

const database = `test_kit_${randomUUID().replaceAll("-", "")}`;
const logger = pino({ level: "silent" });
let ownerUrl: string;
let owner: pg.Pool;

beforeAll(async () => {
  const { host, port, user, password } = inject("postgres");
  ownerUrl = `postgresql://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
  const maintenance = new pg.Client({ host, port, user, password, database: "postgres" });
  await maintenance.connect();
  await maintenance.query(`create database ${database} template template_organization`);
  await maintenance.end();
  const ignored = (): void => undefined;
  owner = new pg.Pool({ connectionString: ownerUrl, max: 12 });
  owner.on("error", ignored).on("connect", (client) => client.on("error", ignored));
});

afterAll(() => owner.end());

it("a timetable is worked off once by two workers, with the hours that neither was there", async () => {
  const hours: unknown[] = [];
  const job: Job = {
    name: "kit.hourly",
    cron: "0 * * * *",
    run: async (payload) => {
      if (typeof payload === "object" && payload !== null) hours.push(JSON.stringify(Reflect.get(payload, "_cron")));
    },
  };
  // A timetable that was first seen three hours ago and has since had no worker.
  await owner.query(
    `insert into graphile_worker._private_known_crontabs (identifier, known_since)
     values ($1, now() - interval '3 hours')`,
    [job.name],
  );
  const workers = await Promise.all([startWorker(owner, [job], logger), startWorker(owner, [job], logger)]);
  await eventually(async () => (hours.length >= 3 ? hours : undefined));
  await jobsDone(ownerUrl);
  await Promise.all(workers.map((worker) => worker.stop()));
  expect(new Set(hours).size).toBe(hours.length);
  expect(hours.length).toBeLessThanOrEqual(4);
});
