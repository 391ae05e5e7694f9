import type { BankItem, OptionKey, SubtestCode } from "./item.js";

/** A reading passage shared by several items. */
export type Passage = NonNullable<BankItem["passage"]>;

/** Level of Bloom's revised taxonomy that an item aims at. */
export type CognitiveLevel = BankItem["cognitiveLevel"];

/** The five option texts, in the order in which they are shown (A to E). */
export type FiveOptions = readonly [string, string, string, string, string];

/** A written item before it has been given a code and calibration parameters. */
export interface ItemDraft {
  readonly topic: string;
  readonly level: CognitiveLevel;
  readonly difficulty: number;
  readonly passage: Passage | null;
  readonly stem: string;
  readonly key: OptionKey;
  readonly options: FiveOptions;
  readonly explanation: string;
}

const OPTION_KEYS = ["A", "B", "C", "D", "E"] as const satisfies readonly OptionKey[];

/** Records one written item; `difficulty` is its 3PL location on the standard scale. */
export function item(
  topic: string,
  level: CognitiveLevel,
  difficulty: number,
  passage: Passage | null,
  stem: string,
  key: OptionKey,
  options: FiveOptions,
  explanation: string,
): ItemDraft {
  return { topic, level, difficulty, passage, stem, key, options, explanation };
}

/** Wraps a passage text, folding the line breaks of the source file inside paragraphs. */
export function passage(code: string, title: string, text: string): Passage {
  const paragraphs = text
    .trim()
    .split(/\n[ \t]*\n/u)
    .map((paragraph) =>
      paragraph
        .split("\n")
        .map((line) => line.trim())
        .reduce((folded, line) => {
          const startsRow = line.startsWith("|") || line.startsWith("- ");
          return folded === "" ? line : `${folded}${startsRow ? "\n" : " "}${line}`;
        }, ""),
    );
  return Object.freeze({ code, title, text: paragraphs.join("\n\n") });
}

/** FNV-1a hash mapped to [0, 1). */
function unitHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 0x1_0000_0000;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/**
 * Turns drafts into bank items: codes are numbered in order, and the discrimination
 * (0.7 to 1.5) and guessing (0.15 to 0.22) parameters follow from a hash of the code.
 */
export function numberItems(
  subtest: SubtestCode,
  language: BankItem["language"],
  drafts: readonly ItemDraft[],
): BankItem[] {
  return drafts.map((draft, index) => {
    const code = `${subtest}-${String(index + 1).padStart(4, "0")}`;
    return {
      code,
      subtest,
      topic: draft.topic,
      language,
      ...(draft.passage === null ? {} : { passage: draft.passage }),
      stem: draft.stem,
      options: OPTION_KEYS.map((key, position) => ({ key, text: draft.options[position] ?? "" })),
      correct: draft.key,
      explanation: draft.explanation,
      cognitiveLevel: draft.level,
      parameters: {
        discrimination: rounded(0.7 + 0.8 * unitHash(`${code}/discrimination`)),
        difficulty: draft.difficulty,
        guessing: rounded(0.15 + 0.07 * unitHash(`${code}/guessing`)),
      },
    };
  });
}
