import { randomUUID } from "node:crypto";
import { type TestClient, type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildAttempt, buildExamType, buildItem, buildTryout, connectLearning } from "@lentera/prisma/factories";
import { type GraphQLNamedType, type GraphQLObjectType, getNamedType, isAbstractType, isObjectType } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
let db: ReturnType<typeof connectLearning>;
let examTypeId: string;
let secondExamTypeId: string;

beforeAll(async () => {
  test = await startTestSubgraph("learning", createSubgraph);
  db = connectLearning(test.ownerUrl);
  const subtests = { create: [{ code: "PK", name: "PK", position: 1, itemCount: 1, durationMinutes: 1 }] };
  examTypeId = (await buildExamType(db, { subtests })).id;
  secondExamTypeId = (await buildExamType(db)).id;
});
afterAll(async () => {
  await db.$disconnect();
  await test.stop();
});

const WRITE = ["questions:read", "questions:write", "questions:review"];
function buildTeacher(organizationId: string = randomUUID(), permissions = WRITE) {
  return test.as(buildViewer({ role: "TEACHER", staff: true, organizationId, permissions }));
}
const admin = () => test.as(buildViewer({ role: "PLATFORM_ADMIN", permissions: WRITE }));

const FIELDS = `id status version kind stem options { key text } replacesId reviewNote viewerCanEdit viewerCanReview
  key { correct tolerance explanation explanations { language text } parameters { examTypeId discrimination difficulty guessing calibratedAt } }
  translations { language stem options { key text } }`;
const CREATE = `mutation ($input: CreateQuestionInput!) { createQuestion(input: $input) { question { ${FIELDS} } } }`;
const UPDATE = `mutation ($input: UpdateQuestionInput!) { updateQuestion(input: $input) { question { ${FIELDS} } } }`;
const REVISE = `mutation ($input: ReviseQuestionInput!) { reviseQuestion(input: $input) { question { ${FIELDS} } } }`;
const MOVE = `mutation ($input: MoveQuestionInput!) { moveQuestion(input: $input) { question { ${FIELDS} } } }`;
const SET = `mutation ($input: SetQuestionParametersInput!) { setQuestionParameters(input: $input) { question { ${FIELDS} } } }`;
const GET = `query ($id: ID!) { question(id: $id) { ${FIELDS} } }`;
const VERSIONS = `query ($id: ID!) { question(id: $id) { versions(first: 10) { totalCount edges { node { version author { id } changes { field before after } } } } } }`;
const LIST = `query ($filter: QuestionFilter, $first: Int) {
  questions(filter: $filter, first: $first) { totalCount edges { node { id stem category { path } examType { code } usage { tryoutCount exposureCount } key { correct } } } }
}`;

interface Asked {
  id: string;
  status: string;
  version: number;
  stem: string;
  replacesId: string | null;
  key: { correct: string[]; parameters: object[] } | null;
}
const content = (over: object = {}) => ({
  examTypeId,
  subtest: "PK",
  topic: "Aljabar",
  kind: "SINGLE_CHOICE",
  cognitiveLevel: "APPLY",
  stem: String.raw`Berapa $\frac{1}{2}$ dari 4?`,
  options: [
    { key: "A", text: "1" },
    { key: "B", text: "2" },
  ],
  correct: ["B"],
  explanation: "Setengah dari empat.",
  ...over,
});

async function create(author: TestClient, over: object = {}): Promise<Asked> {
  const input = { content: content(over), idempotencyKey: randomUUID() };
  return (await author.data<{ createQuestion: { question: Asked } }>(CREATE, { input })).createQuestion.question;
}
const move = (client: TestClient, questionId: string, to: string, note?: string) =>
  client.run<{ moveQuestion: { question: Asked } }>(MOVE, { input: { questionId, to, note } });
const codesOf = ({ errors }: { errors: { code: unknown }[] }) => errors.map(({ code }) => code);

/** Two colleagues and a question that one wrote and the other approved and published. */
async function publish(over: object = {}) {
  const author = buildTeacher();
  const reviewer = buildTeacher(author.viewer.organizationId!);
  const { id } = await create(author, over);
  for (const [client, to] of [
    [author, "REVIEW"],
    [reviewer, "APPROVED"],
    [reviewer, "PUBLISHED"],
  ] as const)
    expect(codesOf(await move(client, id, to))).toEqual([]);
  return { author, reviewer, id };
}

