import { CsvError, parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import type { QuestionContent } from "../question/question.input.js";
import { type ImportDefaults, type QuestionFormat, QuestionProblem, keyAt } from "./import-format.js";

const MOST_OPTIONS = 10;
const OPTION_COLUMNS = Array.from({ length: MOST_OPTIONS }, (_, index) => `option_${keyAt(index).toLowerCase()}`);
const COLUMNS = [
  "subtest",
  "topic",
  "kind",
  "language",
  "cognitive_level",
  "stem",
  ...OPTION_COLUMNS,
  "correct",
  "tolerance",
  "explanation",
] as const;

/**
 * One row for each question, with headings. `correct` is `B`, `A;C`, `A:TRUE;B:FALSE` or a number. A cell that a
 * spreadsheet would take for a formula carries an apostrophe in front, which reading takes away.
 */
export const csv: QuestionFormat = {
  read: (text, defaults) => {
    const rows = rowsOf(text);
    const [headings, ...records] = rows;
    if (headings === undefined) return [];
    const names = headings.record.map((name) => name.trim().toLowerCase());
    const missing = ["stem", "correct"].filter((name) => !names.includes(name));
    if (missing.length > 0) return [{ line: 1, problem: `The first row has no heading "${missing.join('" and "')}".` }];
    return records.map(({ record, info }) => {
      const line = info.lines - record.join("").split("\n").length + 1;
      if (record.length > names.length) return { line, problem: "This row has more cells than there are headings." };
      const cells = new Map(names.map((name, index) => [name, plain(record[index] ?? "")]));
      return { line, content: contentOf(cells, defaults) };
    });
  },
  write: (questions) => [
    { name: "questions.csv", text: stringify([[...COLUMNS], ...questions.map((one) => rowOf(one).map(harmless))]) },
  ],
};

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function rowsOf(text: string): Row[] {
  try {
    // What the library's types say of `info: true` is only a comment.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true }) as unknown as Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new QuestionProblem(`This is not CSV: ${error.message}`, Number(error["lines"] ?? 1));
  }
}

const FORMULA = /^'*[=+\-@\t\r]/;

/** Neutralises what a spreadsheet would run (OWASP, CSV injection). */
function harmless(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

function plain(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

function contentOf(cells: ReadonlyMap<string, string>, defaults: ImportDefaults): unknown {
  const filled = (name: string): string | undefined => {
    const cell = cells.get(name) ?? "";
    return cell.trim() === "" ? undefined : cell;
  };
  const options = OPTION_COLUMNS.flatMap((column, index) => {
    const text = filled(column);
    return text === undefined ? [] : [{ key: keyAt(index), text }];
  });
  const correct = (filled("correct") ?? "").split(";").map((part) => part.trim());
  return {
    examTypeId: defaults.examTypeId,
    subtest: filled("subtest") ?? defaults.subtest,
    topic: filled("topic") ?? defaults.topic,
    kind: filled("kind")?.trim().toUpperCase() ?? (options.length === 0 ? "NUMERIC" : "SINGLE_CHOICE"),
    language: filled("language") ?? defaults.language,
    cognitiveLevel: filled("cognitive_level")?.trim().toUpperCase() ?? defaults.cognitiveLevel,
    stem: cells.get("stem") ?? "",
    options,
    correct,
    tolerance: Number(filled("tolerance") ?? 0),
    explanation: cells.get("explanation") ?? "",
    imageIds: [],
    translations: [],
  };
}

function rowOf(content: QuestionContent): string[] {
  const { subtest, topic, kind, language, cognitiveLevel, stem, options, correct, tolerance, explanation } = content;
  if (options.length > MOST_OPTIONS) throw new QuestionProblem(`CSV has room for ${MOST_OPTIONS} options.`);
  const letters = new Map(options.map(({ key }, index) => [key, keyAt(index)]));
  const right = correct.map((part) => {
    const [key = "", truth] = part.split(":");
    return kind === "NUMERIC" ? part : [letters.get(key) ?? key, ...(truth === undefined ? [] : [truth])].join(":");
  });
  const texts = OPTION_COLUMNS.map((_, index) => options[index]?.text ?? "");
  const before = [subtest, topic, kind, language, cognitiveLevel, stem, ...texts];
  return [...before, right.join(";"), tolerance === 0 ? "" : String(tolerance), explanation];
}
