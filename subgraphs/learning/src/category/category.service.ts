import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  audit,
  invalidField,
  isUniqueViolation,
  paginate,
  requirePermission,
  validate,
} from "@lentera/kit";
import type { LearningContext, Transaction } from "../context.js";
import { owns } from "../question/question.policy.js";
import * as store from "./category.store.js";
import {
  type QuestionCategory,
  type QuestionCategoryFilter,
  type CreateQuestionCategoryInput,
  type UpdateQuestionCategoryInput,
  createQuestionCategoryRules,
  updateQuestionCategoryRules,
} from "./category.type.js";

/** The categories of the platform and of the viewer's organization, each before what is below it. */
export async function listCategories(
  ctx: LearningContext,
  { below, examTypeId, isActive }: QuestionCategoryFilter,
  args: ConnectionArguments,
): Promise<Page<QuestionCategory>> {
  const subtree = below == null ? undefined : await store.findSubtreeIds(ctx.db, below);
  const where = {
    ...(subtree && { id: { in: subtree.filter((id) => id !== below) } }),
    ...(examTypeId != null && { examTypeId }),
    ...(isActive != null && { isActive }),
  };
  return paginate<QuestionCategory>({
    args,
    orderBy: [
      { field: "path", direction: "asc" },
      { field: "id", direction: "asc" },
    ],
    rows: (page) => store.findCategoryPage(ctx.db, where, page),
    count: () => store.countCategories(ctx.db, where),
  });
}

/**
 * @throws INSUFFICIENT_PERMISSIONS without `questions:write`, RESOURCE_ALREADY_EXISTS for a name that a sibling has,
 * VALIDATION_ERROR for a parent that is not there
 */
export async function createQuestionCategory(
  ctx: LearningContext,
  input: CreateQuestionCategoryInput,
): Promise<QuestionCategory> {
  requirePermission(ctx.viewer, "questions:write");
  const { idempotencyKey, ...data } = validate(createQuestionCategoryRules, input);
  const { organizationId } = ctx.viewer;
  const { id } = await namedOnce(() =>
    ctx.transactionOnce({ command: "createQuestionCategory", key: idempotencyKey, input: data }, async (tx) => {
      await store.lockTree(tx);
      await requireParent(tx, data.parentId);
      const created = await store.insertCategory(tx, { ...data, organizationId });
      await note(ctx, tx, created, "category.created", { newValues: data });
      return { id: created.id };
    }),
  );
  return found(await store.findCategory(ctx.db, id));
}

/**
 * Renames or moves a category; paths below follow.
 * @throws NOT_FOUND for one that is not the viewer's to change, VALIDATION_ERROR for a parent that is not there or is below
 * it, RESOURCE_ALREADY_EXISTS for a name that a sibling has
 */
export async function updateQuestionCategory(
  ctx: LearningContext,
  input: UpdateQuestionCategoryInput,
): Promise<QuestionCategory> {
  requirePermission(ctx.viewer, "questions:write");
  const { categoryId, parentId, ...rest } = validate(updateQuestionCategoryRules, input);
  return namedOnce(() =>
    ctx.transaction(async (tx) => {
      await store.lockTree(tx);
      const before = found(await store.findCategory(tx, categoryId));
      if (!owns(ctx.viewer, before)) throw new LenteraError("NOT_FOUND");
      await requireParent(tx, parentId);
      if (parentId != null && (await store.findSubtreeIds(tx, categoryId)).includes(parentId))
        throw invalidField("input.parentId", "INVALID_FORMAT", "A category cannot be below itself.");
      const changes = {
        ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value != null)),
        ...(parentId !== undefined && { parentId }),
      };
      await note(ctx, tx, before, "category.updated", { oldValues: before, newValues: changes });
      return store.updateQuestionCategory(tx, categoryId, changes);
    }),
  );
}

async function requireParent(tx: Transaction, parentId: string | null | undefined): Promise<void> {
  if (parentId != null && (await store.findCategory(tx, parentId)) === null)
    throw invalidField("input.parentId", "NOT_FOUND", "There is no such category.");
}

async function namedOnce<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const message = "A category beside it has this name already.";
    throw new LenteraError("RESOURCE_ALREADY_EXISTS", {
      details: [{ path: "input.name", code: "DUPLICATE_ENTRY", message }],
      cause: error,
    });
  }
}

function found(category: QuestionCategory | null): QuestionCategory {
  if (category === null) throw new LenteraError("NOT_FOUND");
  return category;
}

function note(
  ctx: LearningContext,
  tx: Transaction,
  { id, organizationId }: QuestionCategory,
  action: string,
  values: { readonly oldValues?: object; readonly newValues?: object },
): Promise<void> {
  return audit(tx, ctx.identity, { action, entityType: "QuestionCategory", entityId: id, organizationId, ...values });
}
