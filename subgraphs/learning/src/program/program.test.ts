import { randomUUID } from "node:crypto";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildAttempt, buildExamType, buildTryout, connectLearning } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

const now = new Date("2026-03-10T03:00:00Z");
let test: TestSubgraph;
let db: ReturnType<typeof connectLearning>;

beforeAll(async () => {
  test = await startTestSubgraph("learning", createSubgraph, { clock: () => now });
  db = connectLearning(test.ownerUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

const SAVE = `mutation ($input: SaveProgramInput!) { saveProgram(input: $input) { program {
  id universityName programName faculty totalQuota accreditation isActive acceptanceRate examTypes { id }
  years { year passingScore applicants admitted } requirements { subtest minimum }
  tuition { minimum { amount currency } maximum { amount } } } } }`;
const LIST = `query ($filter: ProgramFilter, $first: Int, $after: String) { programs(filter: $filter, first: $first, after: $after) {
  totalCount pageInfo { endCursor hasNextPage } edges { node { id programName } } } }`;
const CHANCES = `query ($people: [_Any!]!, $programIds: [ID!]!) { _entities(representations: $people) { ... on User {
  admissionChances(programIds: $programIds) { basis probability low high scaled passingScore requirements { subtest minimum scaled probability } program { id } } } } }`;
interface Saved {
  saveProgram: { program: { id: string } };
}
interface Chance {
  basis: string;
  probability: number;
  low: number;
  high: number;
  requirements: { subtest: string | null; probability: number }[];
  program: { id: string };
}

const admin = () => test.as(buildViewer({ role: "PLATFORM_ADMIN", permissions: ["system:settings"] }));
const wanted = (examTypeId: string, over: Record<string, unknown> = {}) => ({
  universityName: "Universitas Contoh",
  programName: `Teknik ${randomUUID()}`,
  examTypeIds: [examTypeId],
  requirements: [],
  years: [{ year: 2025, passingScore: 600, applicants: 400, admitted: 100 }],
  idempotencyKey: randomUUID(),
  ...over,
});
async function save(examTypeId: string, over: Record<string, unknown> = {}): Promise<string> {
  return (await admin().data<Saved>(SAVE, { input: wanted(examTypeId, over) })).saveProgram.program.id;
}

describe("programmes", () => {
  it("000-35: are data: saved whole, saved again under the same names, and audited", async () => {
    const { id: examTypeId } = await buildExamType(db);
    const input = wanted(examTypeId, {
      faculty: "Teknik",
      totalQuota: 100,
      accreditation: "A",
      tuition: { currency: "IDR", minimum: "5000000", maximum: "12500000" },
      requirements: [{ minimum: 550 }, { subtest: "PU", minimum: 520 }],
    });
    const { program } = (await admin().data<Saved>(SAVE, { input })).saveProgram;
    expect(program).toMatchObject({
      universityName: "Universitas Contoh",
      acceptanceRate: 0.25,
      isActive: true,
      examTypes: [{ id: examTypeId }],
      requirements: [
        { subtest: null, minimum: 550 },
        { subtest: "PU", minimum: 520 },
      ],
      tuition: { minimum: { amount: "5000000", currency: "IDR" }, maximum: { amount: "12500000" } },
    });
    const again = { ...input, idempotencyKey: randomUUID(), years: [{ year: 2026, passingScore: 620 }], tuition: null };
    const saved = await Promise.all(
      [1, 2].map(() => admin().data<Saved>(SAVE, { input: { ...again, idempotencyKey: randomUUID() } })),
    );
    for (const { saveProgram } of saved)
      expect(saveProgram.program).toMatchObject({
        id: program.id,
        tuition: null,
        years: [{ year: 2026, admitted: null }],
      });
    const { rows } = await test.owner.query(
      "select count(*)::int as n from app.audit_log where action = 'program.saved' and entity_id = $1",
      [program.id],
    );
    expect(rows).toEqual([{ n: 3 }]);
  });

  it("000-35: are saved by those who keep the platform's data, and refused with all that is wrong", async () => {
    const { id: examTypeId } = await buildExamType(db);
    const teacher = test.as(buildViewer({ role: "TEACHER", staff: true, permissions: ["attempts:read"] }));
    expect((await teacher.run(SAVE, { input: wanted(examTypeId) })).errors).toMatchObject([
      { code: "INSUFFICIENT_PERMISSIONS" },
    ]);
    const year = { year: 2025, passingScore: 600, applicants: 10, admitted: 11 };
    const { errors } = await admin().run(SAVE, { input: wanted(examTypeId, { programName: "", years: [year] }) });
    const paths = (errors[0]!.details as { path: string }[]).map(({ path }) => path);
    expect(paths).toEqual(["input.programName", "input.years.0.admitted"]);
    for (const over of [
      { examTypeIds: [randomUUID()] },
      { tuition: { currency: "IDR", minimum: "2", maximum: "1" } },
      { years: [year, year].map((one) => ({ ...one, admitted: 1 })) },
    ])
      expect((await admin().run(SAVE, { input: wanted(examTypeId, over) })).errors).toMatchObject([
        { code: "VALIDATION_ERROR" },
      ]);
  });

  it("000-35: are listed by name, page by page, those that admit alone", async () => {
    const { id: examTypeId } = await buildExamType(db);
    for (const programName of ["Akuntansi", "Biologi", "Kimia"])
      await save(examTypeId, { programName: `${programName} ${examTypeId}` });
    await save(examTypeId, { isActive: false });
    interface Listed {
      programs: {
        totalCount: number;
        pageInfo: { endCursor: string; hasNextPage: boolean };
        edges: { node: { programName: string } }[];
      };
    }
    const student = test.as(buildViewer());
    const page = (after: string | null) => student.data<Listed>(LIST, { filter: { examTypeId }, first: 2, after });
    const first = await page(null);
    const second = await page(first.programs.pageInfo.endCursor);
    expect(first.programs.totalCount).toBe(3);
    const names = [...first.programs.edges, ...second.programs.edges].map(({ node }) => node.programName.split(" ")[0]);
    expect(names).toEqual(["Akuntansi", "Biologi", "Kimia"]);
    const found = await student.data<Listed>(LIST, { filter: { examTypeId, search: "biO" } });
    expect(found.programs.edges).toHaveLength(1);
  });
});

describe("the chance of admission", () => {
  async function sit(studentId: string, examTypeId: string, scaled: number): Promise<void> {
    const { id: tryoutId } = await buildTryout(db, { examTypeId });
    const startedAt = new Date(now.getTime() - 86_400_000);
    const deadline = new Date(startedAt.getTime() + 60_000);
    const { id: attemptId } = await buildAttempt(db, { studentId, tryoutId, startedAt, deadline, status: "SCORED" });
    const error = { abilityError: 0.3, standardError: 30, intervalLow: scaled - 59, intervalHigh: scaled + 59 };
    await db.attemptScore.create({ data: { attemptId, ability: (scaled - 500) / 100, scaled, ...error } });
    await db.subtestScore.create({
      data: { attemptId, subtest: "PU", ability: 0, scaled, standardError: 40, correct: 1, total: 2 },
    });
  }
  const personOf = (id: string, viewDetailedAnalytics = true) => ({
    __typename: "User",
    id,
    viewerAccess: { viewDetailedAnalytics },
  });
  async function chances(people: object[], programIds: string[]): Promise<(Chance[] | null)[]> {
    const client = test.as(buildViewer({ role: "GUARDIAN" }));
    const { _entities } = await client.data<{ _entities: { admissionChances: Chance[] | null }[] }>(CHANCES, {
      people,
      programIds,
    });
    return _entities.map(({ admissionChances }) => admissionChances);
  }

  it("000-35: comes from the score, its error and the years, with an interval; or says what is missing", async () => {
    const [{ id: examTypeId }, { id: otherExam }] = [await buildExamType(db), await buildExamType(db)];
    const studentId = randomUUID();
    await sit(studentId, examTypeId, 600);
    const programIds = [
      await save(examTypeId),
      await save(examTypeId, {
        requirements: [
          { subtest: "PU", minimum: 640 },
          { subtest: "PK", minimum: 500 },
        ],
      }),
      await save(examTypeId, { years: [] }),
      await save(otherExam),
    ];
    const [[even, demanding, unknown, other]] = (await chances([personOf(studentId)], programIds)) as [Chance[]];
    expect(even).toMatchObject({ basis: "ESTIMATED", scaled: 600, passingScore: 600, program: { id: programIds[0] } });
    expect(even!.probability).toBeCloseTo(0.5, 6);
    expect(even!.low).toBeLessThan(0.5);
    expect(even!.high).toBeGreaterThan(0.5);
    // PU at 600 ± 40 reaches 640 with Φ(−1); PK was not sat
    expect(demanding).toMatchObject({
      probability: 0,
      requirements: [{ subtest: "PK", scaled: null, probability: 0 }, { subtest: "PU" }],
    });
    expect(demanding!.requirements[1]!.probability).toBeCloseTo(0.158655, 5);
    expect(unknown).toMatchObject({ basis: "NO_HISTORY", probability: null });
    expect(other).toMatchObject({ basis: "NO_SCORE", probability: null });
  });

  it("000-42: is detailed analytics, and for 20 programmes at most", async () => {
    const { id: examTypeId } = await buildExamType(db);
    const programId = await save(examTypeId);
    expect(await chances([personOf(randomUUID(), false)], [programId])).toEqual([null]);
    const people = [personOf(randomUUID())];
    const many = Array.from({ length: 21 }, () => programId);
    expect((await test.as(buildViewer()).run(CHANCES, { people, programIds: many })).errors).toMatchObject([
      { code: "VALIDATION_ERROR" },
    ]);
    expect((await test.as(buildViewer()).run(CHANCES, { people, programIds: [randomUUID()] })).errors).toMatchObject([
      { code: "NOT_FOUND" },
    ]);
  });

  it("takes the same number of statements for one student and for many", async () => {
    const { id: examTypeId } = await buildExamType(db);
    const programIds = [await save(examTypeId), await save(examTypeId)];
    const people = Array.from({ length: 5 }, () => personOf(randomUUID()));
    for (const { id } of people) await sit(id, examTypeId, 600);
    const one = await test.statementsOf(() => chances(people.slice(0, 1), programIds));
    const many = await test.statementsOf(() => chances(people, programIds));
    expect(many.length).toBe(one.length);
  });
});
