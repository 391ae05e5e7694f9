import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { brokenPromises, undatedDeprecations } from "./stability.ts";

const read = (name: string): string => readFileSync(new URL(`../gateway/${name}`, import.meta.url), "utf8");
const TODAY = new Date("2026-11-20T00:00:00Z");

describe("001-39, 001-50: the API keeps what it promised", () => {
  it("has nothing in it that breaks who calls the last release; deprecate for six months, then remove", () => {
    expect(brokenPromises(read("schema.released.graphql"), read("schema.graphql"), new Date())).toEqual([]);
  });

  it("says of every deprecation since when it is one", () => {
    expect(undatedDeprecations(read("schema.graphql"))).toEqual([]);
  });

  const released = `
    type Query {
      exams(first: Int, after: String): [Exam!]!
      old: Int @deprecated(reason: "Use exams. Since 2026-05-20.")
      newer: Int @deprecated(reason: "Use exams. Since 2026-05-21.")
      undated: Int @deprecated(reason: "Use exams.")
    }
    type Exam { id: ID! level: Level }
    enum Level { EASY HARD }
    input Choice { level: Level }
  `;
  const without = (text: string): string => released.replace(text, "");

  it("lets go of what has been deprecated for six months, and of nothing before", () => {
    expect(
      brokenPromises(released, without('old: Int @deprecated(reason: "Use exams. Since 2026-05-20.")'), TODAY),
    ).toEqual([]);
    for (const [name, since] of [
      ["newer", " Since 2026-05-21."],
      ["undated", ""],
    ])
      expect(
        brokenPromises(released, without(`${name}: Int @deprecated(reason: "Use exams.${since}")`), TODAY),
      ).toEqual([`Query.${name} was removed.`]);
  });

  it.each([
    ["a field that is gone", released.replace("level: Level }\n    enum", "}\n    enum"), "Exam.level was removed."],
    [
      "another type",
      released.replace("level: Level }\n    enum", "level: Int }\n    enum"),
      "Exam.level changed type from Level to Int.",
    ],
    ["a value that is gone", without("HARD"), "HARD was removed from enum type Level."],
    ["an argument that is gone", without(", after: String"), "Query.exams arg after was removed."],
    [
      "an argument that is asked of everybody",
      released.replace("after: String", "after: String, of: ID!"),
      "A required arg of on Query.exams was added.",
    ],
    [
      "an input field that is asked of everybody",
      released.replace("Choice {", "Choice { of: ID!"),
      "A required field of on input type Choice was added.",
    ],
  ])("finds %s", (_what, current, broken) => {
    expect(brokenPromises(released, current, TODAY)).toEqual([broken]);
  });

  it("lets the API grow", () => {
    const grown = released.replace("id: ID!", "id: ID! title: String").replace("first: Int", "first: Int, of: ID");
    expect(brokenPromises(released, grown, TODAY)).toEqual([]);
  });

  it("finds a deprecation without a date", () => {
    expect(undatedDeprecations(released)).toEqual(['@deprecated(reason: "Use exams.")']);
  });
});
