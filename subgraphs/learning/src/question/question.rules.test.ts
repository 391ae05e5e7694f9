import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentRules } from "./question.input.js";
import { problemOfMathematics } from "./latex.rules.js";
import { assertMove, bandOf, changesBetween } from "./question.rules.js";
import { isValidResponse, markResponse, parseNumber } from "./response.rules.js";

const KEYS = ["A", "B", "C", "D", "E"];
const choices = fc.subarray(KEYS, { minLength: 1 });
const judged = fc.array(fc.boolean(), { minLength: 1, maxLength: 5 });
const table = (truths: readonly boolean[]) =>
  truths.map((truth, index) => `${KEYS[index]}:${truth ? "TRUE" : "FALSE"}`);

describe("C-03: marking a response", () => {
  it("of a single choice is all or nothing", () => {
    fc.assert(
      fc.property(fc.constantFrom(...KEYS), fc.constantFrom(...KEYS), (right, chosen) => {
        const mark = markResponse({ kind: "SINGLE_CHOICE", correct: [right], tolerance: 0 }, [chosen]);
        expect(mark).toEqual(right === chosen ? { isRight: true, credit: 1 } : { isRight: false, credit: 0 });
      }),
    );
  });

  it("of several choices takes wrong ones off right ones, in any order", () => {
    fc.assert(
      fc.property(choices, fc.shuffledSubarray(KEYS), (correct, response) => {
        const { isRight, credit } = markResponse({ kind: "MULTIPLE_CHOICE", correct, tolerance: 0 }, response);
        const hits = response.filter((key) => correct.includes(key)).length;
        expect(credit).toBeCloseTo(Math.max(0, (hits - (response.length - hits)) / correct.length), 12);
        expect(isRight).toBe(response.toSorted().join() === correct.toSorted().join());
      }),
    );
  });

  it("choosing everything or nothing never pays", () => {
    for (const response of [[], KEYS])
      expect(markResponse({ kind: "MULTIPLE_CHOICE", correct: ["A", "B"], tolerance: 0 }, response).credit).toBe(0);
  });

  it("of a table is the share of statements judged right", () => {
    fc.assert(
      fc.property(judged, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), (truths, answers) => {
        const given = answers.slice(0, truths.length);
        const { isRight, credit } = markResponse(
          { kind: "TRUE_FALSE_TABLE", correct: table(truths), tolerance: 0 },
          table(given),
        );
        const right = truths.filter((truth, index) => truth === given[index]).length;
        expect(credit).toBe(right / truths.length);
        expect(isRight).toBe(right === truths.length);
      }),
    );
  });

  it("of a number is right within the tolerance and no further, with a point or a comma", () => {
    const value = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(value, fc.nat(1000), fc.integer({ min: -2000, max: 2000 }), (right, tolerance, off) => {
        const key = { kind: "NUMERIC" as const, correct: [String(right / 100)], tolerance: tolerance / 100 };
        const written = String((right + off) / 100);
        for (const response of [written, written.replace(".", ",")])
          expect(markResponse(key, [response]).isRight).toBe(Math.abs(off) <= tolerance);
      }),
    );
    expect(markResponse({ kind: "NUMERIC", correct: ["0.2"], tolerance: 0.1 }, ["0.3"]).isRight).toBe(true);
  });

  it("is right exactly when the credit is whole, and a blank earns nothing", () => {
    const kinds = fc.constantFrom("SINGLE_CHOICE" as const, "MULTIPLE_CHOICE" as const, "TRUE_FALSE_TABLE" as const);
    fc.assert(
      fc.property(kinds, choices, fc.subarray(KEYS), (kind, correct, response) => {
        const { isRight, credit } = markResponse({ kind, correct, tolerance: 0 }, response);
        expect(isRight).toBe(credit === 1);
        expect(markResponse({ kind, correct, tolerance: 0 }, [])).toEqual({ isRight: false, credit: 0 });
      }),
    );
  });
});

