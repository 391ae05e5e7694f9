import { stringify } from "csv-stringify/sync";
import { type Cell, type Document, safeCell } from "./document.rules.js";

/** Without it Excel reads UTF-8 as something else. */
const BYTE_ORDER_MARK = "\uFEFF";
const ROWS_AT_ONCE = 500;

const lines = (rows: (readonly Cell[])[]): string =>
  stringify(
    rows.map((row) => row.map(safeCell)),
    { record_delimiter: "windows" },
  );

/** RFC 4180 in UTF-8, formulas neutralised. Several sections stand one below the other, each under its heading. */
export async function* csvOf({ sections }: Document): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(BYTE_ORDER_MARK);
  for (const [index, { heading, columns, rows }] of sections.entries()) {
    if (sections.length > 1) yield encoder.encode(lines([...(index > 0 ? [[""]] : []), [heading]]));
    let waiting: (readonly Cell[])[] = [columns];
    for await (const row of rows) {
      waiting.push(row);
      if (waiting.length < ROWS_AT_ONCE) continue;
      yield encoder.encode(lines(waiting));
      waiting = [];
    }
    if (waiting.length > 0) yield encoder.encode(lines(waiting));
  }
}
