import { randomUUID } from "node:crypto";
import { type TestClient, type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
beforeAll(async () => {
  test = await startTestSubgraph("learning", createSubgraph);
});
afterAll(() => test.stop());

const permissions = ["questions:read", "questions:write"];
const buildTeacher = (organizationId: string = randomUUID()) =>
  test.as(buildViewer({ role: "TEACHER", staff: true, organizationId, permissions }));

const FIELDS = "id name path level parentId sortOrder isActive color";
const CREATE = `mutation ($input: CreateQuestionCategoryInput!) { createQuestionCategory(input: $input) { category { ${FIELDS} } } }`;
const UPDATE = `mutation ($input: UpdateQuestionCategoryInput!) { updateQuestionCategory(input: $input) { category { ${FIELDS} } } }`;
const LIST = `query ($filter: QuestionCategoryFilter) { questionCategories(filter: $filter, first: 100) { totalCount edges { node { ${FIELDS} } } } }`;

interface Category {
  id: string;
  path: string;
  level: number;
}
async function create(teacher: TestClient, name: string, parentId: string | null = null): Promise<Category> {
  const input = { name, parentId, kind: "TOPIC", color: "#1A2B3C", idempotencyKey: randomUUID() };
  const data = await teacher.data<{ createQuestionCategory: { category: Category } }>(CREATE, { input });
  return data.createQuestionCategory.category;
}
const update = (teacher: TestClient, categoryId: string, changes: object) =>
  teacher.run(UPDATE, { input: { categoryId, ...changes } });
async function paths(teacher: TestClient, filter: object = {}): Promise<string[]> {
  const data = await teacher.data<{ questionCategories: { edges: { node: Category }[] } }>(LIST, { filter });
  return data.questionCategories.edges.map(({ node }) => node.path);
}

describe("000-38: the tree of categories", () => {
  it("knows the path and level of each, and they follow a move and a new name", async () => {
    const teacher = buildTeacher();
    const mathematics = await create(teacher, "Matematika");
    const algebra = await create(teacher, "Aljabar", mathematics.id);
    await create(teacher, "Persamaan Linear", algebra.id);
    const science = await create(teacher, "Sains");
    expect(await paths(teacher)).toEqual([
      "Matematika",
      "Matematika/Aljabar",
      "Matematika/Aljabar/Persamaan Linear",
      "Sains",
    ]);
    await update(teacher, algebra.id, { parentId: science.id, name: "Hitungan" });
    expect(await paths(teacher, { below: science.id })).toEqual(["Sains/Hitungan", "Sains/Hitungan/Persamaan Linear"]);
    await update(teacher, algebra.id, { parentId: null });
    const { rows } = await test.owner.query("select path, level from categories where parent_id = $1", [algebra.id]);
    expect(rows).toEqual([{ path: "Hitungan/Persamaan Linear", level: 2 }]);
  });

  it("has no circle, whoever tries and however many at once", async () => {
    const teacher = buildTeacher();
    const a = await create(teacher, "A");
    const b = await create(teacher, "B", a.id);
    const circle = await update(teacher, a.id, { parentId: b.id });
    expect(circle.errors[0]!.details).toMatchObject([{ path: "input.parentId" }]);
    await expect(test.owner.query("update categories set parent_id = $2 where id = $1", [a.id, b.id])).rejects.toThrow(
      /not below itself/,
    );
    const roots = await Promise.all(["C", "D"].map((name) => create(teacher, name)));
    const [one, other] = roots as [Category, Category];
    const results = await Promise.all([
      update(teacher, one.id, { parentId: other.id }),
      update(teacher, other.id, { parentId: one.id }),
    ]);
    expect(results.filter(({ errors }) => errors.length > 0)).toHaveLength(1);
  });

  it("refuses a sibling's name, a slash, a colour that is none and a parent that is not there", async () => {
    const teacher = buildTeacher();
    await create(teacher, "Sama");
    const input = { name: "Sama", kind: "TOPIC", idempotencyKey: randomUUID() };
    expect((await teacher.run(CREATE, { input })).errors).toMatchObject([{ code: "RESOURCE_ALREADY_EXISTS" }]);
    const bad = { ...input, name: "a/b", color: "red" };
    expect((await teacher.run(CREATE, { input: bad })).errors[0]!.details).toMatchObject([
      { path: "input.name" },
      { path: "input.color" },
    ]);
    const orphan = { ...input, name: "Yatim", parentId: randomUUID() };
    expect((await teacher.run(CREATE, { input: orphan })).errors[0]!.details).toMatchObject([
      { path: "input.parentId", code: "NOT_FOUND" },
    ]);
  });

  it("belongs to its organization, also without a where", async () => {
    const teacher = buildTeacher();
    const { id } = await create(teacher, "Rahasia");
    const stranger = buildTeacher();
    expect((await update(stranger, id, { name: "Milikku" })).errors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect(await paths(stranger)).not.toContain("Rahasia");
    const [rows] = await test.rowsAs(stranger.viewer, ["select * from categories where path = 'Rahasia'"]);
    expect(rows).toEqual([]);
    const student = test.as(buildViewer({}));
    const input = { name: "x", kind: "TOPIC", idempotencyKey: "x" };
    expect((await student.run(CREATE, { input })).errors).toMatchObject([{ code: "INSUFFICIENT_PERMISSIONS" }]);
  });
});
