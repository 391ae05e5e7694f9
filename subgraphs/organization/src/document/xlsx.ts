import { Zip, ZipDeflate } from "fflate";
import { type Cell, type Document, safeCell } from "./document.rules.js";

const ROWS_AT_ONCE = 500;
const MAXIMUM_SHEET_NAME = 31;
const SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** A workbook (ECMA-376) with one sheet per section, formulas neutralised; a few hundred rows are in memory at a time. */
export async function* xlsxOf({ sections }: Document): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    ready.push(chunk);
  });
  const entry = (name: string): ((text: string, isLast: boolean) => void) => {
    const file = new ZipDeflate(name, { level: 6 });
    zip.add(file);
    return (text, isLast) => file.push(encoder.encode(text), isLast);
  };
  const names = sections.map(({ heading }, index) => sheetName(heading, index));
  for (const [name, text] of Object.entries(partsFor(names))) entry(name)(DECLARATION + text, true);
  for (const [index, { columns, rows }] of sections.entries()) {
    const write = entry(`xl/worksheets/sheet${index + 1}.xml`);
    write(`${DECLARATION}<worksheet xmlns="${SPREADSHEET}"><sheetData>`, false);
    let number = 1;
    let waiting = rowXml(columns, number);
    for await (const row of rows) {
      waiting += rowXml(row, ++number);
      if (number % ROWS_AT_ONCE !== 0) continue;
      write(waiting, false);
      waiting = "";
      yield* ready.splice(0);
    }
    write(`${waiting}</sheetData></worksheet>`, true);
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready.splice(0);
}

/** What a workbook needs besides its sheets. */
function partsFor(names: readonly string[]): Record<string, string> {
  const each = (xml: (number: number, name: string) => string): string =>
    names.map((name, index) => xml(index + 1, name)).join("");
  return {
    "[Content_Types].xml":
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      `<Override PartName="/xl/workbook.xml" ContentType="${CONTENT}.sheet.main+xml"/>` +
      `${each((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${CONTENT}.worksheet+xml"/>`)}</Types>`,
    "_rels/.rels": `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml":
      `<workbook xmlns="${SPREADSHEET}" xmlns:r="${RELATIONSHIPS}"><sheets>` +
      `${each((number, name) => `<sheet name="${escaped(name)}" sheetId="${number}" r:id="rId${number}"/>`)}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels":
      `<Relationships xmlns="${PACKAGE}/relationships">` +
      `${each((number) => `<Relationship Id="rId${number}" Type="${RELATIONSHIPS}/worksheet" Target="worksheets/sheet${number}.xml"/>`)}</Relationships>`,
  };
}

/** Excel allows 31 characters, some not, and no name twice. */
function sheetName(heading: string, index: number): string {
  const number = String(index + 1);
  const name = heading
    .replaceAll(/[[\]:*?/\\']/g, " ")
    .trim()
    .slice(0, MAXIMUM_SHEET_NAME - number.length - 1);
  return name === "" ? `Sheet${number}` : `${name} ${number}`;
}

function rowXml(cells: readonly Cell[], number: number): string {
  const xml = cells.map((cell, index) => {
    const at = `${columnName(index)}${number}`;
    const safe = safeCell(cell);
    if (safe === null || safe === "") return "";
    if (typeof safe === "number") return `<c r="${at}"><v>${safe}</v></c>`;
    return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(safe)}</t></is></c>`;
  });
  return `<row r="${number}">${xml.join("")}</row>`;
}

/** A, B, …, Z, AA, … */
function columnName(index: number): string {
  const letter = String.fromCodePoint(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

function escaped(text: string): string {
  return text
    .replaceAll(NOT_XML, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
