import { anonymous } from "@lentera/kit";
import { type TestSubgraph, startTestSubgraph } from "@lentera/kit/testing";
import { buildSubject } from "@lentera/prisma/factories";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
beforeAll(async () => {
  test = await startTestSubgraph("marketplace", createSubgraph);
});
afterAll(() => test.stop());

it("002-04: lists the subjects on offer by name, with their category, page by page", async () => {
  for (const name of ["Kimia", "Biologi", "Fisika", "Alkimia"])
    await buildSubject(test.owner, { name, slug: name.toLowerCase() });
  await test.owner.query("update subjects set is_active = false where slug = 'alkimia'");
  const query = `query ($after: String) { subjects(first: 2, after: $after) {
    totalCount pageInfo { endCursor } edges { node { name slug category { name } } }
  } }`;
  interface Subjects {
    subjects: { totalCount: number; pageInfo: { endCursor: string }; edges: { node: unknown }[] };
  }
  const category = { name: "Akademik" };
  const { subjects: first } = await test.as(anonymous).data<Subjects>(query);
  expect(first.totalCount).toBe(3);
  expect(first.edges.map(({ node }) => node)).toEqual([
    { name: "Biologi", slug: "biologi", category },
    { name: "Fisika", slug: "fisika", category },
  ]);
  const { subjects: second } = await test.as(anonymous).data<Subjects>(query, { after: first.pageInfo.endCursor });
  expect(second.edges.map(({ node }) => node)).toEqual([{ name: "Kimia", slug: "kimia", category }]);
});

it("002-04: no two subjects have one slug", async () => {
  const { slug } = await buildSubject(test.owner);
  await expect(buildSubject(test.owner, { slug })).rejects.toThrow("subjects_slug_key");
});
