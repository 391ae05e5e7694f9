import {
  type ConnectionArguments,
  type ErrorDetail,
  LenteraError,
  type Page,
  audit,
  invalidField,
  paginate,
  requirePermission,
  requireSignedIn,
  validate,
} from "@lentera/kit";
import { findCategory, findSubtreeIds } from "../category/category.store.js";
import type { LearningContext, Transaction } from "../context.js";
import { findExamTypes } from "../exam-type/exam-type.store.js";
import {
  type CreateQuestionInput,
  type MoveQuestionInput,
  type QuestionContent,
  type ReviseQuestionInput,
  type SetQuestionParametersInput,
  type UpdateQuestionInput,
  createRules,
  moveRules,
  parametersRules,
  reviseRules,
  updateRules,
} from "./question.input.js";
import { keyLoader, questionLoader } from "./question.loader.js";
import { canPublish, canReadKey, canReview, canWrite, visibleTo } from "./question.policy.js";
import { assertMove, changesBetween } from "./question.rules.js";
import * as store from "./question.store.js";
import type { Question, QuestionFilter, QuestionKey, QuestionVersion } from "./question.type.js";

/** @throws INSUFFICIENT_PERMISSIONS without `questions:read`, NOT_FOUND */
export async function getQuestion(ctx: LearningContext, id: string): Promise<Question> {
  requirePermission(ctx.viewer, "questions:read");
  return questionLoader(ctx).load(id);
}

