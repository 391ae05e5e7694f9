import { createHash } from "node:crypto";
import type { QuestionContent } from "../question/question.input.js";

/** A file as it is given and given back. */
export interface QuestionDocument {
  readonly name: string;
  readonly text: string;
}

/** What an author says once for all questions that do not say it themselves. */
export interface ImportDefaults {
  readonly examTypeId: string;
  readonly subtest: string;
  readonly topic: string;
  readonly cognitiveLevel: QuestionContent["cognitiveLevel"];
  readonly language: string;
}

/** One question as a file has it: not yet checked, and where it stands. */
export interface FoundQuestion {
  /** Of its first character, from 1. */
  readonly line: number;
  readonly content: unknown;
}

/** One question that cannot be read, with the reason in a sentence. */
export interface UnreadableQuestion {
  readonly line: number;
  readonly problem: string;
}

/** A way to write questions into files and to read them out again. */
export interface QuestionFormat {
  /** Every question of a file, in order; what is broken does not keep the others out. */
  read(text: string, defaults: ImportDefaults): (FoundQuestion | UnreadableQuestion)[];
  write(questions: readonly QuestionContent[]): QuestionDocument[];
}

/** Why a question cannot be read. */
export class QuestionProblem extends Error {
  override readonly name = "QuestionProblem";
  constructor(
    message: string,
    readonly line?: number,
  ) {
    super(message);
  }
}

/** The name of a content: the same for the same content, whatever file it came in. */
export function contentHash(content: QuestionContent): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("base64url");
}

/** A, B, …, Z: the keys of options that have none of their own. */
export function keyAt(index: number): string {
  return String.fromCodePoint("A".charCodeAt(0) + index);
}
