import type { Language } from "@lentera/kit";
import { z } from "zod";
import { isMessageKey, messageOf } from "./student-import.messages.js";
import { ImportField } from "./student-import.rules.js";
import type { ImportColumn, ImportProblem } from "./student-import.type.js";

const problems = z.array(z.object({ field: z.enum(ImportField).nullable(), key: z.string(), value: z.string() }));
export type StoredProblem = z.infer<typeof problems>[number];

const columns = z.array(
  z.object({
    position: z.int(),
    header: z.string(),
    field: z.enum(ImportField).nullable(),
    samples: z.array(z.string()),
  }),
);

/** The problems of a row as they are stored. */
export function storedProblems(value: unknown): StoredProblem[] {
  return problems.parse(value);
}

/** The columns of an import as they are stored. */
export function storedColumns(value: unknown): ImportColumn[] {
  return columns.parse(value);
}

/** A problem as its reader sees it. */
export function problemFor({ field, key, value }: StoredProblem, language: Language): ImportProblem {
  if (!isMessageKey(key)) return { field, code: "SERVER_ERROR", message: key };
  return { field, ...messageOf(key, value, language) };
}
