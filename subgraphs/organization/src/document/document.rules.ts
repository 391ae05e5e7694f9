/** Numbers stay numbers; everything else is text. */
export type Cell = string | number | null;

export interface Chart {
  readonly kind: "BAR" | "LINE";
  /** Positions in `columns`, from 0. */
  readonly labelColumn: number;
  readonly valueColumn: number;
}

/** A heading with a table below it, and perhaps a drawing of one of its columns. */
export interface Section {
  readonly heading: string;
  readonly columns: readonly string[];
  /** Read once, row by row. */
  readonly rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>;
  readonly chart?: Chart | undefined;
}

/** What is written into a file of any format. */
export interface Document {
  readonly title: string;
  /** Who and when, in the reader's language. */
  readonly subtitle: string;
  readonly sections: readonly Section[];
}

const STARTS_A_FORMULA = /^[=+\-@\t\r]/;

/**
 * A text that no spreadsheet takes for a formula: =, +, -, @, tab and carriage return get an apostrophe in front
 * (OWASP, CSV injection).
 */
export function neutralized(text: string): string {
  return STARTS_A_FORMULA.test(text) ? `'${text}` : text;
}

/** The inverse of {@link neutralized}, for files that come back. */
export function withoutApostrophe(text: string): string {
  return text.startsWith("'") && STARTS_A_FORMULA.test(text.slice(1)) ? text.slice(1) : text;
}

/** A cell as a spreadsheet may see it. */
export function safeCell(cell: Cell): Cell {
  return typeof cell === "string" ? neutralized(cell) : cell;
}
