import { createHash } from "node:crypto";
import { type ErrorDetail, LenteraError, requirePermission, validate } from "@lentera/kit";
import type { z } from "zod";
import type { OrganizationContext } from "../context.js";
import { requireOrganization } from "../file/file.policy.js";
import { readUpload } from "../file/file.service.js";
import { type Sheet, UnreadableFile, decodeText, parseText } from "./sheet.rules.js";
import { type ImportSourceInput, sourceRules } from "./student-import.input.js";
import { messageOf } from "./student-import.messages.js";
import { type Problem, suggestColumns } from "./student-import.rules.js";
import type { ImportColumn } from "./student-import.type.js";
import { isArchive, readWorkbook } from "./workbook.js";

export interface Source {
  readonly name: string;
  readonly sheet: Sheet;
  readonly hash: string;
}

const PASTED = "clipboard.tsv";

/**
 * Reads a file of the viewer's organization, or pasted text.
 * @throws NOT_FOUND for a file that is not theirs, was not sent or has expired
 * @throws VALIDATION_ERROR with one clear sentence for a file that cannot be read
 */
export async function readSource(
  ctx: OrganizationContext,
  organizationId: string,
  { fileId, text }: z.infer<typeof sourceRules>,
): Promise<Source> {
  const { name, bytes } =
    fileId == null ? { name: PASTED, bytes: Buffer.from(text ?? "") } : await readUpload(ctx, organizationId, fileId);
  const hash = createHash("sha256").update(bytes).digest("base64");
  return readable(ctx, async () => ({
    name,
    hash,
    sheet: isArchive(bytes) ? await readWorkbook(bytes) : parseText(decodeText(bytes)),
  }));
}

/**
 * The columns of a source, each with the field that its heading suggests.
 * @throws as {@link readSource}, and INSUFFICIENT_PERMISSIONS without `students:create`
 */
export async function listColumns(ctx: OrganizationContext, source: ImportSourceInput): Promise<ImportColumn[]> {
  requirePermission(ctx.viewer, "students:create");
  const organizationId = requireOrganization(ctx.viewer);
  const { sheet } = await readSource(ctx, organizationId, validate(sourceRules, source, "source"));
  return readable(ctx, () => suggestColumns(sheet));
}

/** Turns what cannot be read into an error that its reader understands. */
export async function readable<Result>(
  ctx: OrganizationContext,
  read: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const detail = { path: "input.source", ...messageOf(error.key, error.value, ctx.identity.language) };
    throw new LenteraError("VALIDATION_ERROR", { details: [detail], cause: error });
  }
}

/** Problems with the choice of columns, as the error that names them all. */
export function columnsError(ctx: OrganizationContext, problems: readonly Problem[]): LenteraError {
  const details: ErrorDetail[] = problems.map(({ key, value, field }) => ({
    path: field === null ? "input.columns" : `input.columns.${field}`,
    ...messageOf(key, value, ctx.identity.language),
  }));
  return new LenteraError("VALIDATION_ERROR", { details });
}