describe("000-36: writing a question", () => {
  it("keeps mathematics, translations and key as they were written, for every kind", async () => {
    const author = buildTeacher();
    const translations = [
      {
        language: "en",
        stem: String.raw`What is $\frac{1}{2}$ of 4?`,
        options: content().options,
        explanation: "Half of four.",
      },
    ];
    expect(await create(author, { translations })).toMatchObject({
      status: "DRAFT",
      version: 1,
      stem: String.raw`Berapa $\frac{1}{2}$ dari 4?`,
      translations: [{ language: "en", stem: translations[0]!.stem }],
      key: {
        correct: ["B"],
        explanations: [{ language: "en", text: "Half of four." }],
        parameters: [{ examTypeId, guessing: 0.5, calibratedAt: null }],
      },
    });
    const table = { kind: "TRUE_FALSE_TABLE", correct: ["A:TRUE", "B:FALSE"] };
    const numeric = { kind: "NUMERIC", options: [], correct: ["3.14"], tolerance: 0.01 };
    for (const kind of [table, numeric, { kind: "MULTIPLE_CHOICE", correct: ["A", "B"] }])
      expect(await create(author, kind)).toMatchObject({ kind: kind.kind, key: { correct: kind.correct } });
  });

  it("happens once per key", async () => {
    const author = buildTeacher();
    const input = { content: content(), idempotencyKey: "once" };
    const all = await Promise.all(
      Array.from({ length: 4 }, () => author.data<{ createQuestion: { question: Asked } }>(CREATE, { input })),
    );
    expect(new Set(all.map(({ createQuestion }) => createQuestion.question.id)).size).toBe(1);
  });

  it("names every bad field at once and writes nothing", async () => {
    const author = buildTeacher();
    const bad = content({ stem: "$x", correct: ["C"], explanation: "{$}$" });
    const { errors } = await author.run(CREATE, { input: { content: bad, idempotencyKey: "bad" } });
    expect(errors[0]!.details).toMatchObject([
      { path: "input.content.stem" },
      { path: "input.content.explanation" },
      { path: "input.content.correct" },
    ]);
    const nowhere = content({ subtest: "XX", categoryId: randomUUID(), passageId: randomUUID() });
    const lost = await author.run(CREATE, { input: { content: nowhere, idempotencyKey: "lost" } });
    expect(lost.errors[0]!.details).toMatchObject([
      { path: "input.content.subtest", code: "NOT_FOUND" },
      { path: "input.content.categoryId" },
      { path: "input.content.passageId" },
    ]);
    expect(await author.data(LIST, { filter: { isOwn: true } })).toMatchObject({ questions: { totalCount: 0 } });
  });

  it("is for authors", async () => {
    const input = { content: content(), idempotencyKey: "x" };
    const reader = buildTeacher(randomUUID(), ["questions:read"]);
    expect(codesOf(await reader.run(CREATE, { input }))).toEqual(["INSUFFICIENT_PERMISSIONS"]);
  });
});

