import { addJob, anonymous } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildAccount, buildOrganization, buildUser, connectOrganization } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissionsOf } from "../permissions.js";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;
// in the future, because the job adds its next run by this clock
let now = new Date("2099-03-10T18:00:00Z");

beforeAll(async () => {
  test = await startTestSubgraph("organization", createSubgraph, { clock: () => now });
  db = connectOrganization(test.ownerUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

interface Statistics {
  platformStatistics: { day: string; organizationCount: number; userCount: number; signInCount: number }[];
}
const STATISTICS = `query ($days: Int) { platformStatistics(days: $days) {
  day organizationCount activeOrganizationCount userCount studentCount signInCount
} }`;
const platform = () => test.as(buildViewer({ role: "PLATFORM_ADMIN", permissions: permissionsOf("PLATFORM_ADMIN") }));
const read = async (days: number) => (await platform().data<Statistics>(STATISTICS, { days })).platformStatistics;

async function person(createdAt: string, role: "STUDENT" | "TUTOR"): Promise<string> {
  const { id: userId } = await buildUser(db, { role, createdAt: new Date(createdAt) });
  await buildAccount(db, { userId });
  return userId;
}

/** Runs the nightly job now and waits for it. */
async function record(): Promise<void> {
  await addJob(db, "platform-statistic.record", {}, { key: "platform-statistic.record" });
  await test.subgraph.jobsDone();
}

describe("003-03: platform statistics", () => {
  it("are counted for every day that is over, each once, with the people and organizations of that day", async () => {
    await buildOrganization(db, { createdAt: new Date("2099-03-07T17:00:00Z") });
    await buildOrganization(db, { createdAt: new Date("2099-03-09T16:59:59Z"), status: "SUSPENDED" });
    await person("2099-03-01T00:00:00Z", "STUDENT");
    await person("2099-03-10T16:00:00Z", "TUTOR");
    const erased = await person("2099-03-01T00:00:00Z", "STUDENT");
    await db.erasure.create({
      data: {
        userId: erased,
        requestedAt: new Date("2099-03-02T00:00:00Z"),
        dueAt: new Date("2099-03-09T00:00:00Z"),
        erasedAt: new Date("2099-03-09T12:00:00Z"),
      },
    });
    await test.owner.query(
      "insert into app.audit_log (action, entity_type, occurred_at) select 'session.started', 'Session', at from unnest($1::timestamptz[]) at",
      [["2099-03-08T16:59:59Z", "2099-03-08T17:00:00Z", "2099-03-09T16:59:59Z"]],
    );
    await test.subgraph.startWorkers();
    await record();
    const first = await read(10);
    expect(first).toEqual([
      {
        day: "2099-03-08",
        organizationCount: 1,
        activeOrganizationCount: 1,
        userCount: 2,
        studentCount: 2,
        signInCount: 1,
      },
      {
        day: "2099-03-09",
        organizationCount: 2,
        activeOrganizationCount: 1,
        userCount: 1,
        studentCount: 1,
        signInCount: 2,
      },
      {
        day: "2099-03-10",
        organizationCount: 2,
        activeOrganizationCount: 1,
        userCount: 2,
        studentCount: 1,
        signInCount: 0,
      },
    ]);
    await record();
    expect(await read(10)).toEqual(first);
    now = new Date("2099-03-12T18:00:00Z");
    await db.platformStatistic.delete({ where: { day: new Date("2099-03-09T00:00:00Z") } });
    await record();
    const filled = await read(10);
    expect(filled.slice(0, 3)).toEqual(first);
    expect(filled.map(({ day }) => day)).toEqual([
      "2099-03-08",
      "2099-03-09",
      "2099-03-10",
      "2099-03-11",
      "2099-03-12",
    ]);
    expect((await read(2)).map(({ day }) => day)).toEqual(["2099-03-11", "2099-03-12"]);
  });

  it("come back the next night, from the migration on", async () => {
    const fresh = await startTestSubgraph("organization", createSubgraph);
    const { rows } = await fresh.owner.query<{ at: string }>(
      "select (run_at at time zone 'Asia/Jakarta')::time::text as at from graphile_worker.jobs where key = 'platform-statistic.record'",
    );
    await fresh.stop();
    expect(rows).toEqual([{ at: "00:10:00" }]);
  });

  it("are for those who may see the platform in numbers", async () => {
    const owner = buildViewer({ role: "OWNER", permissions: permissionsOf("OWNER") });
    expect((await test.as(owner).run(STATISTICS)).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    expect((await test.as(anonymous).run(STATISTICS)).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
    for (const days of [0, 401])
      expect((await platform().run(STATISTICS, { days })).errors).toMatchObject([{ details: [{ path: "days" }] }]);
    expect(await test.rowsAs(owner, ["select * from platform_statistics"])).toEqual([[]]);
  });
});