/** The questions of the viewer's organization and those that the platform has published, newest first. */
export async function listQuestions(
  ctx: LearningContext,
  filter: QuestionFilter,
  args: ConnectionArguments,
): Promise<Page<Question>> {
  requirePermission(ctx.viewer, "questions:read");
  const { examTypeId, subtest, topic, categoryId, statuses, kind, cognitiveLevel, search, isOwn } = filter;
  const contains = { contains: search ?? "", mode: "insensitive" as const };
  const where = {
    AND: [
      visibleTo(ctx.viewer),
      examTypeId == null ? {} : { examTypeId },
      subtest == null ? {} : { subtest },
      topic == null ? {} : { topic },
      categoryId == null ? {} : { categoryId: { in: await findSubtreeIds(ctx.db, categoryId) } },
      statuses == null ? {} : { status: { in: statuses } },
      kind == null ? {} : { kind },
      cognitiveLevel == null ? {} : { cognitiveLevel },
      search == null ? {} : { OR: [{ stem: contains }, { topic: contains }] },
      isOwn === true ? { organizationId: ctx.viewer.organizationId } : {},
    ],
  };
  return paginate<Question>({
    args,
    orderBy: [
      { field: "createdAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (page) => store.findQuestionPage(ctx.db, where, page),
    count: () => store.countQuestions(ctx.db, where),
  });
}

/** What is right, for those whose question it is; null for everybody else. */
export async function findKey(ctx: LearningContext, question: Question): Promise<QuestionKey | null> {
  return canReadKey(ctx.viewer, question) ? keyLoader(ctx).load(question.id) : null;
}

/** Every content that anybody saved along the question's line, newest first. @throws INSUFFICIENT_PERMISSIONS for others' */
export async function listVersions(
  ctx: LearningContext,
  question: Question,
  args: ConnectionArguments,
): Promise<Page<QuestionVersion>> {
  if (!canReadKey(ctx.viewer, question)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  const originId = question.originId ?? question.id;
  return paginate<QuestionVersion>({
    args,
    orderBy: [{ field: "version", direction: "desc" }],
    rows: (page) => store.findVersionPage(ctx.db, originId, page),
    count: () => store.countVersions(ctx.db, originId),
  });
}

/** Writes a draft. @throws INSUFFICIENT_PERMISSIONS without `questions:write`, VALIDATION_ERROR */
export async function createQuestion(ctx: LearningContext, input: CreateQuestionInput): Promise<Question> {
  requirePermission(ctx.viewer, "questions:write");
  const { content, idempotencyKey } = validate(createRules, input);
  const { userId: authorId, organizationId } = requireSignedIn(ctx.viewer);
  const { id } = await ctx.transactionOnce(
    { command: "createQuestion", key: idempotencyKey, input: content },
    async (tx) => {
      await requireReferences(tx, content);
      const first = { organizationId, authorId, originId: null, replacesId: null, version: 1, now: ctx.now() };
      const created = await insertDraft(tx, content, {}, first);
      if (created === null) throw new Error("A first draft replaces nothing");
      return { id: created };
    },
  );
  return getQuestion(ctx, id);
}

/** Inserts a draft and the version that says what it brought. @returns null when another revision is at work */
async function insertDraft(
  tx: Transaction,
  content: QuestionContent,
  before: Partial<QuestionContent>,
  authorship: store.Authorship,
): Promise<string | null> {
  const itemId = await store.insertQuestion(tx, content, authorship);
  if (itemId === null) return null;
  const { authorId, version, now: createdAt } = authorship;
  const originId = authorship.originId ?? itemId;
  const changes = changesBetween(before, content);
  await store.insertVersion(tx, { originId, version, itemId, content, changes, authorId, createdAt });
  return itemId;
}

/**
 * Saves a draft's whole content as its next version; the same content again makes none.
 * @throws NOT_FOUND for a question that is not the viewer's, ILLEGAL_STATE unless it is a DRAFT, VALIDATION_ERROR
 */
export async function updateQuestion(ctx: LearningContext, input: UpdateQuestionInput): Promise<Question> {
  requirePermission(ctx.viewer, "questions:write");
  const { questionId, content } = validate(updateRules, input);
  const { userId: authorId } = requireSignedIn(ctx.viewer);
  await ctx.transaction(async (tx) => {
    const question = await lockOwn(ctx, tx, questionId);
    if (question.status !== "DRAFT") throw new LenteraError("ILLEGAL_STATE");
    await requireReferences(tx, content);
    const changes = changesBetween(await contentOf(tx, question), content);
    if (changes.length === 0) return;
    const version = question.version + 1;
    await store.updateContent(tx, questionId, content, { authorId, version });
    const originId = question.originId ?? questionId;
    const saved = { originId, version, itemId: questionId, content, changes, authorId, createdAt: ctx.now() };
    await store.insertVersion(tx, saved);
  });
  return getQuestion(ctx, questionId);
}

/**
 * Begins the next version of a published question as a draft of its own: what students have sat stays as it was. When the
 * draft is published, it takes the old one's place.
 * @throws NOT_FOUND, ILLEGAL_STATE unless it is PUBLISHED, RESOURCE_ALREADY_EXISTS while another revision is at work
 */
export async function reviseQuestion(ctx: LearningContext, input: ReviseQuestionInput): Promise<Question> {
  requirePermission(ctx.viewer, "questions:write");
  const { questionId, idempotencyKey } = validate(reviseRules, input);
  const { userId: authorId, organizationId } = requireSignedIn(ctx.viewer);
  const { id } = await ctx.transactionOnce(
    { command: "reviseQuestion", key: idempotencyKey, input: { questionId } },
    async (tx) => {
      const old = await lockOwn(ctx, tx, questionId);
      if (old.status !== "PUBLISHED") throw new LenteraError("ILLEGAL_STATE");
      const content = await contentOf(tx, old);
      const line = { originId: old.originId ?? old.id, replacesId: old.id, version: old.version + 1 };
      const draft = await insertDraft(tx, content, content, { ...line, organizationId, authorId, now: ctx.now() });
      if (draft === null) throw new LenteraError("RESOURCE_ALREADY_EXISTS");
      return { id: draft };
    },
  );
  return getQuestion(ctx, id);
}

/**
 * Moves a question along its states: the author hands it in, somebody else approves it or gives it back with a note, and
 * with the publishing of a revision the one before it is archived.
 * @throws NOT_FOUND, ILLEGAL_STATE for a move that there is not, INSUFFICIENT_PERMISSIONS for reviewing one's own work or
 * without `questions:review`
 */
export async function moveQuestion(ctx: LearningContext, input: MoveQuestionInput): Promise<Question> {
  const { questionId, to, note } = validate(moveRules, input);
  const { userId } = requireSignedIn(ctx.viewer);
  await ctx.transaction(async (tx) => {
    const question = await lockOwn(ctx, tx, questionId);
    assertMove(question.status, to);
    const allowed = to === "APPROVED" ? canReview : to === "PUBLISHED" ? canPublish : canWrite;
    const isOwnWork = to === "APPROVED" && (await store.hasWritten(tx, questionId, userId));
    if (!allowed(ctx.viewer, question) || isOwnWork) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
    await store.updateStatus(tx, questionId, to, {
      ...(to === "APPROVED" && { reviewerId: userId }),
      ...(to === "DRAFT" && { reviewerId: null }),
      ...(to === "PUBLISHED" && { publishedAt: ctx.now() }),
      ...(note != null && { reviewNote: note }),
    });
    if (to === "PUBLISHED" && question.replacesId !== null) await archiveReplaced(tx, question.replacesId);
    await audit(tx, ctx.identity, {
      action: "question.moved",
      entityType: "Question",
      entityId: questionId,
      organizationId: question.organizationId,
      oldValues: { status: question.status },
      newValues: { status: to, note },
    });
  });
  return getQuestion(ctx, questionId);
}

async function archiveReplaced(tx: Transaction, id: string): Promise<void> {
  const replaced = await store.lockQuestion(tx, id);
  if (replaced?.status === "PUBLISHED") await store.updateStatus(tx, id, "ARCHIVED", {});
}

/** Writes calibrated parameters for one exam type. @throws NOT_FOUND, INSUFFICIENT_PERMISSIONS, VALIDATION_ERROR */
export async function setQuestionParameters(
  ctx: LearningContext,
  input: SetQuestionParametersInput,
): Promise<Question> {
  requirePermission(ctx.viewer, "questions:review");
  const { questionId, ...parameters } = validate(parametersRules, input);
  await ctx.transaction(async (tx) => {
    const question = await lockOwn(ctx, tx, questionId);
    if ((await findExamTypes(tx, [parameters.examTypeId])).length === 0)
      throw invalidField("input.examTypeId", "NOT_FOUND", "There is no such examination.");
    await store.saveParameters(tx, question, { ...parameters, calibratedAt: ctx.now() });
    await audit(tx, ctx.identity, {
      action: "question.calibrated",
      entityType: "Question",
      entityId: questionId,
      organizationId: question.organizationId,
      newValues: parameters,
    });
  });
  return getQuestion(ctx, questionId);
}

/** Counts how often each item was used; see `QuestionUsage`. */
export async function countUsage(ctx: LearningContext): Promise<void> {
  await ctx.transaction((tx) => store.countUsage(tx));
}

async function lockOwn(ctx: LearningContext, tx: Transaction, id: string): Promise<Question> {
  const question = await store.lockQuestion(tx, id);
  if (question === null || !canWrite(ctx.viewer, question)) throw new LenteraError("NOT_FOUND");
  return question;
}

/** A question's content in the shape in which it is given, with the fields in that order. */
async function contentOf(tx: Transaction, question: Question): Promise<QuestionContent> {
  const [key] = await store.findKeys(tx, [question.id]);
  if (key === undefined) throw new LenteraError("NOT_FOUND");
  return assembleContent(question, key);
}

export function assembleContent(question: Question, key: store.KeyRow): QuestionContent {
  const explanationIn = new Map(key.explanations.map(({ language, text }) => [language, text]));
  const choices = (options: readonly { key: string; text: string }[]) =>
    options.map(({ key, text }) => ({ key, text }));
  return {
    examTypeId: question.examTypeId,
    subtest: question.subtest,
    topic: question.topic,
    categoryId: question.categoryId,
    passageId: question.passageId,
    kind: question.kind,
    language: question.language,
    cognitiveLevel: question.cognitiveLevel,
    stem: question.stem,
    options: choices(question.options),
    correct: key.correct,
    tolerance: key.tolerance,
    explanation: key.explanation,
    imageIds: question.imageIds,
    translations: question.translations.map(({ language, stem, options }) => ({
      language,
      stem,
      options: choices(options),
      explanation: explanationIn.get(language) ?? "",
    })),
  };
}

/** @throws VALIDATION_ERROR that names every reference that leads nowhere */
async function requireReferences(tx: Transaction, content: QuestionContent): Promise<void> {
  const { examTypeId, subtest, categoryId, passageId } = content;
  const checks = [
    ["subtest", await store.hasSubtest(tx, examTypeId, subtest), "The examination has no such subtest."],
    ["categoryId", categoryId === null || (await findCategory(tx, categoryId)) !== null, "There is no such category."],
    ["passageId", passageId === null || (await store.hasPassage(tx, passageId)), "There is no such passage."],
  ] as const;
  const details = checks.flatMap(([field, isThere, message]): ErrorDetail[] =>
    isThere ? [] : [{ path: `input.content.${field}`, code: "NOT_FOUND", message }],
  );
  if (details.length > 0) throw new LenteraError("VALIDATION_ERROR", { details });
}