describe("000-36: from draft to archive", () => {
  it("needs somebody else's approval, which the database holds to as well", async () => {
    const author = buildTeacher();
    const { id } = await create(author);
    await move(author, id, "REVIEW");
    expect(codesOf(await move(author, id, "APPROVED"))).toEqual(["INSUFFICIENT_PERMISSIONS"]);
    const approve = test.owner.query("update items set status = 'APPROVED', reviewer_id = $2 where id = $1", [
      id,
      author.viewer.userId,
    ]);
    await expect(approve).rejects.toThrow(/items_reviewer_check|nobody approves/);
    await expect(test.owner.query("update items set status = 'APPROVED' where id = $1", [id])).rejects.toThrow(
      /items_reviewed_check/,
    );
    await expect(test.owner.query("update items set status = 'PUBLISHED' where id = $1", [id])).rejects.toThrow(
      /does not go from REVIEW to PUBLISHED/,
    );
  });

  it("somebody who wrote at an earlier version does not approve a later one of another's", async () => {
    const first = buildTeacher();
    const second = buildTeacher(first.viewer.organizationId!);
    const { id } = await create(first);
    await second.data(UPDATE, { input: { questionId: id, content: content({ topic: "Pecahan" }) } });
    await move(second, id, "REVIEW");
    for (const client of [first, second])
      expect(codesOf(await move(client, id, "APPROVED"))).toEqual(["INSUFFICIENT_PERMISSIONS"]);
    const approve = test.owner.query("update items set status = 'APPROVED', reviewer_id = $2 where id = $1", [
      id,
      first.viewer.userId,
    ]);
    await expect(approve).rejects.toThrow(/nobody approves/);
  });

  it("goes back to the author with a note, and is changed in no other state than draft", async () => {
    const author = buildTeacher();
    const reviewer = buildTeacher(author.viewer.organizationId!);
    const { id } = await create(author);
    await move(author, id, "REVIEW");
    const input = { questionId: id, content: content({ topic: "Lain" }) };
    expect(codesOf(await author.run(UPDATE, { input }))).toEqual(["ILLEGAL_STATE"]);
    await expect(test.owner.query("update items set stem = 'x' where id = $1", [id])).rejects.toThrow(
      /only as a draft/,
    );
    await expect(test.owner.query("update item_keys set correct = '{A}' where item_id = $1", [id])).rejects.toThrow(
      /only in a draft/,
    );
    const { data } = await move(reviewer, id, "DRAFT", "Pengecoh lemah.");
    expect(data!.moveQuestion.question).toMatchObject({ status: "DRAFT", reviewNote: "Pengecoh lemah." });
    expect(codesOf(await author.run(UPDATE, { input }))).toEqual([]);
  });

  it("refuses a move that there is not, and two approvals at once leave one", async () => {
    const author = buildTeacher();
    const reviewers = Array.from({ length: 3 }, () => buildTeacher(author.viewer.organizationId!));
    const { id } = await create(author);
    expect(codesOf(await move(author, id, "PUBLISHED"))).toEqual(["ILLEGAL_STATE"]);
    await move(author, id, "REVIEW");
    const results = await Promise.all(reviewers.map((reviewer) => move(reviewer, id, "APPROVED")));
    expect(results.flatMap(codesOf)).toEqual(["ILLEGAL_STATE", "ILLEGAL_STATE"]);
  });

  it("writes every move down", async () => {
    const { id } = await publish();
    const { rows } = await test.owner.query(
      "select new_values ->> 'status' as status from app.audit_log where entity_id = $1 order by sequence",
      [id],
    );
    expect(rows.map(({ status }) => status)).toEqual(["REVIEW", "APPROVED", "PUBLISHED"]);
  });
});

describe("000-37: versions", () => {
  it("say what changed, by whom; the same content again makes none, and none is ever changed", async () => {
    const author = buildTeacher();
    const colleague = buildTeacher(author.viewer.organizationId!);
    const { id } = await create(author);
    const changed = content({ correct: ["A"], topic: "Pecahan" });
    for (let time = 0; time < 2; time++) await colleague.data(UPDATE, { input: { questionId: id, content: changed } });
    const { question } = await author.data<{
      question: { versions: { edges: { node: { version: number; author: { id: string }; changes: object[] } }[] } };
    }>(VERSIONS, { id });
    const versions = question.versions.edges.map(({ node }) => node);
    expect(versions.map(({ version, author: { id } }) => [version, id])).toEqual([
      [2, colleague.viewer.userId],
      [1, author.viewer.userId],
    ]);
    expect(versions[0]!.changes).toEqual([
      { field: "topic", before: '"Aljabar"', after: '"Pecahan"' },
      { field: "correct", before: '["B"]', after: '["A"]' },
    ]);
    await expect(test.owner.query("update item_versions set changes = '[]' where item_id = $1", [id])).rejects.toThrow(
      /never changed/,
    );
  });

  it("a published question goes on in a revision that takes its place when it is published", async () => {
    const { author, reviewer, id } = await publish();
    const revise = () =>
      author.run<{ reviseQuestion: { question: Asked } }>(REVISE, {
        input: { questionId: id, idempotencyKey: randomUUID() },
      });
    const { data } = await revise();
    const draft = data!.reviseQuestion.question;
    expect(draft).toMatchObject({ status: "DRAFT", version: 2, replacesId: id });
    expect(codesOf(await revise())).toEqual(["RESOURCE_ALREADY_EXISTS"]);
    await author.data(UPDATE, { input: { questionId: draft.id, content: content({ topic: "Baru" }) } });
    await move(author, draft.id, "REVIEW");
    await move(reviewer, draft.id, "APPROVED");
    await move(reviewer, draft.id, "PUBLISHED");
    const statuses = await author.data<{ question: Asked }>(GET, { id });
    expect(statuses.question).toMatchObject({ status: "ARCHIVED", stem: content().stem });
    const line = await author.data<{ question: { versions: { totalCount: number } } }>(VERSIONS, { id: draft.id });
    expect(line.question.versions.totalCount).toBe(3);
  });
});

