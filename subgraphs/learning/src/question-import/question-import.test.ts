import { randomUUID } from "node:crypto";
import { type TestClient, type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildExamType, connectLearning } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectLearning>;
let examTypeId: string;

beforeAll(async () => {
  test = await startTestSubgraph("learning", createSubgraph);
  db = connectLearning(test.ownerUrl);
  const subtests = { create: [{ code: "PK", name: "PK", position: 1, itemCount: 1, durationMinutes: 1 }] };
  examTypeId = (await buildExamType(db, { subtests })).id;
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

const IMPORT = `mutation ($input: ImportQuestionsInput!) {
  importQuestions(input: $input) { importedCount duplicateCount failedCount results { document line status problem questionId } }
}`;
const EXPORT = `query ($format: QuestionFileFormat!, $first: Int, $after: String) {
  questionExport(format: $format, first: $first, after: $after) { count hasNextPage endCursor documents { name text } }
}`;
interface Report {
  importedCount: number;
  duplicateCount: number;
  failedCount: number;
  results: { document: string; line: number; status: string; problem: string | null; questionId: string | null }[];
}
interface Exported {
  count: number;
  hasNextPage: boolean;
  endCursor: string;
  documents: { name: string; text: string }[];
}

const permissions = ["questions:read", "questions:write"];
const buildTeacher = () =>
  test.as(buildViewer({ role: "TEACHER", staff: true, organizationId: randomUUID(), permissions }));
function inputOf(format: string, documents: { name: string; text: string }[], over: object = {}) {
  const defaults = { examTypeId, subtest: "PK", topic: "Umum" };
  return { format, documents, defaults, idempotencyKey: randomUUID(), ...over };
}
const send = async (teacher: TestClient, input: object) =>
  (await teacher.data<{ importQuestions: Report }>(IMPORT, { input })).importQuestions;
const giftFile = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => `Soal ${from + index}? {=benar ~salah}\n`).join("\n");

describe("000-36: importing questions", () => {
  it("takes 999 of a thousand QTI files and names the broken one with its line and reason", async () => {
    const teacher = buildTeacher();
    const file = (index: number) => `<assessmentItem identifier="i${index}">
<responseDeclaration identifier="R" cardinality="single" baseType="identifier"><correctResponse><value>A</value></correctResponse></responseDeclaration>
<itemBody><p>Soal ${index}</p><choiceInteraction responseIdentifier="R">
<simpleChoice identifier="A">ya</simpleChoice><simpleChoice identifier="B">tidak</simpleChoice></choiceInteraction>${index === 500 ? "</p>" : ""}</itemBody></assessmentItem>`;
    const documents = Array.from({ length: 1000 }, (_, index) => ({ name: `${index}.xml`, text: file(index) }));
    const report = await send(teacher, inputOf("QTI", documents));
    expect(report).toMatchObject({ importedCount: 999, duplicateCount: 0, failedCount: 1 });
    expect(report.results.filter(({ status }) => status === "FAILED")).toEqual([
      { document: "500.xml", line: 4, status: "FAILED", problem: expect.stringContaining("not XML"), questionId: null },
    ]);
    const { rows } = await test.owner.query(
      "select count(*)::int as n from items i join item_keys k on k.item_id = i.id join item_versions v on v.item_id = i.id where i.organization_id = $1 and i.status = 'DRAFT'",
      [teacher.viewer.organizationId],
    );
    expect(rows).toEqual([{ n: 999 }]);
  });

  it("tries without writing, then writes, then finds everything there already; another organization has its own", async () => {
    const teacher = buildTeacher();
    const documents = [{ name: "a.gift", text: `${giftFile(3)}\n${giftFile(1)}` }];
    const expected = { importedCount: 3, duplicateCount: 1, failedCount: 0 };
    const count = async () =>
      (await test.owner.query("select 1 from items where organization_id = $1", [teacher.viewer.organizationId]))
        .rowCount;
    expect(await send(teacher, inputOf("GIFT", documents, { isDryRun: true }))).toMatchObject(expected);
    expect(await count()).toBe(0);
    expect(await send(teacher, inputOf("GIFT", documents))).toMatchObject(expected);
    expect(await send(teacher, inputOf("GIFT", documents))).toMatchObject({ importedCount: 0, duplicateCount: 4 });
    expect(await count()).toBe(3);
    expect(await send(buildTeacher(), inputOf("GIFT", documents))).toMatchObject(expected);
  });

  it("at the same moment, and by a replay, brings each question once", async () => {
    const teacher = buildTeacher();
    const documents = [{ name: "a.gift", text: giftFile(20) }];
    const replayed = inputOf("GIFT", documents);
    const reports = await Promise.all([
      send(teacher, replayed),
      send(teacher, replayed),
      send(teacher, inputOf("GIFT", documents)),
      send(teacher, inputOf("GIFT", documents)),
    ]);
    const ids = new Set(reports.flatMap(({ results }) => results.flatMap(({ questionId }) => questionId ?? [])));
    expect(ids.size).toBe(20);
    expect(reports[0]).toEqual(reports[1]);
  });

  it("says what is wrong with content as it does when one writes by hand", async () => {
    const documents = [
      {
        name: "a.csv",
        text: "stem,option_a,option_b,correct,subtest\nHarga $5?,a,b,A,PK\nBaik?,a,b,A,XX\nBaik?,a,b,C,PK\n",
      },
    ];
    const { results } = await send(buildTeacher(), inputOf("CSV", documents));
    expect(results.map(({ line, problem }) => [line, problem])).toEqual([
      [2, expect.stringContaining("stem: The $")],
      [3, "The examination has no subtest XX."],
      [4, expect.stringContaining("correct: ")],
    ]);
  });

  it("takes as many statements for many questions as for one", async () => {
    const teacher = buildTeacher();
    const statements = (count: number, from: number) =>
      test.statementsOf(() => send(teacher, inputOf("GIFT", [{ name: "a", text: giftFile(count, from) }])));
    expect((await statements(50, 100)).length).toBe((await statements(1, 0)).length);
  });

  it("is for authors, and refuses what has no end", async () => {
    const student = test.as(buildViewer({ permissions: ["attempts:create"] }));
    const input = inputOf("GIFT", [{ name: "a", text: giftFile(1) }]);
    expect((await student.run(IMPORT, { input })).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
    expect((await student.run(EXPORT, { format: "GIFT" })).errors).toMatchObject([
      { code: "INSUFFICIENT_PERMISSIONS" },
    ]);
    const huge = inputOf("GIFT", [{ name: "a", text: "x".repeat(5_000_001) }]);
    expect((await buildTeacher().run(IMPORT, { input: huge })).errors[0]!.details).toMatchObject([
      { path: "input.documents" },
    ]);
  });
});

describe("000-36: exporting questions", () => {
  it.each(["GIFT", "QTI", "CSV"])("gives pages of %s that come back as the same questions", async (format) => {
    const teacher = buildTeacher();
    const text = `${giftFile(5)}\n[markdown]Berapa $\\\\frac\\{1\\}\\{2\\}$? {#0.5:0.01}\n\nNilai? {=[markdown]satu -> TRUE =dua -> FALSE}\n`;
    const defaults = { examTypeId, subtest: "PK", topic: "Umum" };
    expect(await send(teacher, inputOf("GIFT", [{ name: "a", text }]))).toMatchObject({ importedCount: 7 });
    const documents: { name: string; text: string }[] = [];
    let page: Exported | undefined;
    do {
      const variables = { format, first: 4, after: page?.endCursor ?? null };
      page = (await teacher.data<{ questionExport: Exported }>(EXPORT, variables)).questionExport;
      documents.push(...page.documents);
    } while (page.hasNextPage);
    const again = { ...inputOf(format, documents), defaults };
    expect(await send(teacher, again)).toMatchObject({ importedCount: 0, duplicateCount: 7, failedCount: 0 });
  });

  it("holds nothing of another's", async () => {
    await send(buildTeacher(), inputOf("GIFT", [{ name: "a", text: giftFile(2) }]));
    const { questionExport } = await buildTeacher().data<{ questionExport: Exported }>(EXPORT, { format: "CSV" });
    expect(questionExport.count).toBe(0);
  });
});
