import type { StudentImportMode } from "@lentera/prisma/organization";
import { z } from "zod";
import { withoutApostrophe } from "../document/document.rules.js";
import type { Sheet } from "./sheet.rules.js";
import { UnreadableFile } from "./sheet.rules.js";
import type { MessageKey } from "./student-import.messages.js";

/** Students of one file (CHECKLIST 000-56: no more than 1,000 rows at once, so ten batches). */
export const MAXIMUM_ROWS = 10_000;
/** Rows that one transaction writes. */
export const BATCH_ROWS = 1000;
const MAXIMUM_COLUMNS = 100;
/** How long a finished import can be undone. */
const UNDO_MS = 24 * 60 * 60 * 1000;
const SAMPLES = 3;

/** What a column can hold. */
export const ImportField = {
  FULL_NAME: "FULL_NAME",
  EMAIL: "EMAIL",
  STUDENT_IDENTIFIER: "STUDENT_IDENTIFIER",
  CLASS_NAME: "CLASS_NAME",
} as const;
export type ImportField = keyof typeof ImportField;

export interface Column {
  /** From 1, as they stand in the file. */
  readonly position: number;
  readonly header: string;
  /** What it holds; null for a column that is not read. */
  readonly field: ImportField | null;
  /** Its first cells. */
  readonly samples: readonly string[];
}

/** What is wrong with a row, and in which field. */
export interface Problem {
  readonly field: ImportField | null;
  readonly key: MessageKey;
  readonly value: string;
}

export interface CheckedRow {
  readonly rowNumber: number;
  readonly fullName: string;
  readonly email: string;
  readonly studentIdentifier: string | null;
  readonly className: string | null;
  readonly classId: string | null;
  readonly problems: readonly Problem[];
}

/** Headings that people write, without case, spaces and punctuation. */
const KNOWN_HEADERS: Record<ImportField, readonly string[]> = {
  FULL_NAME: [
    "nama",
    "namalengkap",
    "namasiswa",
    "namapesertadidik",
    "name",
    "fullname",
    "studentname",
    "student",
    "siswa",
  ],
  EMAIL: ["email", "surel", "alamatsurel", "alamatemail", "emailaddress", "emailsiswa", "studentemail", "mail"],
  STUDENT_IDENTIFIER: [
    "nis",
    "nisn",
    "nipd",
    "nomorinduk",
    "nomorinduksiswa",
    "noinduk",
    "studentid",
    "studentidentifier",
    "studentnumber",
    "rollno",
    "rollnumber",
    "admissionno",
    "admissionnumber",
    "id",
  ],
  CLASS_NAME: ["kelas", "rombel", "rombonganbelajar", "namakelas", "class", "classname", "section"],
};
const FIELDS = Object.values(ImportField);

/** What every row has to say: who is to be enrolled, or how the student to change is found. */
function requiredFields(mode: StudentImportMode, fields: readonly (ImportField | null)[]): readonly ImportField[] {
  if (mode === "ENROLL") return ["FULL_NAME", "EMAIL"];
  return !fields.includes("EMAIL") && fields.includes("STUDENT_IDENTIFIER") ? ["STUDENT_IDENTIFIER"] : ["EMAIL"];
}

/** Whether an update has a column with something new beside the one by which it finds students. */
function changesNothing(mode: StudentImportMode, fields: readonly (ImportField | null)[]): boolean {
  const changing = fields.includes("CLASS_NAME") || (fields.includes("EMAIL") && fields.includes("STUDENT_IDENTIFIER"));
  return mode === "UPDATE" && !changing;
}

function headerKey(header: string): string {
  return header
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "");
}

/** The columns of a sheet, each with what its heading suggests; a field is suggested once. @throws UnreadableFile */
export function suggestColumns(sheet: Sheet): Column[] {
  const [headers, rows] = partsOf(sheet);
  const free = new Set<ImportField>(FIELDS);
  return headers.map((header, index) => {
    const field = [...free].find((candidate) => KNOWN_HEADERS[candidate].includes(headerKey(header))) ?? null;
    if (field !== null) free.delete(field);
    const samples = rows.slice(0, SAMPLES).map(({ cells }) => cells[index] ?? "");
    return { position: index + 1, header, field, samples };
  });
}

/**
 * The columns read as the caller says.
 * @returns the problems instead, all of them, when a column does not exist, is chosen twice or is missing
 */
export function assignColumns(
  columns: readonly Column[],
  chosen: readonly { position: number; field: ImportField }[] | null,
  mode: StudentImportMode,
): Column[] | Problem[] {
  const assigned =
    chosen === null
      ? [...columns]
      : columns.map((column) => ({
          ...column,
          field: chosen.find(({ position }) => position === column.position)?.field ?? null,
        }));
  const unknown = (chosen ?? []).filter(({ position }) => position < 1 || position > columns.length);
  const count = (field: ImportField): number => (chosen ?? []).filter((choice) => choice.field === field).length;
  const fields = assigned.map(({ field }) => field);
  const problems: Problem[] = [
    ...unknown.map(({ position, field }) => ({ field, key: "columns.unknown" as const, value: String(position) })),
    ...FIELDS.filter((field) => count(field) > 1).map((field) => ({
      field,
      key: "columns.twice" as const,
      value: field,
    })),
    ...requiredFields(mode, fields)
      .filter((field) => !fields.includes(field))
      .map((field) => ({ field, key: "columns.missing" as const, value: field })),
    ...(changesNothing(mode, fields) ? [{ field: null, key: "columns.nothing" as const, value: "" }] : []),
  ];
  return problems.length > 0 ? problems : assigned;
}