describe("000-36: calibration and usage", () => {
  it("keeps parameters for each examination", async () => {
    const { reviewer, id } = await publish();
    const parameters = { discrimination: 1.4, difficulty: 0.5, guessing: 0.2 };
    for (const exam of [examTypeId, secondExamTypeId])
      await reviewer.data(SET, { input: { questionId: id, examTypeId: exam, ...parameters } });
    const { question } = await reviewer.data<{ question: Asked }>(GET, { id });
    expect(question.key!.parameters).toMatchObject([
      { examTypeId, ...parameters, calibratedAt: expect.any(String) },
      { examTypeId: secondExamTypeId, ...parameters },
    ]);
  });

  it("counts tryouts and sittings of an item", async () => {
    const tryout = await buildTryout(db, { itemCount: 2 });
    for (let sitting = 0; sitting < 3; sitting++) await buildAttempt(db, { tryoutId: tryout.id });
    await test.subgraph.startWorkers();
    await test.owner.query("select graphile_worker.add_job('question.count-usage')");
    await test.subgraph.jobsDone();
    const { question } = await admin().data<{ question: object }>(
      "query ($id: ID!) { question(id: $id) { usage { tryoutCount exposureCount lastUsedAt } } }",
      { id: tryout.items[0]!.itemId },
    );
    expect(question).toMatchObject({ usage: { tryoutCount: 1, exposureCount: 3, lastUsedAt: expect.any(String) } });
  });
});

describe("who sees which question", () => {
  it("an organization its own with keys and the platform's published ones without; another's are not there", async () => {
    const platform = await buildItem(db, { examTypeId, stem: "Milik platform" });
    const draft = await buildItem(db, { examTypeId, status: "DRAFT" });
    const { author, id } = await publish();
    expect((await author.data<{ question: Asked }>(GET, { id: platform.id })).question.key).toBeNull();
    expect(codesOf(await author.run(GET, { id: draft.id }))).toEqual(["NOT_FOUND"]);
    const stranger = buildTeacher();
    expect(codesOf(await stranger.run(GET, { id }))).toEqual(["NOT_FOUND"]);
    expect(codesOf(await move(stranger, id, "ARCHIVED"))).toEqual(["NOT_FOUND"]);
    expect((await admin().data<{ question: Asked }>(GET, { id: platform.id })).question.key!.correct).toEqual(["A"]);
  });

  it("also without any where: row level security", async () => {
    const { author, id } = await publish();
    const tables = ["items where organization_id is not null", "item_keys", "item_versions", "item_parameters"];
    const read = async (viewer: Parameters<TestSubgraph["rowsAs"]>[0]) =>
      (
        await test.rowsAs(
          viewer,
          tables.map((table) => `select * from ${table}`),
        )
      ).map((rows) => rows.length);
    expect(await read(author.viewer)).toEqual([1, 1, 1, 0]);
    expect(await read(buildTeacher().viewer)).toEqual([0, 0, 0, 0]);
    const student = buildViewer({ organizationId: author.viewer.organizationId!, permissions: ["attempts:create"] });
    expect(await read(student)).toEqual([0, 0, 0, 0]);
    const forged = author.viewer.organizationId;
    await expect(
      test.rowsAs(buildTeacher().viewer, [
        `update items set organization_id = '${forged}' where id = '${id}' returning id`,
      ]),
    ).resolves.toEqual([[]]);
  });

  it("finds by every filter, with the same number of statements for one and for many", async () => {
    const author = buildTeacher();
    for (const topic of ["Peluang", "Peluang", "Geometri"]) await create(author, { topic, stem: `Tentang ${topic}` });
    const count = async (filter: object) =>
      (await author.data<{ questions: { totalCount: number } }>(LIST, { filter: { isOwn: true, ...filter } })).questions
        .totalCount;
    expect(await count({ topic: "Peluang" })).toBe(2);
    expect(await count({ search: "GEOM" })).toBe(1);
    expect(await count({ statuses: ["PUBLISHED"] })).toBe(0);
    expect(await count({ kind: "SINGLE_CHOICE", subtest: "PK", examTypeId, cognitiveLevel: "APPLY" })).toBe(3);
    const read = (first: number) => test.statementsOf(() => author.data(LIST, { filter: { isOwn: true }, first }));
    expect((await read(3)).length).toBe((await read(1)).length);
  });
});

