import { CsvError, parse } from "csv-parse/sync";
import type { MessageKey } from "./student-import.messages.js";

/** Rows of cells as they stand in the file, the row of headings included. */
export type Sheet = readonly (readonly string[])[];

/** A file that cannot be read; says why by the key of a message. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
  constructor(
    readonly key: MessageKey,
    readonly value = "",
  ) {
    super(key);
  }
}

/**
 * UTF-8 with or without a byte order mark.
 * @throws UnreadableFile for every other encoding, named where it can be told
 */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw new UnreadableFile("file.utf-16");
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (text.includes("\0")) throw new UnreadableFile("file.not-text");
    return text;
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw new UnreadableFile(bytes.includes(0) ? "file.not-text" : "file.windows-1252");
  }
}

const DELIMITERS = [",", ";", "\t"] as const;

/** What Excel writes into the first line to name its delimiter. */
const SEPARATOR_LINE = /^sep=(.)\r?\n/i;

/** The delimiter of the headings: the most frequent of comma, semicolon and tab outside quotation marks. */
export function delimiterOf(text: string): string {
  const headings = text.replaceAll(/"[^"]*"/g, "").split(/[\r\n]/, 1)[0] ?? "";
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: headings.split(delimiter).length - 1 }));
  return counted.reduce((most, next) => (next.count > most.count ? next : most)).delimiter;
}

/**
 * CSV or text pasted from a spreadsheet: any of three delimiters, any line end, quoted cells that hold both.
 * @throws UnreadableFile for quotation marks that do not match
 */
export function parseText(text: string): Sheet {
  const named = SEPARATOR_LINE.exec(text);
  const body = named === null ? text : text.slice(named[0].length);
  try {
    const rows: string[][] = parse(body, {
      bom: true,
      delimiter: named?.[1] ?? delimiterOf(body.slice(0, 100_000)),
      relax_column_count: true,
      record_delimiter: ["\r\n", "\n", "\r"],
    });
    return rows;
  } catch (error) {
    if (error instanceof CsvError)
      throw new UnreadableFile("file.quotes", typeof error["lines"] === "number" ? String(error["lines"]) : "?");
    throw error;
  }
}
