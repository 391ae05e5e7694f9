import { randomUUID } from "node:crypto";
import { type TestClient, type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import {
  buildAccount,
  buildClass,
  buildEnrollment,
  buildMembership,
  buildOrganization,
  connectOrganization,
} from "@lentera/prisma/factories";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";
import { staffViewer } from "../testing/viewers.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;
/** 09:00 in Jakarta, a Friday. */
const FRIDAY = new Date("2026-11-20T02:00:00Z");
let now = FRIDAY;

beforeAll(async () => {
  test = await startTestSubgraph("organization", createSubgraph, { clock: () => now });
  db = connectOrganization(test.ownerUrl);
  await test.subgraph.startWorkers();
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});
beforeEach(() => {
  now = FRIDAY;
});

const FIELDS =
  "id title frequency dayOfWeek dayOfMonth localTime timeZone isPaused isShared sharedWithIds nextRunAt lastRunAt";
const CREATE = `mutation ($input: CreateReportScheduleInput!) { createReportSchedule(input: $input) { reportSchedule { ${FIELDS} } } }`;
const UPDATE = `mutation ($input: UpdateReportScheduleInput!) { updateReportSchedule(input: $input) { reportSchedule { ${FIELDS} } } }`;
const DELETE = `mutation ($id: ID!) { deleteReportSchedule(input: { reportScheduleId: $id }) { reportScheduleId } }`;
const LIST = `{ reportSchedules { totalCount edges { node { id } } } reportJobs { edges { node { title } } } }`;

interface Schedule {
  id: string;
  isPaused: boolean;
  nextRunAt: string;
  lastRunAt: string | null;
}
interface Listed {
  reportSchedules: { totalCount: number };
  reportJobs: { edges: { node: { title: string } }[] };
}
const DAILY = { title: "Siswa", format: "CSV", frequency: "DAILY", localTime: "07:00", timeZone: "Asia/Jakarta" };
const creating = (over: object = {}) => ({ input: { plan: { ...DAILY, ...over }, idempotencyKey: randomUUID() } });

async function created(client: TestClient, over: object = {}): Promise<Schedule> {
  const data = await client.data<{ createReportSchedule: { reportSchedule: Schedule } }>(CREATE, creating(over));
  return data.createReportSchedule.reportSchedule;
}
async function buildStaff(role: "ADMIN" | "TEACHER" = "ADMIN", parts: { organizationId?: string } = {}) {
  const { userId, organizationId } = await buildMembership(db, { role, ...parts });
  await buildAccount(db, { userId });
  return { userId, organizationId, client: test.as(staffViewer(organizationId, role, userId)) };
}
/** What the timetable does every five minutes, as `workers` workers at once. */
async function tick(workers = 1): Promise<void> {
  for (let worker = 0; worker < workers; worker += 1)
    await test.owner.query("select graphile_worker.add_job('report-schedule.run', '{}')");
  await test.subgraph.jobsDone();
}
const reportsOf = (requestedById: string) => db.reportJob.findMany({ where: { requestedById } });

describe("003-70, 000-53: a scheduled report", () => {
  it.each([
    { plan: {}, next: "2026-11-21T00:00:00.000Z" },
    { plan: { localTime: "09:30" }, next: "2026-11-20T02:30:00.000Z" },
    { plan: { localTime: "09:00" }, next: "2026-11-21T02:00:00.000Z" },
    { plan: { localTime: "08:00", timeZone: "Asia/Kolkata" }, next: "2026-11-20T02:30:00.000Z" },
    { plan: { localTime: "23:00", timeZone: "America/Los_Angeles" }, next: "2026-11-20T07:00:00.000Z" },
    { plan: { frequency: "WEEKLY", dayOfWeek: 1 }, next: "2026-11-23T00:00:00.000Z" },
    { plan: { frequency: "WEEKLY", dayOfWeek: 5 }, next: "2026-11-27T00:00:00.000Z" },
    { plan: { frequency: "MONTHLY", dayOfMonth: 31 }, next: "2026-11-30T00:00:00.000Z" },
    { plan: { frequency: "MONTHLY", dayOfMonth: 5 }, next: "2026-12-05T00:00:00.000Z" },
  ])("is next due at $next for $plan", async ({ plan, next }) => {
    const { client } = await buildStaff();
    expect((await created(client, plan)).nextRunAt).toBe(next);
  });

  it("keeps its time of day when the clocks change", async () => {
    const { client, userId } = await buildStaff();
    now = new Date("2026-10-23T12:00:00Z");
    const { id } = await created(client, { timeZone: "Europe/Berlin", localTime: "08:00" });
    const dueAt: string[] = [];
    for (let day = 0; day < 3; day += 1) {
      const { nextRunAt } = await db.reportSchedule.findUniqueOrThrow({ where: { id } });
      dueAt.push(nextRunAt.toISOString());
      now = nextRunAt;
      await tick();
    }
    expect(dueAt).toEqual(["2026-10-24T06:00:00.000Z", "2026-10-25T07:00:00.000Z", "2026-10-26T07:00:00.000Z"]);
    expect(await reportsOf(userId)).toHaveLength(3);
  });

  it("is made once when it is due, however many workers look at once, and makes up for missed days once", async () => {
    const { client, userId, organizationId } = await buildStaff();
    await buildEnrollment(db, { organizationId });
    const { id } = await created(client);
    await tick();
    expect(await reportsOf(userId)).toEqual([]);
    now = new Date("2026-11-24T05:00:00Z");
    await tick(6);
    const [report, ...others] = await reportsOf(userId);
    expect(others).toEqual([]);
    expect(report).toMatchObject({ title: "Siswa", status: "DONE", rowCount: 1, organizationId });
    expect(await db.reportSchedule.findUniqueOrThrow({ where: { id } })).toMatchObject({
      lastRunAt: now,
      nextRunAt: new Date("2026-11-25T00:00:00Z"),
    });
    await tick();
    expect(await reportsOf(userId)).toHaveLength(1);
  });

  it("shows its reports to those with whom it is shared, and to nobody else", async () => {
    const maker = await buildStaff();
    const { organizationId } = maker;
    const [named, other] = [
      await buildStaff("ADMIN", { organizationId }),
      await buildStaff("ADMIN", { organizationId }),
    ];
    const foreign = await buildStaff();
    const { id } = await created(maker.client, { withUserIds: [named.userId] });
    now = new Date("2026-11-21T00:05:00Z");
    await tick();
    const seenBy = async ({ client }: { client: TestClient }) => {
      const { reportSchedules, reportJobs } = await client.data<Listed>(LIST);
      return [reportSchedules.totalCount, reportJobs.edges.length];
    };
    expect(await seenBy(maker)).toEqual([1, 1]);
    expect(await seenBy(named)).toEqual([1, 1]);
    expect(await seenBy(other)).toEqual([0, 0]);
    expect(await seenBy(foreign)).toEqual([0, 0]);
    expect(await test.rowsAs(other.client.viewer, ["select * from report_schedules"])).toEqual([[]]);
    for (const { client } of [named, other, foreign]) {
      const change = { input: { reportScheduleId: id, isPaused: true } };
      expect((await client.run(UPDATE, change)).errors).toMatchObject([{ code: "NOT_FOUND" }]);
      expect((await client.run(DELETE, { id })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    }
    await maker.client.data(UPDATE, { input: { reportScheduleId: id, plan: { ...DAILY, withEverybody: true } } });
    now = new Date("2026-11-22T00:05:00Z");
    await tick();
    expect(await seenBy(other)).toEqual([1, 1]);
  });

  it("can be changed, paused, continued and ended by its maker", async () => {
    const { client, userId } = await buildStaff();
    const { id } = await created(client);
    const update = async (change: object) =>
      (
        await client.data<{ updateReportSchedule: { reportSchedule: Schedule } }>(UPDATE, {
          input: { reportScheduleId: id, ...change },
        })
      ).updateReportSchedule.reportSchedule;
    expect(await update({ plan: { ...DAILY, frequency: "WEEKLY", dayOfWeek: 6 }, isPaused: true })).toMatchObject({
      isPaused: true,
      nextRunAt: "2026-11-21T00:00:00.000Z",
    });
    now = new Date("2026-11-23T02:00:00Z");
    await tick();
    expect(await reportsOf(userId)).toEqual([]);
    expect(await update({ isPaused: false })).toMatchObject({ isPaused: false, nextRunAt: "2026-11-28T00:00:00.000Z" });
    await client.data(DELETE, { id });
    now = new Date("2026-11-30T02:00:00Z");
    await tick();
    expect(await reportsOf(userId)).toEqual([]);
  });

  it("runs with the rights that its maker has then: a teacher's classes, nothing for somebody who left", async () => {
    const { client, userId, organizationId } = await buildStaff("TEACHER");
    const { id: classId } = await buildClass(db, { organizationId, teacherIds: [userId] });
    await buildEnrollment(db, { organizationId, classId });
    await buildEnrollment(db, { organizationId });
    const { id } = await created(client);
    now = new Date("2026-11-21T02:00:00Z");
    await tick();
    expect(await reportsOf(userId)).toMatchObject([{ rowCount: 1 }]);
    await db.classTeacher.deleteMany({ where: { teacherId: userId } });
    await db.membership.deleteMany({ where: { userId } });
    now = new Date("2026-11-22T02:00:00Z");
    await tick();
    expect(await reportsOf(userId)).toHaveLength(1);
    expect(await db.reportSchedule.findUniqueOrThrow({ where: { id } })).toMatchObject({ isPaused: true });
  });

  it("waits while the organization is suspended", async () => {
    const { client, userId, organizationId } = await buildStaff();
    await created(client);
    const become = (status: string) =>
      test.owner.query(
        `begin; set local app.bypass = 'on'; update organizations set status = '${status}' where id = '${organizationId}'; commit`,
      );
    await become("SUSPENDED");
    now = new Date("2026-11-21T02:00:00Z");
    await tick();
    expect(await reportsOf(userId)).toEqual([]);
    await become("ACTIVE");
    now = new Date("2026-11-22T02:00:00Z");
    await tick();
    expect(await reportsOf(userId)).toHaveLength(1);
  });

  it("names every bad field, and needs `students:read`", async () => {
    const { client } = await buildStaff();
    const plan = { title: " ", frequency: "WEEKLY", dayOfMonth: 3, localTime: "7", timeZone: "Mars" };
    const { errors } = await client.run(CREATE, creating(plan));
    expect(errors).toMatchObject([
      {
        code: "VALIDATION_ERROR",
        details: ["title", "localTime", "timeZone", "dayOfWeek", "dayOfMonth"].map((field) => ({
          path: `input.plan.${field}`,
        })),
      },
    ]);
    const stranger = await client.run(CREATE, creating({ withUserIds: [randomUUID()] }));
    expect(stranger.errors[0]?.details).toMatchObject([{ path: "input.plan.withUserIds" }]);
    const student = test.as(buildViewer({ organizationId: (await buildOrganization(db)).id }));
    expect((await student.run(CREATE, creating())).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
  });

  it("is one of 20 at most, also when many are made at once, and one under one key", async () => {
    const { client, userId } = await buildStaff();
    const same = creating();
    await Promise.all([client.data(CREATE, same), client.data(CREATE, same)]);
    const results = await Promise.all(Array.from({ length: 21 }, () => client.run(CREATE, creating())));
    expect(results.filter(({ errors }) => errors.length === 0)).toHaveLength(19);
    expect(results.flatMap(({ errors }) => errors.map(({ code }) => code))).toEqual([
      "LIMIT_EXCEEDED",
      "LIMIT_EXCEEDED",
    ]);
    expect(await db.reportSchedule.count({ where: { createdById: userId } })).toBe(20);
  });
});
