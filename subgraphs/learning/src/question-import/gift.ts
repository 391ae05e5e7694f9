import { type GIFTQuestion, type Numerical, type TextChoice, type TextFormat, parse } from "gift-pegjs";
import type { QuestionContent } from "../question/question.input.js";
import {
  type FoundQuestion,
  type ImportDefaults,
  type QuestionFormat,
  QuestionProblem,
  type UnreadableQuestion,
  keyAt,
} from "./import-format.js";

/**
 * GIFT, as Moodle reads it: questions parted by blank lines. What GIFT has no word for stands in tags
 * (`// [tag:subtest=PK]`), a true/false table is a matching of statements with TRUE and FALSE.
 */
export const gift: QuestionFormat = {
  read: (text, defaults) => {
    let topic = defaults.topic;
    return blocksOf(text).flatMap(({ line, text: block }): (FoundQuestion | UnreadableQuestion)[] => {
      try {
        const [found] = parse(block);
        if (found === undefined) return [];
        if (found.type === "Category") {
          topic = found.title.split("/").at(-1) ?? topic;
          return [];
        }
        return [{ line, content: contentOf(found, { ...defaults, topic }) }];
      } catch (error) {
        return [{ line: line + lineOf(error), problem: problemOf(error) }];
      }
    });
  },
  write: (questions) => [{ name: "questions.gift", text: questions.map(write).join("\n") }],
};

/** The questions of a file, each by itself, so that a broken one is alone with its defect. */
function blocksOf(text: string): { line: number; text: string }[] {
  const blocks: { line: number; text: string }[] = [];
  let lines: string[] = [];
  const rows = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  for (const [index, row] of [...rows, ""].entries()) {
    if (row.trim() !== "") lines.push(row);
    else {
      if (lines.some((line) => !line.trim().startsWith("//")))
        blocks.push({ line: index - lines.length + 1, text: `${lines.join("\n")}\n` });
      lines = [];
    }
  }
  return blocks;
}

function lineOf(error: unknown): number {
  if (error instanceof QuestionProblem || !(error instanceof Error) || !("location" in error)) return 0;
  const { location } = error;
  const start = typeof location === "object" && location !== null && "start" in location ? location.start : undefined;
  return typeof start === "object" && start !== null && "line" in start ? Number(start.line) - 1 : 0;
}

function problemOf(error: unknown): string {
  if (error instanceof QuestionProblem) return error.message;
  const detail = error instanceof Error ? error.message : String(error);
  return `This is not GIFT: ${detail.slice(0, 300)}`;
}

function contentOf(question: GIFTQuestion, defaults: ImportDefaults): unknown {
  if (question.type === "Category" || question.type === "Description" || question.type === "Essay")
    throw new QuestionProblem(`A ${question.type.toLowerCase()} is no question that can be marked.`);
  const tags = new Map((question.tags ?? []).map((tag) => [tag.split("=")[0], tag.slice(tag.indexOf("=") + 1)]));
  return {
    ...defaults,
    ...(tags.has("subtest") && { subtest: tags.get("subtest") }),
    ...(tags.has("topic") && { topic: tags.get("topic") }),
    ...(tags.has("level") && { cognitiveLevel: tags.get("level") }),
    ...(tags.has("language") && { language: tags.get("language") }),
    stem: textOf(question.stem),
    explanation: question.type === "TF" ? "" : textOf(question.globalFeedback),
    tolerance: 0,
    options: [],
    imageIds: [],
    translations: [],
    ...answerOf(question),
  };
}

type Markable = Exclude<GIFTQuestion, { type: "Category" | "Description" | "Essay" }>;

function answerOf(question: Markable): Partial<QuestionContent> {
  switch (question.type) {
    case "MC":
      return choiceOf(question.choices);
    case "TF":
      return {
        kind: "SINGLE_CHOICE",
        options: [
          { key: "A", text: "Benar" },
          { key: "B", text: "Salah" },
        ],
        correct: [question.isTrue ? "A" : "B"],
      };
    case "Numerical":
      return { kind: "NUMERIC", ...numberOf(question.choices) };
    case "Short":
      throw new QuestionProblem("A short text answer cannot be marked; give choices or a number.");
    case "Matching":
      return tableOf(question.matchPairs);
  }
}

