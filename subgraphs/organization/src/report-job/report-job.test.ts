import { randomUUID } from "node:crypto";
import { anonymous } from "@lentera/kit";
import { type TestClient, type TestSubgraph, buildViewer, eventually, startTestSubgraph } from "@lentera/kit/testing";
import {
  buildAccount,
  buildClass,
  buildEnrollment,
  buildMembership,
  buildOrganization,
  buildUser,
  connectOrganization,
} from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissionsOf } from "../permissions.js";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;

beforeAll(async () => {
  test = await startTestSubgraph("organization", createSubgraph);
  db = connectOrganization(test.ownerUrl);
  await test.subgraph.startWorkers();
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

interface Job {
  id: string;
  status: string;
  rowCount: number | null;
  progressPercent: number;
  download: { url: string; expiresAt: string } | null;
}
const FIELDS = "id kind format title status progressPercent rowCount isShared sharedWithIds download { url expiresAt }";
const GET = `query ($id: ID!) { reportJob(id: $id) { ${FIELDS} } }`;
const EXPORT = `mutation ($input: ExportStudentsInput!) { exportStudents(input: $input) { reportJob { ${FIELDS} } } }`;
const RENDER = `mutation ($input: RenderReportInput!) { renderReport(input: $input) { reportJob { ${FIELDS} } } }`;
const SHARE = `mutation ($input: ShareReportInput!) { shareReport(input: $input) { reportJob { ${FIELDS} } } }`;

type StaffRole = "ADMIN" | "VIEWER" | "TEACHER" | "STAFF";
function staff(organizationId: string, role: StaffRole = "ADMIN", userId?: string): TestClient {
  const permissions = permissionsOf(role);
  return test.as(buildViewer({ role, organizationId, staff: true, permissions, ...(userId && { userId }) }));
}
const exporting = (over: object = {}) => ({ input: { format: "CSV", idempotencyKey: randomUUID(), ...over } });
const SECTION = {
  heading: "XII IPA 1",
  columns: ["Nama", "Nilai"],
  rows: [
    ["Siti", 87.5],
    ["=1+1", null],
  ],
  chart: { kind: "BAR", labelColumn: 0, valueColumn: 1 },
};
const rendering = (over: object = {}) => ({
  input: { title: "Nilai: XII/1", format: "JSON", sections: [SECTION], idempotencyKey: randomUUID(), ...over },
});
async function made(client: TestClient, operation: string, variables: object): Promise<Job> {
  const data = await client.data<Record<string, { reportJob: Job }>>(operation, { ...variables });
  const { id } = Object.values(data)[0]!.reportJob;
  return eventually(async () => {
    const { reportJob } = await client.data<{ reportJob: Job }>(GET, { id });
    return reportJob.status === "DONE" ? reportJob : undefined;
  });
}
async function fileOf(id: string): Promise<{ name: string; media_type: string; bytes: Buffer }> {
  const { rows } = await test.owner.query<{ name: string; media_type: string; bytes: Buffer }>(
    `select f.name, f.media_type, string_agg(c.bytes, '' order by c.position) as bytes
     from report_jobs j join files f on f.id = j.file_id join file_contents c on c.file_id = f.id
     where j.id = $1 group by f.id`,
    [id],
  );
  return rows[0]!;
}

describe("003-49: exporting students", () => {
  it("writes the chosen ones with their number, formulas neutralised, and a link to download them", async () => {
    const { id: organizationId } = await buildOrganization(db);
    const { id: classId } = await buildClass(db, { organizationId, name: "XII IPA 1" });
    const student = await buildUser(db, { fullName: "=Siti" });
    const { email } = await buildAccount(db, { userId: student.id });
    const enrolledAt = new Date("2026-07-01T00:00:00Z");
    await buildEnrollment(db, {
      organizationId,
      classId,
      studentId: student.id,
      studentIdentifier: "0042",
      enrolledAt,
    });
    await buildEnrollment(db, { organizationId });
    await buildEnrollment(db, { organizationId, classId, status: "GRADUATED", endedAt: new Date() });
    const job = await made(staff(organizationId), EXPORT, exporting({ filter: { classId, search: "siti" } }));
    expect(job).toMatchObject({ rowCount: 1, progressPercent: 100, title: "Students" });
    expect(job.download!.url).toMatch(/^\/files\/.+expires=\d+&signature=/);
    const { name, bytes } = await fileOf(job.id);
    expect(name).toBe("Students.csv");
    expect(bytes.toString()).toBe(
      "\uFEFFName,Email,Student ID,Class,Academic year,Status,Enrolled\r\n" +
        `'=Siti,${email},0042,XII IPA 1,2026/2027,ACTIVE,2026-07-01\r\n`,
    );
  });

  it("gives a teacher those they teach, and nobody another organization's", async () => {
    const teacher = await buildUser(db, { role: "TEACHER" });
    const taught = await buildClass(db, { teacherIds: [teacher.id] });
    const { organizationId } = taught;
    await buildEnrollment(db, { organizationId, classId: taught.id });
    await buildEnrollment(db, { organizationId });
    await buildEnrollment(db);
    const rowsFor = async (client: TestClient, over = {}) => (await made(client, EXPORT, exporting(over))).rowCount;
    expect(await rowsFor(staff(organizationId, "TEACHER", teacher.id))).toBe(1);
    expect(await rowsFor(staff(organizationId))).toBe(2);
    const foreign = (await buildOrganization(db)).id;
    expect(await rowsFor(staff(foreign), { filter: { classId: taught.id } })).toBe(0);
  });

  it("does not tell who was invited and has not accepted", async () => {
    const { organizationId, studentId } = await buildEnrollment(db, { status: "INVITED" });
    const { email } = await buildAccount(db, { userId: studentId });
    const job = await made(staff(organizationId), EXPORT, exporting({ filter: { status: "INVITED" } }));
    expect(job.rowCount).toBe(1);
    expect((await fileOf(job.id)).bytes.toString()).not.toContain(email);
  });

  it("happens once per idempotency key, is written down, and needs `students:read`", async () => {
    const { id: organizationId } = await buildOrganization(db);
    const input = exporting();
    const client = staff(organizationId);
    const first = await made(client, EXPORT, input);
    const again = await Promise.all([1, 2].map(() => made(client, EXPORT, input)));
    expect(again.map(({ id }) => id)).toEqual([first.id, first.id]);
    const { rows } = await test.owner.query("select action from app.audit_log where entity_id = $1", [first.id]);
    expect(rows).toEqual([{ action: "report-job.requested" }]);
    const other = { input: { ...input.input, format: "XLSX" } };
    expect((await client.run(EXPORT, other)).errors).toMatchObject([{ code: "IDEMPOTENCY_CONFLICT" }]);
    const student = test.as(buildViewer({ organizationId }));
    expect((await student.run(EXPORT, input)).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    expect((await test.as(anonymous).run(EXPORT, input)).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
  });
});

describe("000-59: rendering a report", () => {
  it("makes a file of every format from the numbers that the caller gives", async () => {
    const { id: organizationId } = await buildOrganization(db);
    const starts = { JSON: "{", CSV: "\uFEFF", XLSX: "PK", PDF: "%PDF-" };
    for (const [format, start] of Object.entries(starts)) {
      const job = await made(staff(organizationId, "VIEWER"), RENDER, rendering({ format, kind: "CLASS_PERFORMANCE" }));
      expect(job).toMatchObject({ rowCount: 2, status: "DONE" });
      const { name, bytes } = await fileOf(job.id);
      expect([name, bytes.toString().startsWith(start)]).toEqual([`Nilai: XII 1.${format.toLowerCase()}`, true]);
    }
  });

  it("names everything that is wrong at once", async () => {
    const { id: organizationId } = await buildOrganization(db);
    const bad = { ...SECTION, rows: [["Siti"]], chart: { kind: "LINE", labelColumn: 0, valueColumn: 2 } };
    const { errors } = await staff(organizationId).run(RENDER, rendering({ title: " ", sections: [bad] }));
    expect(errors).toMatchObject([
      {
        code: "VALIDATION_ERROR",
        details: [{ path: "input.title" }, { path: "input.sections.0.rows.0" }, { path: "input.sections.0.chart" }],
      },
    ]);
    const object = { ...SECTION, rows: [[{ a: 1 }, 1]] };
    const refused = await staff(organizationId).run(RENDER, rendering({ sections: [object] }));
    expect(refused.errors).toMatchObject([{ details: [{ path: "input.sections.0.rows.0.0" }] }]);
  });
});

describe("000-53: sharing a report", () => {
  it("shows it to those with whom it is shared, in the organization, and to nobody else", async () => {
    const { id: organizationId } = await buildOrganization(db);
    const colleague = await buildMembership(db, { organizationId, role: "TEACHER" });
    const owner = staff(organizationId);
    const named = staff(organizationId, "TEACHER", colleague.userId);
    const others = staff(organizationId, "VIEWER");
    const outsider = staff((await buildOrganization(db)).id);
    const { id } = await made(owner, RENDER, rendering());
    const seenBy = (clients: TestClient[]) =>
      Promise.all(clients.map(async (client) => (await client.run(GET, { id })).errors.length === 0));
    const everyone = [owner, named, others, outsider];
    const share = (withEverybody: boolean, withUserIds: string[], client = owner) =>
      client.run(SHARE, { input: { reportJobId: id, withEverybody, withUserIds } });
    expect(await seenBy(everyone)).toEqual([true, false, false, false]);
    expect((await share(false, [colleague.userId])).errors).toEqual([]);
    expect(await seenBy(everyone)).toEqual([true, true, false, false]);
    expect((await share(true, [])).errors).toEqual([]);
    expect(await seenBy(everyone)).toEqual([true, true, true, false]);
    expect((await share(false, [], others)).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect((await share(false, [randomUUID()])).errors).toMatchObject([{ details: [{ path: "input.withUserIds" }] }]);
    await share(false, []);
    const statements = ["select id from report_jobs"];
    for (const { viewer } of [named, others, outsider]) expect(await test.rowsAs(viewer, statements)).toEqual([[]]);
  });

  it("003-70: lists reports newest first, page by page, with as many statements for many as for one", async () => {
    const { id: organizationId } = await buildOrganization(db);
    const client = staff(organizationId);
    const list = `query ($first: Int, $after: String) {
      reportJobs(first: $first, after: $after) { totalCount pageInfo { endCursor } edges { node { id download { url } } } }
    }`;
    interface List {
      reportJobs: { totalCount: number; pageInfo: { endCursor: string }; edges: { node: { id: string } }[] };
    }
    const statements = async () => (await test.statementsOf(() => client.data(list, { first: 50 }))).length;
    const ids = [(await made(client, RENDER, rendering())).id];
    const few = await statements();
    for (const title of ["B", "C"]) ids.unshift((await made(client, RENDER, rendering({ title }))).id);
    expect(await statements()).toBe(few);
    const first = (await client.data<List>(list, { first: 2 })).reportJobs;
    const second = (await client.data<List>(list, { first: 2, after: first.pageInfo.endCursor })).reportJobs;
    expect([...first.edges, ...second.edges].map(({ node }) => node.id)).toEqual(ids);
    expect(first.totalCount).toBe(3);
  });
});
