import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type QuestionContent, contentRules } from "../question/question.input.js";
import { csv } from "./csv.js";
import { gift } from "./gift.js";
import { type QuestionFormat, QuestionProblem, keyAt } from "./import-format.js";
import { qti } from "./qti.js";

const FORMATS: [string, QuestionFormat][] = [
  ["GIFT", gift],
  ["QTI", qti],
  ["CSV", csv],
];
const defaults = {
  examTypeId: "0199aaaa-0000-7000-8000-000000000001",
  subtest: "PU",
  topic: "Logika",
  cognitiveLevel: "UNDERSTAND" as const,
  language: "id",
};

/** Everything that means something to one of the formats, and mathematics. */
const PIECES = [
  "a",
  "é",
  "=",
  "+",
  "-",
  "@",
  "'",
  "~",
  "#",
  ":",
  "{",
  "}",
  "%",
  "<b>",
  "&",
  "&amp;",
  '"',
  ";",
  ",",
  "->",
];
const MORE = ["\n", "\n\n", "  ", "//", "::", "[html]", String.raw`$\frac{1}{2}$`, String.raw`$\nu = 3$`, "T", "TRUE"];
const text = fc
  .array(fc.constantFrom(...PIECES, ...MORE), { minLength: 1, maxLength: 12 })
  .map((pieces) => `x${pieces.join("")}`.trim());
const choices = fc
  .array(text, { minLength: 2, maxLength: 5 })
  .map((texts) => texts.map((text, index) => ({ key: keyAt(index), text })));
const answer: fc.Arbitrary<Pick<QuestionContent, "kind" | "options" | "correct" | "tolerance">> = fc.oneof(
  choices.chain((options) =>
    fc
      .constantFrom(...options)
      .map(({ key }) => ({ kind: "SINGLE_CHOICE" as const, options, correct: [key], tolerance: 0 })),
  ),
  choices.chain((options) =>
    fc.subarray(options, { minLength: 1 }).map((right) => ({
      kind: "MULTIPLE_CHOICE" as const,
      options,
      correct: right.map(({ key }) => key),
      tolerance: 0,
    })),
  ),
  choices.chain((options) =>
    fc.array(fc.boolean(), { minLength: options.length, maxLength: options.length }).map((truths) => ({
      kind: "TRUE_FALSE_TABLE" as const,
      options,
      correct: options.map(({ key }, index) => `${key}:${truths[index] ? "TRUE" : "FALSE"}`),
      tolerance: 0,
    })),
  ),
  fc.tuple(fc.integer({ min: -10_000, max: 10_000 }), fc.nat(100)).map(([value, tolerance]) => ({
    kind: "NUMERIC" as const,
    options: [],
    correct: [String(value / 8)],
    tolerance: tolerance / 8,
  })),
);
const question: fc.Arbitrary<QuestionContent> = fc
  .tuple(answer, text, fc.oneof(text, fc.constant("")), fc.constantFrom("Aljabar", "Peluang & Statistika"))
  .map(([answered, stem, explanation, topic]) => ({
    examTypeId: defaults.examTypeId,
    subtest: "PK",
    topic,
    categoryId: null,
    passageId: null,
    language: "en",
    cognitiveLevel: "APPLY",
    stem,
    explanation,
    imageIds: [],
    translations: [],
    ...answered,
  }));

/** Where questions or problems were found. Any other error than a problem is a defect, and thrown on. */
function linesOf(format: QuestionFormat, text: string): number[] {
  try {
    return format.read(text, defaults).map(({ line }) => line);
  } catch (error) {
    if (error instanceof QuestionProblem) return [error.line ?? 1];
    throw error;
  }
}

function readAll(format: QuestionFormat, text: string): unknown[] {
  return format.read(text, defaults).map((found) => ("content" in found ? contentRules.parse(found.content) : found));
}