describe("what a response may say", () => {
  it.each([
    ["SINGLE_CHOICE", ["A"], true],
    ["SINGLE_CHOICE", ["A", "B"], false],
    ["SINGLE_CHOICE", ["F"], false],
    ["MULTIPLE_CHOICE", ["A", "B"], true],
    ["MULTIPLE_CHOICE", ["A", "A"], false],
    ["TRUE_FALSE_TABLE", ["A:TRUE", "B:FALSE"], true],
    ["TRUE_FALSE_TABLE", ["A:TRUE", "A:FALSE"], false],
    ["TRUE_FALSE_TABLE", ["A"], false],
    ["NUMERIC", ["-3,5"], true],
    ["NUMERIC", ["1", "2"], false],
    ["NUMERIC", ["about three"], false],
    ["NUMERIC", ["NaN"], false],
  ] as const)("%s %j: %s", (kind, response, valid) => {
    expect(isValidResponse({ kind, optionKeys: KEYS }, response)).toBe(valid);
    expect(isValidResponse({ kind, optionKeys: KEYS }, [])).toBe(true);
  });

  it("reads numbers as people write them", () => {
    expect(["1,5", " 2 ", "+3.25", "1e3", "1.2.3", "", "0x10", "Infinity"].map(parseNumber)).toEqual([
      1.5,
      2,
      3.25,
      1000,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("mathematics as LaTeX", () => {
  it.each([
    String.raw`Hitung $\frac{1}{2} + \sqrt{x}$ dan $$\int_0^1 x\,dx$$`,
    String.raw`\(a\) dan \[\left( b \right)\] dan \$5 dan \\ akhir`,
    String.raw`$\begin{cases} x \\ y \end{cases}$ lalu $\{1, 2\}$`,
    String.raw`$\left\{ x \right.$ dan $a \rightarrow b$ dan $\leftarrow$`,
    "tanpa matematika { sama sekali",
  ])("accepts %s", (text) => expect(problemOfMathematics(text)).toBeUndefined());

  it.each([
    ["harga $5", /not closed/],
    [String.raw`$\frac{1}{2$`, /\} is missing/],
    [String.raw`$1}$`, /closes nothing/],
    [String.raw`$\left( x$`, /\\right is missing/],
    [String.raw`$\begin{cases} x \end{array}$`, /closes nothing/],
    [String.raw`x \) y`, /closes nothing/],
    ["$$ $$", /empty/],
    [String.raw`\(a$`, /not closed/],
  ])("refuses %s", (text, problem) => expect(problemOfMathematics(text)).toMatch(problem));

  it("ends on every text", () => {
    const pieces = fc.array(fc.constantFrom("$", "$$", "\\", "\\(", "\\)", "{", "}", "a", "\\left", "\\begin{x}"));
    fc.assert(
      fc.property(pieces, (parts) => {
        expect(["string", "undefined"]).toContain(typeof problemOfMathematics(parts.join("")));
      }),
    );
  });
});

describe("000-36: the states of a question", () => {
  const STATES = ["DRAFT", "REVIEW", "APPROVED", "PUBLISHED", "ARCHIVED"] as const;
  it("has these moves and no others", () => {
    const legal = STATES.flatMap((from) =>
      STATES.filter((to) => {
        try {
          assertMove(from, to);
          return true;
        } catch {
          return false;
        }
      }).map((to) => `${from} ${to}`),
    );
    expect(legal).toEqual([
      "DRAFT REVIEW",
      "DRAFT ARCHIVED",
      "REVIEW DRAFT",
      "REVIEW APPROVED",
      "APPROVED DRAFT",
      "APPROVED PUBLISHED",
      "PUBLISHED ARCHIVED",
    ]);
  });

  it("000-37: a difference names exactly the fields that differ", () => {
    const content = fc.record({ stem: fc.string(), options: fc.array(fc.string()), tolerance: fc.nat() });
    fc.assert(
      fc.property(content, content, (before, after) => {
        const changes = changesBetween(before, after);
        expect(Object.assign({}, before, ...changes.map(({ field, after }) => ({ [field]: after })))).toEqual(after);
        expect(changes.every(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))).toBe(true);
      }),
    );
  });

  it("names how hard a difficulty is", () => {
    expect([-2, -0.75, 0, 0.75, 0.76].map(bandOf)).toEqual(["EASY", "MEDIUM", "MEDIUM", "MEDIUM", "HARD"]);
  });
});

describe("C-03: the content of each kind", () => {
  const base = {
    examTypeId: "0199aaaa-0000-7000-8000-000000000001",
    subtest: "PU",
    topic: "Logika",
    language: "id",
    cognitiveLevel: "APPLY",
    stem: "Berapa?",
    explanation: "",
    tolerance: 0,
    imageIds: [],
    translations: [],
  };
  const options = [
    { key: "A", text: "satu" },
    { key: "B", text: "dua" },
  ];
  const problems = (content: object) =>
    contentRules.safeParse({ ...base, ...content }).error?.issues.map(({ path }) => path.join("."));

  it.each([
    [{ kind: "SINGLE_CHOICE", options, correct: ["A"] }, undefined],
    [{ kind: "SINGLE_CHOICE", options, correct: ["A", "B"] }, ["correct"]],
    [{ kind: "SINGLE_CHOICE", options: [], correct: ["A"] }, ["options", "correct"]],
    [{ kind: "MULTIPLE_CHOICE", options, correct: ["A", "B"] }, undefined],
    [{ kind: "MULTIPLE_CHOICE", options, correct: ["A", "A"] }, ["correct"]],
    [{ kind: "TRUE_FALSE_TABLE", options, correct: ["A:TRUE", "B:FALSE"] }, undefined],
    [{ kind: "TRUE_FALSE_TABLE", options, correct: ["A:TRUE", "A:FALSE"] }, ["correct"]],
    [{ kind: "NUMERIC", options: [], correct: ["3,5"], tolerance: 0.1 }, undefined],
    [{ kind: "NUMERIC", options, correct: ["tiga"] }, ["options", "correct"]],
    [{ kind: "SINGLE_CHOICE", options, correct: ["A"], tolerance: 1 }, ["tolerance"]],
    [{ kind: "SINGLE_CHOICE", options, correct: ["A"], stem: "$x" }, ["stem"]],
    [
      {
        kind: "SINGLE_CHOICE",
        options,
        correct: ["A"],
        translations: [{ language: "en", stem: "How many?", options: [options[0]], explanation: "" }],
      },
      ["translations.0.options"],
    ],
  ])("%j has problems %j", (content, expected) => expect(problems(content)).toEqual(expected));
});
