import { randomUUID } from "node:crypto";
import { crc32, deflateRawSync } from "node:zlib";
import { anonymous } from "@lentera/kit";
import { type TestClient, type TestSubgraph, buildViewer, eventually, startTestSubgraph } from "@lentera/kit/testing";
import {
  buildAccount,
  buildClass,
  buildEnrollment,
  buildOrganization,
  buildUser,
  connectOrganization,
} from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { xlsxOf } from "../document/xlsx.js";
import { permissionsOf } from "../permissions.js";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectOrganization>;
let now = new Date();

beforeAll(async () => {
  test = await startTestSubgraph("organization", createSubgraph, { clock: () => now });
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
  rowCount: number;
  processedCount: number;
  invitedCount: number;
  skippedCount: number;
  failedCount: number;
  keptCount: number;
  errorFile: { url: string } | null;
}
const FIELDS = `id status rowCount processedCount invitedCount skippedCount failedCount keptCount errorFile { url }`;
const CHECK = `mutation ($input: CheckStudentImportInput!) { checkStudentImport(input: $input) { studentImport { ${FIELDS} } } }`;
const START = `mutation ($id: ID!) { startStudentImport(input: { importId: $id }) { studentImport { ${FIELDS} } } }`;
const UNDO = `mutation ($id: ID!) { undoStudentImport(input: { importId: $id }) { studentImport { ${FIELDS} } } }`;
const GET = `query ($id: ID!) { studentImport(id: $id) { ${FIELDS} } }`;
const ROWS = `query ($id: ID!, $status: StudentImportRowStatus, $first: Int, $after: String) {
  studentImportRows(importId: $id, status: $status, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { rowNumber fullName email status problems { field code message } } }
  }
}`;
interface Rows {
  studentImportRows: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    edges: {
      node: { rowNumber: number; email: string; status: string; problems: { code: string; message: string }[] };
    }[];
  };
}

async function school(over: { maxStudents?: number } = {}) {
  const { id: organizationId } = await buildOrganization(db, { maxStudents: 20_000, ...over });
  return { organizationId, client: clientOf(organizationId) };
}
function clientOf(organizationId: string, role: "ADMIN" | "VIEWER" | "TEACHER" = "ADMIN"): TestClient {
  return test.as(buildViewer({ role, organizationId, staff: true, permissions: permissionsOf(role) }));
}
const unique = (name: string): string => `${name}.${randomUUID().slice(0, 8)}@example.test`;
const inputFor = (text: string, over: object = {}) => ({
  input: { source: { text }, idempotencyKey: randomUUID(), ...over },
});
async function check(client: TestClient, text: string, over: object = {}): Promise<Import> {
  const data = await client.data<{ checkStudentImport: { studentImport: Import } }>(CHECK, inputFor(text, over));
  return data.checkStudentImport.studentImport;
}
async function run(client: TestClient, id: string): Promise<Import> {
  await client.data(START, { id });
  return untilDone(client, id);
}
function untilDone(client: TestClient, id: string): Promise<Import> {
  return eventually(async () => {
    const { studentImport } = await client.data<{ studentImport: Import }>(GET, { id });
    return studentImport.status === "DONE" ? studentImport : undefined;
  });
}
async function rowsOf(client: TestClient, id: string, status?: string) {
  const { studentImportRows } = await client.data<Rows>(ROWS, { id, status, first: 100 });
  return studentImportRows.edges.map(({ node }) => node);
}
const undo = async (client: TestClient, id: string): Promise<Import> =>
  (await client.data<{ undoStudentImport: { studentImport: Import } }>(UNDO, { id })).undoStudentImport.studentImport;
const enrolled = (organizationId: string) => db.enrollment.count({ where: { organizationId } });

