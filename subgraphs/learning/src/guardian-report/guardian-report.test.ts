import { randomUUID } from "node:crypto";
import { type EventEnvelope, asSystem } from "@lentera/kit";
import { type TestClient, type TestSubgraph, buildViewer, eventually, startTestSubgraph } from "@lentera/kit/testing";
import { buildAttempt, connectLearning } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LearningContext } from "../context.js";
import { createSubgraph } from "../subgraph.js";
import { createReports } from "./guardian-report.service.js";

/** Monday, 00:05 in Jakarta: a week is over, and with Sunday the month of February was over the day before. */
const now = new Date("2026-03-01T17:05:00Z");
let test: TestSubgraph;
let db: ReturnType<typeof connectLearning>;
const heard: EventEnvelope[] = [];

beforeAll(async () => {
  test = await startTestSubgraph("learning", createSubgraph, { clock: () => now });
  db = connectLearning(test.ownerUrl);
  await test.events.subscribe("test", ["guardian-report.created"], async (event) => void heard.push(event));
  await test.subgraph.startWorkers();
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

const context = (): LearningContext =>
  new LearningContext(db, { viewer: buildViewer(), requestId: "test", language: "en" }, test.pubSub, () => now);
/** As the worker runs it. */
const makeReports = (): Promise<void> => asSystem(() => createReports(context()));
const REPORTS = `query ($people: [_Any!]!, $first: Int) { _entities(representations: $people) { ... on User {
  guardianReports(first: $first) { totalCount edges { node { id kind startsOn endsOn timeZone readAt pdf student { id }
    content { sittings { examName scaled } studyMinutes activeDays goalsReached weakTopics { topic rule } } } } } } } }`;
const READ = `mutation ($input: ReadGuardianReportInput!) { readGuardianReport(input: $input) { reportId readAt } }`;
interface Report {
  id: string;
  kind: string;
  startsOn: string;
  endsOn: string;
  readAt: string | null;
  pdf: string;
  content: { sittings: { scaled: number }[]; studyMinutes: number; activeDays: number; goalsReached: string[] };
}
type Reports = { totalCount: number; edges: { node: Report }[] } | null;

const personOf = (id: string, accessReports = true) => ({ __typename: "User", id, viewerAccess: { accessReports } });
async function reportsOf(client: TestClient, id: string, accessReports = true): Promise<Reports> {
  const people = [personOf(id, accessReports)];
  return (await client.data<{ _entities: [{ guardianReports: Reports }] }>(REPORTS, { people }))._entities[0]
    .guardianReports;
}

type Link = { linkId: string; guardianId: string; studentId: string };
const tell = (type: "verified" | "revoked", link: Link, occurredAt: string): Promise<void> =>
  test.events.publish({ id: randomUUID(), type: `guardian-link.${type}`, version: 1, occurredAt, data: link });
/** A verified link, as organization tells of it. */
async function follow(occurredAt = "2026-01-01T00:00:00Z"): Promise<Link & { client: TestClient }> {
  const client = test.as(buildViewer({ role: "GUARDIAN" }));
  const link = { linkId: randomUUID(), guardianId: client.viewer.userId!, studentId: randomUUID() };
  await tell("verified", link, occurredAt);
  await eventually(async () => (await db.guardianFollow.findFirst({ where: { linkId: link.linkId } })) ?? undefined);
  return { ...link, client };
}

async function sit(studentId: string, startedAt: Date, scaled: number): Promise<void> {
  const submittedAt = new Date(startedAt.getTime() + 30 * 60_000);
  const { id: attemptId } = await buildAttempt(db, {
    studentId,
    startedAt,
    submittedAt,
    deadline: submittedAt,
    status: "SCORED",
  });
  const error = { abilityError: 0.3, standardError: 30, intervalLow: scaled - 59, intervalHigh: scaled + 59 };
  await db.attemptScore.create({ data: { attemptId, ability: 0, scaled, ...error } });
}

describe("reports to a guardian", () => {
  it("000-46: of the week and the month that are over in the guardian's zone say what was done in them", async () => {
    const { client, studentId } = await follow();
    await sit(studentId, new Date("2026-02-10T03:00:00Z"), 500);
    await sit(studentId, new Date("2026-02-28T03:00:00Z"), 560);
    await sit(studentId, new Date("2026-03-01T17:01:00Z"), 900);
    const goal = {
      studentId,
      createdById: studentId,
      kind: "TRYOUT_FREQUENCY",
      title: "Dua tryout",
      target: 2,
    } as const;
    const [startsAt, endsAt] = [new Date("2026-02-01"), new Date("2026-04-01")];
    const completedAt = new Date("2026-02-28T04:00:00Z");
    await db.goal.create({
      data: { ...goal, startsAt, endsAt, createdAt: startsAt, status: "COMPLETED", completedAt },
    });
    await makeReports();
    const { totalCount, edges } = (await reportsOf(client, studentId))!;
    expect(totalCount).toBe(2);
    const of = (kind: string) => edges.find(({ node }) => node.kind === kind)!.node;
    expect(of("WEEKLY")).toMatchObject({
      startsOn: "2026-02-23",
      endsOn: "2026-03-01",
      readAt: null,
      content: { sittings: [{ scaled: 560 }], studyMinutes: 30, activeDays: 1, goalsReached: ["Dua tryout"] },
    });
    expect(of("MONTHLY")).toMatchObject({
      startsOn: "2026-02-01",
      endsOn: "2026-02-28",
      content: { sittings: [{ scaled: 500 }, { scaled: 560 }], studyMinutes: 60, activeDays: 2 },
    });
    expect(Buffer.from(of("WEEKLY").pdf, "base64").subarray(0, 5).toString()).toBe("%PDF-");
  });

  it("000-46: are made exactly once, however often and concurrently, and each is told of once", async () => {
    const { guardianId, studentId } = await follow();
    await Promise.all([1, 2, 3].map(() => makeReports()));
    await makeReports();
    expect(await db.guardianReport.count({ where: { guardianId } })).toBe(2);
    const told = () => heard.filter(({ data }) => (data as { guardianId: string }).guardianId === guardianId);
    await eventually(async () => (told().length >= 2 ? true : undefined));
    expect(told().map(({ data }) => data)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ studentId, kind: "WEEKLY", startsOn: "2026-02-23" }),
        expect.objectContaining({ studentId, kind: "MONTHLY", endsOn: "2026-02-28" }),
      ]),
    );
    expect(told()).toHaveLength(2);
  });

  it("C-21: wait for midnight where the guardian lives", async () => {
    const { guardianId } = await follow();
    await db.learner.create({ data: { userId: guardianId, timeZone: "Asia/Kolkata" } });
    await makeReports();
    const reports = await db.guardianReport.findMany({ where: { guardianId }, orderBy: { kind: "asc" } });
    // 22:35 on Sunday in Kolkata
    expect(reports.map(({ startsOn }) => startsOn.toISOString().slice(0, 10))).toEqual(["2026-02-16", "2026-02-01"]);
  });

  it("000-46: are not made for links that have ended or began later, in whatever order that is told", async () => {
    const [ended, late] = [await follow(), await follow("2026-03-01T17:01:00Z")];
    const early = { linkId: randomUUID(), guardianId: randomUUID(), studentId: randomUUID() };
    await tell("revoked", ended, "2026-02-01T00:00:00Z");
    await tell("revoked", early, "2026-02-01T00:00:00Z");
    const endOf = (linkId: string) => db.guardianFollow.findFirst({ where: { linkId, endedAt: { not: null } } });
    for (const { linkId } of [ended, early]) await eventually(async () => (await endOf(linkId)) ?? undefined);
    await tell("verified", early, "2026-01-01T00:00:00Z");
    const next = await follow();
    await makeReports();
    const guardianIds = [ended, early, late].map(({ guardianId }) => guardianId);
    expect(await db.guardianReport.count({ where: { guardianId: { in: guardianIds } } })).toBe(0);
    expect(await db.guardianReport.count({ where: { guardianId: next.guardianId } })).toBe(2);
  });

  it("000-42: are for the guardian alone, while reports may be read", async () => {
    const { client, studentId } = await follow();
    await makeReports();
    const report = (await reportsOf(client, studentId))!.edges[0]!.node;
    expect(await reportsOf(client, studentId, false)).toBeNull();
    const stranger = test.as(buildViewer({ role: "GUARDIAN" }));
    expect(await reportsOf(stranger, studentId)).toMatchObject({ totalCount: 0, edges: [] });
    const input = { reportId: report.id };
    expect((await stranger.run(READ, { input })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    const read = await client.data<{ readGuardianReport: { readAt: string } }>(READ, { input });
    expect(await client.data(READ, { input })).toEqual(read);
    const { edges } = (await reportsOf(client, studentId))!;
    expect(edges.find(({ node }) => node.id === report.id)!.node.readAt).toBe(read.readGuardianReport.readAt);
    const rewrite = "update guardian_reports set content = '{}' where id = $1";
    await expect(test.owner.query(rewrite, [report.id])).rejects.toThrow("a report is not rewritten");
    const rows = await test.rowsAs(stranger.viewer, ["select id from guardian_reports"]);
    expect(rows[0]).toEqual([]);
  });

  it("takes the same number of statements for one student and for many", async () => {
    const { client, guardianId } = await follow();
    const people = Array.from({ length: 5 }, () => personOf(randomUUID()));
    const days = { startsOn: new Date("2026-02-01"), endsOn: new Date("2026-02-28") };
    const content = { sittings: [], studyMinutes: 0, activeDays: 0, goalsReached: [], weakTopics: [] };
    await db.guardianReport.createMany({
      data: people.map(({ id: studentId }) => {
        const facts = { kind: "MONTHLY", timeZone: "Asia/Jakarta", content, createdAt: now } as const;
        return { guardianId, studentId, ...days, ...facts };
      }),
    });
    const one = await test.statementsOf(() => client.data(REPORTS, { people: people.slice(0, 1) }));
    const many = await test.statementsOf(() => client.data(REPORTS, { people }));
    expect(many.length).toBe(one.length);
  });
});