describe.each(FORMATS)("000-36: %s", (_name, format) => {
  it("reads back what it wrote", () => {
    fc.assert(
      fc.property(fc.array(question, { minLength: 1, maxLength: 4 }), (questions) => {
        const read = format.write(questions).flatMap(({ text }) => readAll(format, text));
        expect(read).toEqual(questions);
      }),
      { numRuns: 150 },
    );
  });

  it("ends on every text, with questions or with problems that have a line", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES, ...MORE, "<a", "<!--", "{=", "\0")), (pieces) => {
        expect(linesOf(format, pieces.join("")).every((line) => line > 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe("GIFT as other tools write it", () => {
  const read = (text: string) => gift.read(text, defaults);
  const contents = (text: string) => readAll(gift, text);

  it("has choices, weights, true and false, numbers and ranges, and categories as topics", () => {
    const file = `$CATEGORY: Matematika/Aljabar

// a remark
::Q1:: Berapa 1 + 1? {=2#benar ~3 ~%50%4 ####Karena begitu.}

Yang prima? {~%50%2 ~%50%3 ~%-100%4}

Bumi bulat. {T}

Pi? {#3.14:0.01}

Antara? {#1..5}
`;
    expect(contents(file)).toMatchObject([
      { topic: "Aljabar", kind: "SINGLE_CHOICE", correct: ["A"], explanation: "Karena begitu." },
      { kind: "MULTIPLE_CHOICE", correct: ["A", "B"] },
      { kind: "SINGLE_CHOICE", correct: ["A"], options: [{ text: "Benar" }, { text: "Salah" }] },
      { kind: "NUMERIC", correct: ["3.14"], tolerance: 0.01 },
      { kind: "NUMERIC", correct: ["3"], tolerance: 2 },
    ]);
  });

  it("names the line and the reason of what cannot be read", () => {
    const file = "Baik? {=ya ~tidak}\n\nRusak {=ya\n~tidak\n\nIbu kota? {=Jakarta =Batavia}\n\nCeritakan. {}\n";
    expect(read(file)).toMatchObject([
      { line: 1, content: {} },
      { problem: expect.stringContaining("not GIFT") },
      { line: 6, problem: expect.stringContaining("short text") },
      { line: 8, problem: expect.stringContaining("essay") },
    ]);
    expect(read(file)[1]!.line).toBeGreaterThanOrEqual(3);
  });
});

const ITEM_2 = `<?xml version="1.0"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i1" title="t" adaptive="false" timeDependent="false">
  <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">
    <correctResponse><value>choice_2</value></correctResponse>
  </responseDeclaration>
  <itemBody>
    <p>Lihat   kalimat ini.</p>
    <choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="1">
      <prompt>Mana yang <em>benar</em>?</prompt>
      <simpleChoice identifier="choice_1">Satu &amp; dua</simpleChoice>
      <simpleChoice identifier="choice_2">Tiga<feedbackInline outcomeIdentifier="F" identifier="x">bagus</feedbackInline></simpleChoice>
    </choiceInteraction>
  </itemBody>
</assessmentItem>`;

describe("QTI as other tools write it", () => {
  it("2.1: a choice with a prompt", () => {
    expect(readAll(qti, ITEM_2)).toMatchObject([
      {
        kind: "SINGLE_CHOICE",
        stem: "Lihat kalimat ini.\nMana yang benar?",
        options: [
          { key: "A", text: "Satu & dua" },
          { key: "B", text: "Tiga" },
        ],
        correct: ["B"],
        subtest: "PU",
      },
    ]);
  });

  it("2.2 with a prefix: a number as text entry", () => {
    const item = `<q:assessmentItem xmlns:q="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="i">
<q:responseDeclaration identifier="R" cardinality="single" baseType="float"><q:correctResponse><q:value>2.5</q:value></q:correctResponse></q:responseDeclaration>
<q:itemBody><q:p>Berapa 5/2? <q:textEntryInteraction responseIdentifier="R"/></q:p></q:itemBody></q:assessmentItem>`;
    expect(readAll(qti, item)).toMatchObject([
      { kind: "NUMERIC", stem: "Berapa 5/2?", correct: ["2.5"], tolerance: 0 },
    ]);
  });

  it.each([
    ["a document type", `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${ITEM_2.slice(21)}`, /document type/],
    ["a laughing entity", ITEM_2.replace("Tiga", "&lol;"), /not XML/],
    ["an end that is missing", ITEM_2.slice(0, -10), /not XML/],
    ["no item", "<html/>", /no assessment item/],
    ["a depth without end", "<a>".repeat(200), /too deeply/],
  ])("refuses %s", (_name, text, problem) => {
    expect(() => qti.read(text, defaults)).toThrow(problem);
  });

  it.each([
    ["a picture", ITEM_2.replace("Tiga", '<img src="x.png"/>'), /Pictures/],
    ["MathML", ITEM_2.replace("Tiga", "<m:math xmlns:m='x'/>"), /MathML/],
    ["no correct response", ITEM_2.replace(/<correctResponse>.*<\/correctResponse>/, ""), /correct/],
    ["an essay", ITEM_2.replaceAll("choiceInteraction", "extendedTextInteraction"), /interaction/],
  ])("says what is wrong with %s, and where", (_name, text, problem) => {
    expect(qti.read(text, defaults)).toMatchObject([
      { line: expect.any(Number), problem: expect.stringMatching(problem) },
    ]);
  });
});

describe("CSV as people write it", () => {
  it("takes defaults for what is not said, any order of headings and a byte order mark", () => {
    const file = "\uFEFFcorrect,stem,option_b,option_a\nB,Berapa?,dua,satu\n3.5,Angka?,,\n";
    expect(readAll(csv, file)).toMatchObject([
      { kind: "SINGLE_CHOICE", correct: ["B"], topic: "Logika", options: [{ text: "satu" }, { text: "dua" }] },
      { kind: "NUMERIC", correct: ["3.5"] },
    ]);
  });

  it("000-36: an export holds no formula that a spreadsheet would run", () => {
    const dangerous = ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "'=1"];
    fc.assert(
      fc.property(question, fc.constantFrom(...dangerous), (content, formula) => {
        const [file] = csv.write([{ ...content, stem: formula }]);
        const cells: string[][] = parse(file!.text);
        expect(cells.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
        expect(readAll(csv, file!.text)).toMatchObject([{ stem: formula }]);
      }),
      { numRuns: 50 },
    );
  });

  it("names the row with too many cells, and a heading that is missing", () => {
    expect(csv.read("stem,correct\na,1\nb,2,3\n", defaults)).toMatchObject([
      {},
      { line: 3, problem: expect.stringContaining("more cells") },
    ]);
    expect(csv.read("soal,jawaban\na,1\n", defaults)).toMatchObject([
      { line: 1, problem: expect.stringContaining("stem") },
    ]);
  });
});