describe("003-49: checking a file", () => {
  it("judges every row with all its problems in the reader's language and enrolls nobody", async () => {
    const { organizationId, client } = await school();
    await buildClass(db, { organizationId, name: "XII IPA 1" });
    const [present, teacher] = [unique("present"), unique("teacher")];
    const student = await buildAccount(db, { email: present });
    await buildEnrollment(db, { organizationId, studentId: student.userId });
    await buildAccount(db, { email: teacher, userId: (await buildUser(db, { role: "TEACHER" })).id });
    const good = unique("siti");
    const checked = await check(
      client,
      `Nama;Surel;Kelas\nSiti;${good};xii ipa 1\nAda;${present};\nGuru;${teacher};\n;salah;XII IPA 9\n`,
    );
    expect(checked).toMatchObject({
      status: "CHECKED",
      rowCount: 4,
      processedCount: 3,
      skippedCount: 1,
      failedCount: 2,
    });
    const rows = await rowsOf(client, checked.id);
    expect(
      rows.map(({ rowNumber, status, problems }) => [rowNumber, status, problems.map(({ code }) => code)]),
    ).toEqual([
      [2, "VALID", []],
      [3, "SKIPPED", ["RESOURCE_ALREADY_EXISTS"]],
      [4, "FAILED", ["DUPLICATE_ENTRY"]],
      [5, "FAILED", ["REQUIRED_FIELD_MISSING", "INVALID_FORMAT", "NOT_FOUND"]],
    ]);
    expect(rows[3]!.problems[2]!.message).toBe(
      "There is no class “XII IPA 9” in this academic year: create it or correct its name.",
    );
    const indonesian = await test.as(client.viewer, "id").data<Rows>(ROWS, { id: checked.id, status: "SKIPPED" });
    expect(indonesian.studentImportRows.edges[0]!.node.problems[0]!.message).toBe("Siswa ini sudah terdaftar.");
    expect(await enrolled(organizationId)).toBe(1);
  });

  it("suggests what the columns hold, and reads them as the caller says", async () => {
    const { client } = await school();
    const text = `Peserta\tKontak\nSiti\t${unique("siti")}\n`;
    const { studentImportColumns } = await client.data<{ studentImportColumns: object[] }>(
      "query ($text: String) { studentImportColumns(source: { text: $text }) { position header field samples } }",
      { text },
    );
    expect(studentImportColumns[0]).toEqual({ position: 1, header: "Peserta", field: null, samples: ["Siti"] });
    const { errors } = await client.run(CHECK, inputFor(text));
    expect(errors).toMatchObject([{ details: [{ path: "input.columns.FULL_NAME" }, { path: "input.columns.EMAIL" }] }]);
    const columns = [
      { position: 1, field: "FULL_NAME" },
      { position: 2, field: "EMAIL" },
    ];
    expect(await check(client, text, { columns })).toMatchObject({ rowCount: 1, failedCount: 0 });
  });

  it("000-56: of 10,001 rows, another encoding or no rows is refused with one sentence in the reader's language", async () => {
    const { client } = await school();
    const details = async (text: string, language: "id" | "en" = "en") => {
      const [error] = (await test.as(client.viewer, language).run(CHECK, inputFor(text))).errors;
      return (error!.details as { message: string }[]).map(({ message }) => message);
    };
    expect(await details(`Nama,Surel\n${"A,a@example.test\n".repeat(10_001)}`)).toEqual([
      "One file holds at most 10,000 students: split it into several files.",
    ]);
    expect(await details("Nama,Surel\n", "id")).toEqual([
      "Berkas ini tidak berisi baris siswa: isi satu baris judul dan setidaknya satu baris siswa.",
    ]);
  });

  it("is for those who may add students, of their own organization", async () => {
    const { organizationId, client } = await school();
    const text = `Nama,Surel\nA,${unique("a")}\n`;
    const { id } = await check(client, text);
    for (const role of ["VIEWER", "TEACHER"] as const)
      expect((await clientOf(organizationId, role).run(CHECK, inputFor(text))).errors).toMatchObject([
        { code: "INSUFFICIENT_PERMISSIONS" },
      ]);
    expect((await test.as(anonymous).run(CHECK, inputFor(text))).errors).toMatchObject([{ code: "UNAUTHORIZED" }]);
    const other = (await school()).client;
    for (const operation of [GET, START, UNDO, ROWS])
      expect((await other.run(operation, { id })).errors, operation).toMatchObject([{ code: "NOT_FOUND" }]);
    const statements = ["select id from student_imports", "select email from student_import_rows"];
    expect(await test.rowsAs(other.viewer, statements)).toEqual([[], []]);
    await expect(
      other.subscribe("subscription ($id: ID!) { importProgressed(importId: $id) { studentImport { id } } }", { id }),
    ).rejects.toThrow(/NOT_FOUND/);
  });

  it("lists imports and pages rows with as many statements for many as for one", async () => {
    const { client } = await school();
    const list =
      "{ studentImports(first: 50) { totalCount edges { node { id errorFile { url } columns { header } } } } }";
    const statements = async () => (await test.statementsOf(() => client.data(list))).length;
    const text = (rows: number) => `Nama,Surel\n${Array.from({ length: rows }, () => `A,${unique("a")}`).join("\n")}`;
    await check(client, text(1));
    const few = await statements();
    const { id } = await check(client, text(3));
    await check(client, text(3));
    expect(await statements()).toBe(few);
    const first = await client.data<Rows>(ROWS, { id, first: 2 });
    const { endCursor, hasNextPage } = first.studentImportRows.pageInfo;
    const second = await client.data<Rows>(ROWS, { id, first: 2, after: endCursor });
    expect([hasNextPage, second.studentImportRows.edges.map(({ node }) => node.rowNumber)]).toEqual([true, [4]]);
  });
});