function choiceOf(choices: readonly TextChoice[]): Partial<QuestionContent> {
  const options = choices.map(({ text }, index) => ({ key: keyAt(index), text: choiceTextOf(text) }));
  const keysWhere = (wanted: (choice: TextChoice) => boolean): string[] =>
    choices.flatMap((choice, index) => (wanted(choice) ? [keyAt(index)] : []));
  const single = keysWhere(({ isCorrect }) => isCorrect);
  if (single.length === 1) return { kind: "SINGLE_CHOICE", options, correct: single };
  if (single.length > 1) throw new QuestionProblem("Several = answers are short text; weigh right choices with ~%50%.");
  return { kind: "MULTIPLE_CHOICE", options, correct: keysWhere(({ weight }) => (weight ?? 0) > 0) };
}

function numberOf(choices: Numerical["choices"]): Pick<QuestionContent, "correct" | "tolerance"> {
  const [value, ...others] = Array.isArray(choices) ? choices.map(({ text }) => text) : [choices];
  if (value === undefined || others.length > 0) throw new QuestionProblem("Give one right number.");
  if (value.type === "high-low") {
    const { numberLow = Number.NaN, numberHigh = Number.NaN } = value;
    return { correct: [String((numberLow + numberHigh) / 2)], tolerance: (numberHigh - numberLow) / 2 };
  }
  return { correct: [String(value.number)], tolerance: value.range ?? 0 };
}

function tableOf(pairs: readonly { subquestion: TextFormat; subanswer: string }[]): Partial<QuestionContent> {
  if (!pairs.every(({ subanswer }) => ["TRUE", "FALSE"].includes(subanswer)))
    throw new QuestionProblem("A matching is read as a true/false table: match every statement with TRUE or FALSE.");
  return {
    kind: "TRUE_FALSE_TABLE",
    options: pairs.map(({ subquestion }, index) => ({ key: keyAt(index), text: choiceTextOf(subquestion) })),
    correct: pairs.map(({ subanswer }, index) => `${keyAt(index)}:${subanswer}`),
  };
}

/** GIFT has no escape for the arrow that makes a matching; as an HTML entity it stays a part of the choice. */
function written(choice: string): string {
  return escaped(choice.replaceAll("&", "&amp;").replaceAll("->", "-&gt;"));
}

function choiceTextOf(text: TextFormat): string {
  return text.text.replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function textOf(text: TextFormat | null): string {
  return text === null ? "" : text.text;
}

/** In markdown a text keeps its spaces; a line end is written \n, as a blank line would end the question. */
function escaped(text: string): string {
  return text.replaceAll(/[\\:#={}~]/g, String.raw`\$&`).replaceAll(/\r\n|\n|\r/g, String.raw`\n`);
}

function write(content: QuestionContent): string {
  const { subtest, topic, cognitiveLevel, language, stem, explanation } = content;
  const tags = Object.entries({ subtest, topic, level: cognitiveLevel, language });
  const comments = tags.map(([name, value]) => `// [tag:${name}=${value.replaceAll(/[[\]\r\n]/g, " ")}]`);
  const feedback = explanation === "" ? "" : `####${escaped(explanation)}`;
  return `${comments.join("\n")}\n[markdown]${escaped(stem)} {${answers(content)}${feedback}\n}\n`;
}

function answers({ kind, options, correct, tolerance }: QuestionContent): string {
  switch (kind) {
    case "SINGLE_CHOICE":
      return options.map(({ key, text }) => `\n${correct.includes(key) ? "=" : "~"}${written(text)}`).join("");
    case "MULTIPLE_CHOICE": {
      const share = (100 / correct.length).toFixed(5);
      const weightOf = (key: string): string => (correct.includes(key) ? `%${share}%` : "%-100%");
      return options.map(({ key, text }) => `\n~${weightOf(key)}${written(text)}`).join("");
    }
    case "TRUE_FALSE_TABLE":
      return options
        .map(({ key, text }) => `\n=${written(text)} -> ${correct.includes(`${key}:TRUE`) ? "TRUE" : "FALSE"}`)
        .join("");
    case "NUMERIC":
      return `#=${Number((correct[0] ?? "").replace(",", "."))}:${tolerance}`;
  }
}