describe("000-36: a student and the keys", () => {
  /** The only doors to authoring types. Each refuses students, below; the review opens by the rules of the tryout. */
  const DOORS = {
    Query: ["question", "questions", "questionExport"],
    Mutation: [
      "createQuestion",
      "updateQuestion",
      "reviseQuestion",
      "moveQuestion",
      "setQuestionParameters",
      "importQuestions",
    ],
    Attempt: ["review"],
  };
  const SECRETS = /^(correct|correct\w+|answerKey|key|explanation\w*|discrimination|difficulty|guessing|tolerance)$/;
  /** Where such a word is no secret: the key of an option, how many items were right, and what follows an answer in practice. */
  const HARMLESS = [
    "AttemptOption.key",
    "PracticeResult.explanation",
    "ReportedTopic.correct",
    "SubtestScore.correct",
    "TopicMastery.correct",
  ];

  it("reaches no key and no authoring type from anything else in the schema", () => {
    const { schema } = test.subgraph;
    const found = new Set<GraphQLNamedType>();
    const visit = (type: GraphQLNamedType): void => {
      if (found.has(type) || ["_Entity", "_Service"].includes(type.name)) return;
      found.add(type);
      if (isAbstractType(type)) for (const possible of schema.getPossibleTypes(type)) visit(possible);
      if (isObjectType(type)) for (const field of fieldsOf(type)) visit(getNamedType(field.type));
    };
    const fieldsOf = (type: GraphQLObjectType) =>
      Object.values(type.getFields()).filter(
        ({ name }) => !(DOORS as Record<string, string[]>)[type.name]?.includes(name),
      );
    for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()])
      if (root != null) visit(root);
    const names = [...found].map(({ name }) => name);
    expect(names).toContain("AttemptItem");
    expect(names.filter((name) => /^Question(?!Kind|Category|Import)/.test(name))).toEqual([]);
    const secrets = [...found].flatMap((type) =>
      isObjectType(type)
        ? fieldsOf(type)
            .filter(({ name }) => SECRETS.test(name))
            .map(({ name }) => `${type.name}.${name}`)
        : [],
    );
    expect(secrets.filter((field) => !HARMLESS.includes(field))).toEqual([]);
  });

  it("is refused at every door to the authoring types", async () => {
    const student = test.as(buildViewer({ permissions: ["attempts:create"] }));
    const { id } = await buildItem(db, { examTypeId });
    const key = { idempotencyKey: randomUUID() };
    const parameters = { examTypeId, discrimination: 1, difficulty: 0, guessing: 0 };
    const knocks = {
      question: student.run(GET, { id }),
      questions: student.run(LIST, {}),
      questionExport: student.run("{ questionExport(format: CSV) { documents { text } } }"),
      createQuestion: student.run(CREATE, { input: { content: content(), ...key } }),
      updateQuestion: student.run(UPDATE, { input: { questionId: id, content: content() } }),
      reviseQuestion: student.run(REVISE, { input: { questionId: id, ...key } }),
      moveQuestion: move(student, id, "ARCHIVED"),
      setQuestionParameters: student.run(SET, { input: { questionId: id, ...parameters } }),
      importQuestions: student.run(
        "mutation ($input: ImportQuestionsInput!) { importQuestions(input: $input) { importedCount } }",
        { input: { format: "GIFT", documents: [], defaults: { examTypeId, subtest: "PK", topic: "x" }, ...key } },
      ),
    };
    expect(Object.keys(knocks)).toEqual([...DOORS.Query, ...DOORS.Mutation]);
    for (const [door, knock] of Object.entries(knocks))
      expect([door, ["INSUFFICIENT_PERMISSIONS", "NOT_FOUND"].includes(String(codesOf(await knock)[0]))]).toEqual([
        door,
        true,
      ]);
    const entity = await student.run<{ _entities: unknown[] }>(
      "query ($of: [_Any!]!) { _entities(representations: $of) { ... on Question { key { correct } } } }",
      { of: [{ __typename: "Question", id }] },
    );
    expect(codesOf(entity)).toEqual(["INSUFFICIENT_PERMISSIONS"]);
  });
});