describe("000-56: an import", () => {
  it("enrolls whom it can, invites who has an account, names the others and writes them into a file", async () => {
    const { organizationId, client } = await school();
    const { id: classId } = await buildClass(db, { organizationId, name: "XII IPA 1" });
    const [fresh, known] = [unique("siti"), unique("budi")];
    const account = await buildAccount(db, { email: known });
    const text = `Nama,Surel,NIS,Kelas\nSiti,${fresh.toUpperCase()},0042,XII IPA 1\nBudi,${known},,\n=1+1,salah,,\n`;
    const done = await run(client, (await check(client, text)).id);
    expect(done).toMatchObject({ status: "DONE", processedCount: 3, invitedCount: 2, failedCount: 1 });
    const enrollments = await db.enrollment.findMany({
      where: { organizationId },
      include: { student: { include: { account: true } } },
      orderBy: { enrolledAt: "asc" },
    });
    const [siti] = enrollments.filter(({ status }) => status === "ACTIVE");
    expect(siti).toMatchObject({ classId, studentIdentifier: "0042", student: { fullName: "Siti", role: "STUDENT" } });
    expect(siti!.student.account).toMatchObject({ email: fresh, passwordHash: null });
    expect(enrollments.filter(({ status }) => status === "INVITED")).toMatchObject([{ studentId: account.userId }]);
    const { rows } = await test.owner.query<{ bytes: Buffer }>(
      "select bytes from file_contents c join student_imports i on i.error_file_id = c.file_id where i.id = $1",
      [done.id],
    );
    expect(rows[0]!.bytes.toString()).toBe(
      "\uFEFFRow,Name,Email,Student ID,Class,Problems\r\n4,'=1+1,salah,,,“salah” is not an e-mail address.\r\n",
    );
    expect(done.errorFile!.url).toMatch(/^\/files\/.+signature=/);
    const { rows: audited } = await test.owner.query<{ action: string }>(
      "select action from app.audit_log where entity_id = $1 order by sequence",
      [done.id],
    );
    expect(audited.map(({ action }) => action)).toEqual(["student-import.started", "student-import.finished"]);
  });

  it("goes on in batches of 1,000 and reports its progress live", async () => {
    const { organizationId, client } = await school();
    const lines = Array.from({ length: 2500 }, (_, index) => `Siswa ${index},${unique(`s${index}`)}`);
    const { id } = await check(client, `Nama,Surel\n${lines.join("\n")}`);
    const progress = await client.subscribe<{ importProgressed: { studentImport: Import } }>(
      `subscription ($id: ID!) { importProgressed(importId: $id) { studentImport { ${FIELDS} } } }`,
      { id },
    );
    await client.data(START, { id });
    const seen: string[] = [];
    for await (const { importProgressed } of progress) {
      const { status, processedCount } = importProgressed.studentImport;
      seen.push(`${status} ${processedCount}`);
      if (status === "DONE") break;
    }
    expect(seen.at(-1)).toBe("DONE 2500");
    expect(seen).toEqual(expect.arrayContaining([expect.stringMatching(/^RUNNING [12]000$/)]));
    expect(await enrolled(organizationId)).toBe(2500);
  });

  it("of the same file read in the same way is the same import, and enrolls nobody twice", async () => {
    const { organizationId, client } = await school();
    const text = `Nama,Surel,Lain\nA,${unique("a")},B\n`;
    const first = await check(client, text);
    expect((await check(client, text)).id).toBe(first.id);
    await run(client, first.id);
    expect(await check(client, text)).toMatchObject({ id: first.id, status: "DONE" });
    await run(client, first.id);
    const columns = [
      { position: 3, field: "FULL_NAME" },
      { position: 2, field: "EMAIL" },
    ];
    const other = await check(client, text, { columns });
    expect(other.id).not.toBe(first.id);
    expect(await run(client, other.id)).toMatchObject({ skippedCount: 1, invitedCount: 0 });
    expect(await enrolled(organizationId)).toBe(1);
  });

  it("is checked once per idempotency key", async () => {
    const { client } = await school();
    const input = inputFor(`Nama,Surel\nA,${unique("a")}\n`);
    const answers = await Promise.all([1, 2, 3].map(() => client.data<{ checkStudentImport: object }>(CHECK, input)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const other = { input: { ...input.input, academicYear: "2030/2031" } };
    expect((await client.run(CHECK, other)).errors).toMatchObject([{ code: "IDEMPOTENCY_CONFLICT" }]);
  });

  it("000-48: respects the quota and the classes' capacity: earlier rows get the seats, the others say why", async () => {
    const { organizationId, client } = await school({ maxStudents: 3 });
    await buildClass(db, { organizationId, name: "Kecil", capacity: 1 });
    const row = (name: string, into: string) => `${name},${unique(name)},${into}`;
    const lines = [row("a", "Kecil"), row("b", "Kecil"), row("c", ""), row("d", ""), row("e", "")];
    const { id } = await check(client, `Nama,Surel,Kelas\n${lines.join("\n")}`);
    const done = await run(client, id);
    expect(done).toMatchObject({ invitedCount: 3, failedCount: 2 });
    const failed = await rowsOf(client, id, "FAILED");
    expect(failed.map(({ rowNumber, problems }) => [rowNumber, problems[0]!.code, problems[0]!.message])).toEqual([
      [3, "LIMIT_EXCEEDED", "This class is full."],
      [6, "LIMIT_EXCEEDED", "The organization's number of students is used up: raise it or enroll fewer."],
    ]);
  });

  it("000-48: two imports at once share the last seats", async () => {
    const { organizationId, client } = await school({ maxStudents: 5 });
    const file = () => `Nama,Surel\n${Array.from({ length: 4 }, () => `A,${unique("a")}`).join("\n")}`;
    const imports = [await check(client, file()), await check(client, file())];
    await Promise.all(imports.map(({ id }) => client.data(START, { id })));
    const done = await Promise.all(imports.map(({ id }) => untilDone(client, id)));
    expect(done.map(({ invitedCount }) => invitedCount).toSorted((one, other) => one - other)).toEqual([1, 4]);
    expect(await enrolled(organizationId)).toBe(5);
  });
});

describe("003-49: undoing an import", () => {
  it("takes back what nothing has happened to since, and names the rest", async () => {
    const { organizationId, client } = await school();
    const names = ["a", "b", "c", "d"];
    const emails = names.map(unique);
    await buildAccount(db, { email: emails[3]! });
    const text = `Nama,Surel\n${names.map((name, index) => `${name},${emails[index]}`).join("\n")}`;
    const { id } = await run(client, (await check(client, text)).id);
    const studentOf = async (index: number) =>
      (await db.account.findUnique({ where: { email: emails[index]! } }))!.userId;
    await db.account.update({ where: { email: emails[1]! }, data: { lastSignedInAt: new Date() } });
    const other = await buildClass(db, { organizationId });
    await db.enrollment.updateMany({ where: { studentId: await studentOf(2) }, data: { classId: other.id } });
    const taken = await studentOf(0);
    expect(await undo(client, id)).toMatchObject({ status: "UNDONE", keptCount: 2, invitedCount: 4 });
    const kept = await rowsOf(client, id, "KEPT");
    expect(kept.map(({ email, problems }) => [email, problems[0]!.message])).toEqual([
      [emails[1], "This student has used the account since, so it stays."],
      [emails[2], "This student's enrollment has changed since the import, so it stays."],
    ]);
    expect(await enrolled(organizationId)).toBe(2);
    expect(await db.account.findUnique({ where: { userId: taken } })).toMatchObject({ status: "DELETED" });
    expect(await db.account.findUnique({ where: { email: emails[3]! } })).toMatchObject({ status: "ACTIVE" });
    expect(await undo(client, id)).toMatchObject({ status: "UNDONE", keptCount: 2 });
    const again = await check(client, text);
    expect(again.id).not.toBe(id);
    expect(await run(client, again.id)).toMatchObject({ invitedCount: 2, skippedCount: 2 });
  });

  it("is impossible before the end, and 24 hours after it", async () => {
    const { client } = await school();
    const { id } = await check(client, `Nama,Surel\nA,${unique("a")}\n`);
    expect((await client.run(UNDO, { id })).errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
    await run(client, id);
    const finishedAt = now;
    now = new Date(finishedAt.getTime() + 24 * 60 * 60 * 1000);
    const { errors } = await client.run(UNDO, { id });
    now = finishedAt;
    expect(errors).toMatchObject([{ code: "ILLEGAL_STATE" }]);
  });
});

describe("000-56: inviting students", () => {
  const INVITE = `mutation ($input: InviteStudentsInput!) {
    inviteStudents(input: $input) { invited failed { email code reason } studentImport { id status } }
  }`;

  it("answers how many were invited and who was not, once per idempotency key", async () => {
    const { organizationId, client } = await school();
    const { id: classId } = await buildClass(db, { organizationId, capacity: 1 });
    const [first, second] = [unique("first"), unique("second")];
    const students = [
      { name: "Siti", email: first, studentIdentifier: "0042" },
      { name: "", email: "salah" },
      { name: "Budi", email: second },
    ];
    const input = { input: { classId, students, idempotencyKey: randomUUID() } };
    const answer = await client.data<{ inviteStudents: { studentImport: { id: string } } }>(INVITE, input);
    expect(answer.inviteStudents).toEqual({
      invited: 1,
      failed: [
        {
          email: "salah",
          code: "REQUIRED_FIELD_MISSING",
          reason: "Give the full name. “salah” is not an e-mail address.",
        },
        { email: second, code: "LIMIT_EXCEEDED", reason: "This class is full." },
      ],
      studentImport: { id: expect.any(String), status: "DONE" },
    });
    expect(await client.data(INVITE, input)).toEqual(answer);
    expect(await enrolled(organizationId)).toBe(1);
    expect(await undo(client, answer.inviteStudents.studentImport.id)).toMatchObject({
      status: "UNDONE",
      keptCount: 0,
    });
    expect(await enrolled(organizationId)).toBe(0);
  });

  it("is for at most 1,000, and not into another organization's class", async () => {
    const { client } = await school();
    const { id: classId } = await buildClass(db);
    const invite = (count: number) => {
      const students = Array.from({ length: count }, () => ({ name: "A", email: unique("a") }));
      return client.run(INVITE, { input: { classId, students, idempotencyKey: randomUUID() } });
    };
    expect((await invite(1001)).errors).toMatchObject([{ details: [{ path: "input.students" }] }]);
    expect((await invite(1)).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });
});

describe("001-42: an XLSX workbook", () => {
  async function workbook([columns = [], ...rows]: string[][]): Promise<Uint8Array> {
    const sections = [{ heading: "Siswa", columns, rows }];
    const chunks: Uint8Array[] = [];
    for await (const chunk of xlsxOf({ title: "", subtitle: "", sections })) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async function uploaded(organizationId: string, bytes: Uint8Array): Promise<string> {
    const { id } = await db.file.create({
      data: {
        organizationId,
        name: "siswa.xlsx",
        mediaType: "application/octet-stream",
        sizeBytes: bytes.length,
        sha256: new Uint8Array(32),
        completedAt: now,
        expiresAt: new Date(now.getTime() + 60_000),
      },
    });
    const pieces = Array.from({ length: Math.ceil(bytes.length / 262_144) }, (_, position) => ({
      fileId: id,
      position,
      bytes: new Uint8Array(bytes.slice(position * 262_144, (position + 1) * 262_144)),
    }));
    await db.fileContent.createMany({ data: pieces });
    return id;
  }
  const checkFile = (client: TestClient, fileId: string) =>
    client.run<{ checkStudentImport: { studentImport: Import } }>(CHECK, {
      input: { source: { fileId }, idempotencyKey: randomUUID() },
    });

  it("is read like a CSV file, by its own organization only", async () => {
    const { organizationId, client } = await school();
    const rows = [
      ["Nama", "Surel"],
      ["Siti", unique("siti")],
    ];
    const fileId = await uploaded(organizationId, await workbook(rows));
    const { data } = await checkFile(client, fileId);
    expect(data!.checkStudentImport.studentImport).toMatchObject({ rowCount: 1, failedCount: 0 });
    expect((await checkFile((await school()).client, fileId)).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });

  /** A zip of one deflated entry that states whatever size it is told to. */
  function archive(unpacked: Buffer, statedBytes: number): Buffer {
    const name = Buffer.from("xl/workbook.xml");
    const packed = deflateRawSync(unpacked, { level: 9 });
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(crc32(unpacked), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(statedBytes, 18);
    facts.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), facts, name, packed]);
    const central = Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), facts, Buffer.alloc(14), name]);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(1, 8);
    end.writeUInt16LE(1, 10);
    end.writeUInt32LE(central.length, 12);
    end.writeUInt32LE(local.length, 16);
    return Buffer.concat([local, central, end]);
  }

  it("that would unpack to more than 100 MB is refused, whether it says so or lies about it", async () => {
    const { organizationId, client } = await school();
    const zeros = Buffer.alloc(120 * 1024 * 1024);
    const messageFor = async (bytes: Buffer) => {
      const { errors } = await checkFile(client, await uploaded(organizationId, bytes));
      return (errors[0]!.details as { message: string }[])[0]!.message;
    };
    expect(await messageFor(archive(zeros, zeros.length))).toMatch(/larger than 100 MB/);
    expect(await messageFor(archive(zeros, 1000))).toMatch(/damaged/);
    expect(await messageFor(Buffer.from("PK\u0003\u0004 and nothing else"))).toMatch(/damaged/);
  });
});
