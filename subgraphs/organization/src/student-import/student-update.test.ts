import { randomUUID } from "node:crypto";
import { type TestClient, type TestSubgraph, buildViewer, eventually, startTestSubgraph } from "@lentera/kit/testing";
import {
  buildAccount,
  buildClass,
  buildEnrollment,
  buildOrganization,
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

interface Import {
  id: string;
  status: string;
  invitedCount: number;
  updatedCount: number;
  skippedCount: number;
  failedCount: number;
  keptCount: number;
}
const FIELDS = "id mode status processedCount invitedCount updatedCount skippedCount failedCount keptCount";
const CHECK = `mutation ($input: CheckStudentImportInput!) { checkStudentImport(input: $input) { studentImport { ${FIELDS} } } }`;
const START = `mutation ($id: ID!) { startStudentImport(input: { importId: $id }) { studentImport { ${FIELDS} } } }`;
const UNDO = `mutation ($id: ID!) { undoStudentImport(input: { importId: $id }) { studentImport { ${FIELDS} } } }`;
const ROWS = `query ($id: ID!) { studentImportRows(importId: $id, first: 100) { edges { node { rowNumber status problems { field code message } } } } }`;

async function school() {
  const { id: organizationId } = await buildOrganization(db, { maxStudents: 5000 });
  const from = await buildClass(db, { organizationId, name: "X 1" });
  const into = await buildClass(db, { organizationId, name: "X 2", capacity: 2 });
  const enroll = async (over: { studentIdentifier?: string; status?: "ACTIVE" | "INACTIVE" } = {}) => {
    const { userId, email } = await buildAccount(db);
    const { id } = await buildEnrollment(db, { organizationId, studentId: userId, classId: from.id, ...over });
    return { id, email };
  };
  return { organizationId, client: clientOf(organizationId), from, into, enroll };
}
function clientOf(organizationId: string, permissions = permissionsOf("ADMIN")): TestClient {
  return test.as(buildViewer({ role: "ADMIN", organizationId, staff: true, permissions }));
}
const inputOf = (text: string) => ({ input: { source: { text }, mode: "UPDATE", idempotencyKey: randomUUID() } });
async function check(client: TestClient, text: string): Promise<Import> {
  const data = await client.data<{ checkStudentImport: { studentImport: Import } }>(CHECK, inputOf(text));
  return data.checkStudentImport.studentImport;
}
async function run(client: TestClient, id: string): Promise<Import> {
  await client.data(START, { id });
  return eventually(async () => {
    const query = `query ($id: ID!) { studentImport(id: $id) { ${FIELDS} } }`;
    const { studentImport } = await client.data<{ studentImport: Import }>(query, { id });
    return studentImport.status === "DONE" ? studentImport : undefined;
  });
}
async function undo(client: TestClient, id: string): Promise<Import> {
  const data = await client.data<{ undoStudentImport: { studentImport: Import } }>(UNDO, { id });
  return data.undoStudentImport.studentImport;
}
interface Row {
  rowNumber: number;
  status: string;
  problems: { field: string | null; code: string; message: string }[];
}
async function rowsOf(client: TestClient, id: string): Promise<[number, string, ...string[]][]> {
  const { studentImportRows } = await client.data<{ studentImportRows: { edges: { node: Row }[] } }>(ROWS, { id });
  return studentImportRows.edges.map(({ node: { rowNumber, status, problems } }) => [
    rowNumber,
    status,
    ...problems.map(({ field, code }) => `${field} ${code}`),
  ]);
}
const enrollment = (id: string) => db.enrollment.findUniqueOrThrow({ where: { id } });

describe("003-49, 000-56: an update of students from a file", () => {
  it("names every row's problems before it changes anybody", async () => {
    const { client, from, enroll } = await school();
    const [moved, same, gone] = [await enroll(), await enroll(), await enroll({ status: "INACTIVE" })];
    const stranger = (await buildAccount(db)).email;
    const lines = [
      `${moved.email},X 2`,
      `${same.email},X 1`,
      `${gone.email},X 2`,
      `${stranger},X 2`,
      "salah,X 9",
      `${moved.email},X 1`,
    ];
    const checked = await check(client, `Surel,Kelas\n${lines.join("\n")}`);
    expect(checked).toMatchObject({ status: "CHECKED", skippedCount: 1, failedCount: 4, updatedCount: 0 });
    expect(await rowsOf(client, checked.id)).toEqual([
      [2, "VALID"],
      [3, "SKIPPED", "null RESOURCE_ALREADY_EXISTS"],
      [4, "FAILED", "EMAIL NOT_FOUND"],
      [5, "FAILED", "EMAIL NOT_FOUND"],
      [6, "FAILED", "EMAIL INVALID_FORMAT", "CLASS_NAME NOT_FOUND"],
      [7, "FAILED", "EMAIL DUPLICATE_ENTRY"],
    ]);
    expect(await enrollment(moved.id)).toMatchObject({ classId: from.id });
  });

  it("changes the given columns of whom it can, found by address, and leaves empty cells and the name alone", async () => {
    const { client, from, into, enroll } = await school();
    const people = [await enroll(), await enroll(), await enroll(), await enroll({ studentIdentifier: "0007" })];
    const [first, second, third, fourth] = people.map(({ id }) => id);
    const cells = ["X 2,0001", ",0002", "X 2,", "X 2,"];
    const lines = people.map(({ email }, index) => `Nama Lain,${email},${cells[index]}`);
    const text = `Nama,Surel,Kelas,NIS\n${lines.join("\n")}`;
    const { id } = await check(client, text);
    expect(await run(client, id)).toMatchObject({ updatedCount: 3, invitedCount: 0, failedCount: 1 });
    expect((await rowsOf(client, id)).at(-1)).toEqual([5, "FAILED", "CLASS_NAME LIMIT_EXCEEDED"]);
    expect(await enrollment(first!)).toMatchObject({ classId: into.id, studentIdentifier: "0001" });
    expect(await enrollment(second!)).toMatchObject({ classId: from.id, studentIdentifier: "0002" });
    expect(await enrollment(third!)).toMatchObject({ classId: into.id, studentIdentifier: null });
    expect(await enrollment(fourth!)).toMatchObject({ classId: from.id, studentIdentifier: "0007" });
    expect(await db.user.count({ where: { fullName: "Nama Lain" } })).toBe(0);
    expect(await check(client, text)).toMatchObject({ id, status: "DONE", updatedCount: 3 });
    await run(client, id);
    expect(await enrollment(first!)).toMatchObject({ classId: into.id, studentIdentifier: "0001" });
  });

  it("finds students by their number where the file has no addresses, unless several have it", async () => {
    const { client, into, enroll } = await school();
    const one = await enroll({ studentIdentifier: "0042" });
    await enroll({ studentIdentifier: "0043" });
    await enroll({ studentIdentifier: "0043" });
    const elsewhere = await (await school()).enroll({ studentIdentifier: "0044" });
    const { id } = await check(client, "NIS,Kelas\n0042,X 2\n0043,X 2\n0044,X 2\n0042,X 1\n,X 2\n");
    expect(await run(client, id)).toMatchObject({ updatedCount: 1, failedCount: 4 });
    expect(await rowsOf(client, id)).toEqual([
      [2, "UPDATED"],
      [3, "FAILED", "STUDENT_IDENTIFIER DUPLICATE_ENTRY"],
      [4, "FAILED", "STUDENT_IDENTIFIER NOT_FOUND"],
      [5, "FAILED", "STUDENT_IDENTIFIER DUPLICATE_ENTRY"],
      [6, "FAILED", "STUDENT_IDENTIFIER REQUIRED_FIELD_MISSING"],
    ]);
    expect(await enrollment(one.id)).toMatchObject({ classId: into.id });
    expect((await enrollment(elsewhere.id)).classId).not.toBe(into.id);
  });

  it("needs a column to find students by and one that changes them", async () => {
    const { client } = await school();
    const pathsFor = async (text: string) => {
      const [error] = (await client.run(CHECK, inputOf(text))).errors;
      return (error!.details as { path: string }[]).map(({ path }) => path);
    };
    expect(await pathsFor("Kelas\nX 2\n")).toEqual(["input.columns.EMAIL"]);
    expect(await pathsFor("NIS\n0042\n")).toEqual(["input.columns"]);
    expect(await pathsFor("Surel\na@example.test\n")).toEqual(["input.columns"]);
  });

  it("is for those who may change students", async () => {
    const { client, organizationId, enroll } = await school();
    const text = `Surel,Kelas\n${(await enroll()).email},X 2\n`;
    const { id } = await check(client, text);
    const some = clientOf(
      organizationId,
      permissionsOf("ADMIN").filter((permission) => permission !== "students:update"),
    );
    for (const [operation, variables] of [
      [CHECK, inputOf(text)],
      [START, { id }],
      [UNDO, { id }],
    ] as const)
      expect((await some.run(operation, variables)).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
  });

  it("is taken back where nothing has changed since, and names the rest", async () => {
    const { client, organizationId, from, into, enroll } = await school();
    const people = [await enroll({ studentIdentifier: "0001" }), await enroll()];
    const [first, second] = people.map(({ id }) => id);
    const text = `Surel,Kelas,NIS\n${people.map(({ email }, index) => `${email},X 2,9${index}`).join("\n")}`;
    const { id } = await run(client, (await check(client, text)).id);
    await db.enrollment.update({ where: { id: second! }, data: { studentIdentifier: "0815" } });
    expect(await undo(client, id)).toMatchObject({ status: "UNDONE", updatedCount: 2, keptCount: 1 });
    expect(await enrollment(first!)).toMatchObject({ classId: from.id, studentIdentifier: "0001" });
    expect(await enrollment(second!)).toMatchObject({ classId: into.id, studentIdentifier: "0815" });
    expect(await rowsOf(client, id)).toEqual([
      [2, "UNDONE"],
      [3, "KEPT", "null ILLEGAL_STATE"],
    ]);

    const again = await run(client, (await check(client, text)).id);
    expect(again.id).not.toBe(id);
    await db.class.update({ where: { id: from.id }, data: { capacity: 1 } });
    await buildEnrollment(db, { organizationId, classId: from.id });
    expect(await undo(client, again.id)).toMatchObject({ status: "UNDONE", keptCount: 1 });
    expect(await rowsOf(client, again.id)).toEqual([
      [2, "KEPT", "null LIMIT_EXCEEDED"],
      [3, "UNDONE"],
    ]);
  });

  it("leaves no class over its capacity when two run at once", async () => {
    const { client, organizationId, into, enroll } = await school();
    const people = await Promise.all(Array.from({ length: 4 }, () => enroll()));
    const files = [people.slice(0, 2), people.slice(2)].map(
      (some) => `Surel,Kelas\n${some.map(({ email }) => `${email},X 2`).join("\n")}`,
    );
    const imports = await Promise.all(files.map((text) => check(client, text)));
    const done = await Promise.all(imports.map(({ id }) => run(client, id)));
    expect(done.map(({ updatedCount }) => updatedCount).toSorted((one, other) => one - other)).toEqual([0, 2]);
    expect(await db.enrollment.count({ where: { organizationId, classId: into.id } })).toBe(2);
  });
});
