import { LenteraError, defineLoader, inOrderOf } from "@lentera/kit";
import type { OrganizationContext } from "../context.js";
import { canImport } from "./student-import.policy.js";
import { storedColumns } from "./student-import.problems.js";
import * as store from "./student-import.store.js";
import type { StudentImport } from "./student-import.type.js";

/** Imports of the viewer's organization; NOT_FOUND for all others. */
export const studentImportLoader = defineLoader<OrganizationContext, string, StudentImport>(async (ctx, ids) => {
  const found = await store.findImports(ctx.db, ids);
  return inOrderOf(
    ids,
    found.filter(({ organizationId }) => canImport(ctx.viewer, organizationId)).map(studentImportOf),
    ({ id }) => id,
    () => new LenteraError("NOT_FOUND"),
  );
});

export function studentImportOf(record: store.ImportRecord): StudentImport {
  return { ...record, columns: storedColumns(record.columns) };
}