export function areProblems(result: Column[] | Problem[]): result is Problem[] {
  return result.some((entry) => "key" in entry);
}

const email = z.email();
const LONGEST: Record<ImportField, number> = { FULL_NAME: 200, EMAIL: 254, STUDENT_IDENTIFIER: 50, CLASS_NAME: 100 };

/** What a row says before it is judged. */
export interface RawRow {
  readonly rowNumber: number;
  readonly values: Partial<Record<ImportField, string>>;
}

/** The rows of a sheet below its headings, blank ones left out, numbered as a spreadsheet numbers them. */
export function readRows(sheet: Sheet, columns: readonly Column[]): RawRow[] {
  const [, rows] = partsOf(sheet);
  const read = columns.flatMap(({ field, position }) => (field === null ? [] : [{ field, index: position - 1 }]));
  return rows.map(({ rowNumber, cells }) => ({
    rowNumber,
    values: Object.fromEntries(read.map(({ field, index }) => [field, cells[index] ?? ""])),
  }));
}

/**
 * Judges what can be judged without knowing who is enrolled already: every problem of every row.
 * @param classIds ids by name in lower case
 */
export function checkRows(
  rows: readonly RawRow[],
  classIds: ReadonlyMap<string, string>,
  mode: StudentImportMode,
): CheckedRow[] {
  const firstWith = new Map<string, number>();
  return rows.map(({ rowNumber, values }) => {
    const required = requiredFields(
      mode,
      FIELDS.filter((field) => values[field] !== undefined),
    );
    const cell = (field: ImportField): string => cleaned(values[field] ?? "");
    const address = cell("EMAIL").toLowerCase();
    const className = cell("CLASS_NAME");
    const classId = classIds.get(className.toLowerCase()) ?? null;
    const problems: Problem[] = FIELDS.flatMap((field) => textProblems(field, cell(field), required));
    const add = (field: ImportField, key: MessageKey, value: string): number => problems.push({ field, key, value });
    if (address !== "" && !email.safeParse(address).success) add("EMAIL", "row.email", address.slice(0, 100));
    const isByIdentifier = required.includes("STUDENT_IDENTIFIER");
    const key = isByIdentifier ? cell("STUDENT_IDENTIFIER") : address;
    const first = firstWith.get(key);
    if (key === "" || first === undefined) firstWith.set(key, rowNumber);
    else if (isByIdentifier) add("STUDENT_IDENTIFIER", "row.repeated-identifier", String(first));
    else add("EMAIL", "row.repeated", String(first));
    if (className !== "" && classId === null) add("CLASS_NAME", "row.no-class", className.slice(0, 100));
    return {
      rowNumber,
      fullName: cell("FULL_NAME"),
      email: address,
      studentIdentifier: cell("STUDENT_IDENTIFIER") || null,
      className: className || null,
      classId,
      problems,
    };
  });
}

function textProblems(field: ImportField, text: string, required: readonly ImportField[]): Problem[] {
  if (text === "") return required.includes(field) ? [{ field, key: "row.missing", value: field }] : [];
  return [
    ...(text.length > LONGEST[field] ? [{ field, key: "row.too-long" as const, value: String(LONGEST[field]) }] : []),
    ...(/\p{Cc}/u.test(text) ? [{ field, key: "row.control-characters" as const, value: "" }] : []),
  ];
}

function cleaned(cell: string): string {
  return withoutApostrophe(cell.normalize("NFC").trim()).replaceAll(/\s+/g, " ").trim();
}

interface NumberedRow {
  readonly rowNumber: number;
  readonly cells: readonly string[];
}

/** @throws UnreadableFile when there are no rows, or more rows or columns than a file may have */
function partsOf(sheet: Sheet): [headers: readonly string[], rows: NumberedRow[]] {
  const numbered = sheet
    .map((cells, index) => ({ rowNumber: index + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const [head, ...rows] = numbered;
  if (head === undefined || rows.length === 0) throw new UnreadableFile("file.empty");
  if (rows.length > MAXIMUM_ROWS) throw new UnreadableFile("file.too-many-rows");
  if (head.cells.length > MAXIMUM_COLUMNS) throw new UnreadableFile("file.too-many-columns");
  return [head.cells.map((header) => header.trim()), rows];
}

/** The parts of an import that decide what may happen to it. */
interface ImportFacts {
  readonly status: "CHECKED" | "RUNNING" | "DONE" | "UNDONE";
  readonly finishedAt: Date | null;
}

/**
 * CHECKED -> RUNNING -> DONE -> UNDONE, the last step within 24 hours.
 * @returns whether the import may be undone at this moment
 */
export function canUndo({ status, finishedAt }: ImportFacts, now: Date): boolean {
  return status === "DONE" && finishedAt !== null && now.getTime() - finishedAt.getTime() < UNDO_MS;
}
