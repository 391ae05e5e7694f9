import { buildSchema, parse, printSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { compose } from "./composition.js";
import { costOf, objectsIn, objectsInText } from "./cost.js";
import { Planning } from "./executor/planning.js";

const schema = buildSchema(`
  directive @cost(weight: Int!) on FIELD_DEFINITION
  directive @listSize(assumedSize: Int) on FIELD_DEFINITION
  type Query {
    user: User
    users(first: Int, last: Int): UserConnection!
    top(first: Int! = 3): [User!]!
    search: [Found!]!
    matrix: [[User!]!]!
    score: Int @cost(weight: 7)
    days: [Day!]! @listSize(assumedSize: 365)
  }
  type Mutation { rename: User }
  type Day { date: String }
  type UserConnection { edges: [UserEdge!]! pageInfo: PageInfo! totalCount: Int }
  type PageInfo { hasNextPage: Boolean }
  type UserEdge { node: User! cursor: String }
  type User { id: ID! friends(first: Int): UserConnection! }
  type Post { author: User! text: String }
  union Found = User | Post
`);
const cost = (query: string, variables?: Record<string, unknown>): number => {
  const { objects, fixed } = costOf(schema, parse(query), { variables });
  return objects + fixed;
};

describe("001-41: the static cost of an operation", () => {
  it.each([
    ["values cost nothing", "{ __typename }", 0],
    [
      "an object costs 1, however often it is named",
      "{ user { id } user { id } ...F } fragment F on Query { user { id } }",
      1,
    ],
    ["an alias asks again", "{ a: user { id } b: user { id } }", 2],
    ["a page costs itself, its edges and their nodes", "{ users(first: 5) { edges { node { id } } } }", 1 + 5 + 5],
    ["a page from the end is one, too", "{ users(last: 4) { edges { node { id } } } }", 1 + 4 + 4],
    ["a page has 20 entries when nobody says", "{ users { edges { cursor } pageInfo { hasNextPage } } }", 1 + 20 + 1],
    [
      "pages in pages multiply",
      "{ users(first: 2) { edges { node { friends(first: 3) { edges { node { id } } } } } } }",
      1 + 2 + 2 * (1 + (1 + 3 + 3)),
    ],
    ["a list with `first` has that many", "{ top(first: 8) { id } }", 8],
    ["a default of `first` counts", "{ top { id } }", 3],
    ["another list has 10", "{ search { ... on User { id } } }", 10],
    ["@listSize says how many", "{ days { date } }", 365],
    ["@cost says what a field costs", "{ score }", 7],
    [
      "each possible type counts",
      "{ search { ... on Post { author { id } } ... on User { friends(first: 1) { totalCount } } } }",
      10 * (1 + 1 + 1),
    ],
    ["a mutation costs 10 more", "mutation { rename { id } }", 11],
  ])("%s", (_what, query, expected) => {
    expect(cost(query)).toBe(expected);
  });

  it("reads page sizes from variables, and never overflows", () => {
    expect(cost("query ($n: Int) { users(first: $n) { edges { cursor } } }", { n: 7 })).toBe(8);
    const nested = "friends(first: 1000000) { edges { node { ".repeat(12);
    expect(cost(`{ user { ${nested} id ${"} } }".repeat(12)} } }`)).toBeLessThanOrEqual(1e12);
    expect(cost("{ users(first: -5) { edges { cursor } } }")).toBe(1);
  });

  it("counts the objects of an answer", () => {
    expect(objectsIn({ user: { id: 1 }, list: [{ a: [{ b: null }] }, null, 3], none: null })).toBe(3);
    const tricky = { user: { text: 'a { brace and "{{\\' }, list: [{ a: {} }] };
    expect([objectsIn(tricky), objectsInText(JSON.stringify(tricky))]).toEqual([3, 3]);
    expect([objectsIn(null), objectsIn(undefined), objectsIn({})]).toEqual([0, 0, 0]);
  });
});

it("001-41: what a subgraph declares of its costs counts at the gateway, and is nowhere to be read", () => {
  const sdl = `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@cost", "@listSize"])
    type Query { days: [Day!]! @listSize(assumedSize: 365) weigh: Int @cost(weight: 7) }
    type Day { date: String }
  `;
  const { schema } = new Planning(compose([{ name: "calendar", sdl }]));
  expect(costOf(schema, parse("{ days { date } weigh }"), {})).toEqual({ objects: 365, fixed: 7 });
  expect(printSchema(schema)).not.toMatch(/@cost|@listSize/);
});
