import { LenteraError, defineLoader, inOrderOf } from "@lentera/kit";
import type { FinanceContext } from "../context.js";
import { findCategories } from "./book-entry.store.js";
import type { BookCategory } from "./book-entry.type.js";

export const bookCategoryLoader = defineLoader<FinanceContext, string, BookCategory>(async (ctx, codes) =>
  inOrderOf(
    codes,
    await findCategories(ctx.db),
    ({ code }) => code,
    () => new LenteraError("NOT_FOUND"),
  ),
);
