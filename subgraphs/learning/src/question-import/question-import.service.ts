import {
  type ConnectionArguments,
  LenteraError,
  audit,
  invalidField,
  requirePermission,
  requireSignedIn,
  validate,
} from "@lentera/kit";
import type { LearningContext, Transaction } from "../context.js";
import { type QuestionContent, contentRules } from "../question/question.input.js";
import { keyLoader } from "../question/question.loader.js";
import { canReadKey } from "../question/question.policy.js";
import { assembleContent, listQuestions } from "../question/question.service.js";
import type { QuestionFilter } from "../question/question.type.js";
import { csv } from "./csv.js";
import { gift } from "./gift.js";
import {
  type FoundQuestion,
  type ImportDefaults,
  type QuestionDocument,
  type QuestionFormat,
  QuestionProblem,
  type UnreadableQuestion,
  contentHash,
} from "./import-format.js";
import { qti } from "./qti.js";
import * as store from "./question-import.store.js";
import {
  type ImportQuestionsInput,
  type ImportQuestionsPayload,
  type QuestionExport,
  QuestionFileFormat,
  QuestionImportStatus,
  importRules,
} from "./question-import.type.js";

const FORMATS: Readonly<Record<QuestionFileFormat, QuestionFormat>> = {
  [QuestionFileFormat.GIFT]: gift,
  [QuestionFileFormat.QTI]: qti,
  [QuestionFileFormat.CSV]: csv,
};
const MOST_QUESTIONS = 5000;

/** A question of a file, after every check that needs no database. */
interface CheckedQuestion {
  readonly document: string;
  readonly line: number;
  readonly problem: string | null;
  readonly content: QuestionContent | null;
  /** Empty when there is a problem. */
  readonly hash: string;
}

/**
 * Reads files into drafts, each question for itself: what is wrong with one does not keep the others out. The same content
 * is never imported twice.
 * @throws INSUFFICIENT_PERMISSIONS without `questions:write`, VALIDATION_ERROR, LIMIT_EXCEEDED for more than 5000 questions
 */
export async function importQuestions(
  ctx: LearningContext,
  input: ImportQuestionsInput,
): Promise<ImportQuestionsPayload> {
  requirePermission(ctx.viewer, "questions:write");
  const { idempotencyKey, ...valid } = validate(importRules, input);
  const { userId: authorId, organizationId } = requireSignedIn(ctx.viewer);
  const { defaults, isDryRun, documents } = valid;
  return ctx.transactionOnce({ command: "importQuestions", key: idempotencyKey, input: valid }, async (tx) => {
    const subtests = await store.findSubtestCodes(tx, defaults.examTypeId);
    if (!subtests.has(defaults.subtest))
      throw invalidField("input.defaults.subtest", "NOT_FOUND", "The examination has no such subtest.");
    const found = documents.flatMap((document) => readDocument(FORMATS[valid.format], document, defaults));
    if (found.length > MOST_QUESTIONS) throw new LenteraError("LIMIT_EXCEEDED");
    const questions = found.map((question) => inExam(question, subtests));
    const fresh = await findFresh(tx, organizationId, questions);
    const idOf = isDryRun
      ? new Map<string, string>()
      : await store.insertImported(tx, fresh, { organizationId, authorId, now: ctx.now() });
    const isNew = new Set(isDryRun ? fresh.map(({ hash }) => hash) : idOf.keys());
    const payload = reportOf(questions, isNew, idOf);
    if (!isDryRun) await note(ctx, tx, valid.format, payload);
    return payload;
  });
}

function readDocument(
  format: QuestionFormat,
  { name, text }: QuestionDocument,
  defaults: ImportDefaults,
): CheckedQuestion[] {
  return readSafely(format, text, defaults).map((found) => {
    const { line } = found;
    if ("problem" in found) return { document: name, line, problem: found.problem, content: null, hash: "" };
    const { success, data, error } = contentRules.safeParse(found.content);
    if (success) return { document: name, line, problem: null, content: data, hash: contentHash(data) };
    const problem = error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join(" ");
    return { document: name, line, problem, content: null, hash: "" };
  });
}

function readSafely(
  format: QuestionFormat,
  text: string,
  defaults: ImportDefaults,
): (FoundQuestion | UnreadableQuestion)[] {
  try {
    return format.read(text, defaults);
  } catch (error) {
    if (!(error instanceof QuestionProblem)) throw error;
    return [{ line: error.line ?? 1, problem: error.message }];
  }
}

function inExam(question: CheckedQuestion, subtests: ReadonlySet<string>): CheckedQuestion {
  if (question.content === null || subtests.has(question.content.subtest)) return question;
  return {
    ...question,
    content: null,
    hash: "",
    problem: `The examination has no subtest ${question.content.subtest}.`,
  };
}

/** Each content once, without what was imported before. */
async function findFresh(tx: Transaction, organizationId: string | null, questions: readonly CheckedQuestion[]) {
  const contents = new Map(
    questions.flatMap(({ hash, content }) => (content === null ? [] : [[hash, content] as const])),
  );
  const known = await store.findImported(tx, organizationId, [...contents.keys()]);
  return [...contents].filter(([hash]) => !known.has(hash)).map(([hash, content]) => ({ hash, content }));
}

function reportOf(
  questions: readonly CheckedQuestion[],
  isNew: Set<string>,
  idOf: ReadonlyMap<string, string>,
): ImportQuestionsPayload {
  const results = questions.map(({ document, line, problem, hash }) => {
    if (problem !== null) return { document, line, status: QuestionImportStatus.FAILED, problem, questionId: null };
    // the first of several equal ones is the new one
    const status = isNew.delete(hash) ? QuestionImportStatus.IMPORTED : QuestionImportStatus.DUPLICATE;
    const questionId = status === QuestionImportStatus.IMPORTED ? (idOf.get(hash) ?? null) : null;
    return { document, line, status, problem, questionId };
  });
  const count = (wanted: QuestionImportStatus): number => results.filter(({ status }) => status === wanted).length;
  return {
    importedCount: count(QuestionImportStatus.IMPORTED),
    duplicateCount: count(QuestionImportStatus.DUPLICATE),
    failedCount: count(QuestionImportStatus.FAILED),
    results,
  };
}

function note(ctx: LearningContext, tx: Transaction, format: string, payload: ImportQuestionsPayload): Promise<void> {
  const { results: _results, ...counts } = payload;
  return audit(tx, ctx.identity, {
    action: "questions.imported",
    entityType: "Question",
    entityId: format,
    newValues: { format, ...counts },
  });
}

/**
 * One page of the viewer's own questions as files, without translations and pictures.
 * @throws INSUFFICIENT_PERMISSIONS without `questions:read`
 */
export async function exportQuestions(
  ctx: LearningContext,
  format: QuestionFileFormat,
  filter: QuestionFilter,
  args: ConnectionArguments,
): Promise<QuestionExport> {
  const { edges, pageInfo } = await listQuestions(ctx, Object.assign(filter, { isOwn: true }), args);
  const own = edges.map(({ node }) => node).filter((question) => canReadKey(ctx.viewer, question));
  const keys = await keyLoader(ctx).loadMany(own.map(({ id }) => id));
  const contents = own.flatMap((question, index) => {
    const key = keys[index];
    return key == null || key instanceof Error ? [] : [assembleContent(question, key)];
  });
  const { hasNextPage, endCursor } = pageInfo;
  return { documents: FORMATS[format].write(contents), count: contents.length, hasNextPage, endCursor };
}
