import { inflateSync } from "node:zlib";
import readWorkbook from "read-excel-file/node";
import { describe, expect, it } from "vitest";
import { csvOf } from "./csv.js";
import type { Cell, Document, Section } from "./document.rules.js";
import { jsonOf } from "./json.js";
import { pdfOf } from "./pdf.js";
import { xlsxOf } from "./xlsx.js";

const ROWS: Cell[][] = [
  ['Siti "Sita", S.', 87.5],
  ['=HYPERLINK("http://evil.test")', -3],
  ["@a\u0001 & <b>", null],
];
const documentOf = (...sections: Section[]): Document => ({
  title: "Nilai & kelas",
  subtitle: "20 Nov 2026",
  sections,
});
const section = (heading: string, rows: Section["rows"] = ROWS): Section => ({
  heading,
  columns: ["Nama", "Nilai"],
  rows,
});

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}
/** The drawing operators of all pages of a PDF. */
function operatorsOf(pdf: Buffer): string {
  return [...pdf.toString("latin1").matchAll(/stream\n([\s\S]*?)\nendstream/g)]
    .map(([, stream]) => inflateSync(Buffer.from(stream!, "latin1")).toString("latin1"))
    .join("\n");
}
/** What is printed: strings in hexadecimal with kerning between. */
function textsOf(pdf: Buffer): string[] {
  return [...operatorsOf(pdf).matchAll(/\[(.*?)\] TJ/g)].map(([, parts]) =>
    [...parts!.matchAll(/<([0-9a-f]*)>/g)].map(([, hex]) => Buffer.from(hex!, "hex").toString("latin1")).join(""),
  );
}

/** The texts of a PDF in an embedded font, by the table that leads its glyphs back to letters; undefined for a missing one. */
function embeddedTextsOf(pdf: Buffer): string[] {
  const letters = new Map<string, string>();
  for (const [, entries] of operatorsOf(pdf).matchAll(/beginbfrange\n([\s\S]*?)\nendbfrange/g))
    for (const [, first, list] of entries!.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[(.*?)\]/g))
      for (const [index, hex] of [...list!.matchAll(/<([0-9a-f ]*)>/g)].entries()) {
        const utf16 = Buffer.from(hex[1]!.replaceAll(" ", ""), "hex").swap16().toString("utf16le");
        letters.set((Number.parseInt(first!, 16) + index).toString(16).padStart(4, "0"), utf16);
      }
  return [...operatorsOf(pdf).matchAll(/\[(.*?)\] TJ/g)].map(([, parts]) =>
    [...parts!.matchAll(/<([0-9a-f]*)>/g)]
      .flatMap(([, hex]) => hex!.match(/.{4}/g) ?? [])
      .map((glyph) => (glyph === "0000" ? "[missing]" : (letters.get(glyph) ?? "")))
      .join(""),
  );
}

describe("a document", () => {
  it("000-59: as PDF prints Hindi in an embedded font that has every letter, and only those in use", async () => {
    const names = ["अमित कुमार", "सीता देवी (XII-A) 12 ₹", "Budi"];
    const pdf = await bytesOf(
      pdfOf(
        documentOf(
          section(
            "Kelas",
            names.map((name) => [name, 1]),
          ),
        ),
      ),
    );
    const texts = embeddedTextsOf(pdf);
    // As it is drawn: the vowel sign i stands before the letter that it is spoken after.
    for (const name of ["अिमत", "कुमार", "(XII-A)", "12", "₹"])
      expect(texts.join("|").replaceAll(/[\s|]/g, "")).toContain(name);
    expect(texts.join("")).not.toMatch(/\[missing\]|\?/);
    expect(textsOf(pdf)).toContain("Budi");
    expect(pdf.toString("latin1").match(/\/FontFile2/g)).toHaveLength(1);
    expect(pdf.length).toBeLessThan(60_000);
    const plain = (await bytesOf(pdfOf(documentOf(section("Kelas"))))).toString("latin1");
    expect(plain).not.toContain("/FontFile2");
  });

  it("001-42: as CSV is UTF-8 with a byte order mark, quoted, formulas neutralised, numbers left alone", async () => {
    expect((await bytesOf(csvOf(documentOf(section("A"))))).toString()).toBe(
      '\uFEFFNama,Nilai\r\n"Siti ""Sita"", S.",87.5\r\n"\'=HYPERLINK(""http://evil.test"")",-3\r\n\'@a\u0001 & <b>,\r\n',
    );
    const two = (await bytesOf(csvOf(documentOf(section("A", []), section("B", []))))).toString();
    expect(two).toBe("\uFEFFA\r\nNama,Nilai\r\n\r\nB\r\nNama,Nilai\r\n");
  });

  it("000-59: as XLSX is a workbook with a sheet per section, formulas neutralised, numbers left alone", async () => {
    const bytes = await bytesOf(xlsxOf(documentOf(section("Kelas: XII/1"), section("Kelas: XII/1", []))));
    const sheets = await readWorkbook(bytes);
    expect(sheets.map(({ sheet }) => sheet)).toEqual(["Kelas  XII 1 1", "Kelas  XII 1 2"]);
    expect(sheets[0]!.data).toEqual([
      ["Nama", "Nilai"],
      ['Siti "Sita", S.', 87.5],
      ['\'=HYPERLINK("http://evil.test")', -3],
      ["'@a & <b>", null],
    ]);
  });

  it("000-59: as JSON has every value as it is", async () => {
    expect(JSON.parse((await bytesOf(jsonOf(documentOf(section("A"), section("B", []))))).toString())).toEqual({
      title: "Nilai & kelas",
      subtitle: "20 Nov 2026",
      sections: [
        { heading: "A", columns: ["Nama", "Nilai"], rows: ROWS },
        { heading: "B", columns: ["Nama", "Nilai"], rows: [] },
      ],
    });
  });

  it("001-36: as PDF shows its title, tables and a chart drawn as vectors, on as many pages as it takes", async () => {
    const rows = Array.from({ length: 120 }, (_, index) => [`Siswa ${index}`, index]);
    const chart = { kind: "BAR" as const, labelColumn: 0, valueColumn: 1 };
    const plain = await bytesOf(pdfOf(documentOf(section("Kelas", rows))));
    const pdf = await bytesOf(pdfOf(documentOf({ ...section("Kelas", rows), chart })));
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    expect(pdf.toString("latin1").match(/\/Type \/Page\n/g)!.length).toBeGreaterThanOrEqual(3);
    const rectangles = (bytes: Buffer) => operatorsOf(bytes).match(/ re\n/g)?.length ?? 0;
    expect(rectangles(pdf) - rectangles(plain)).toBe(40);
    const line = await bytesOf(pdfOf(documentOf({ ...section("Kelas", rows), chart: { ...chart, kind: "LINE" } })));
    expect(rectangles(line)).toBe(rectangles(plain));
    for (const text of ["Nilai & kelas", "Siswa 119"]) expect(textsOf(pdf)).toContain(text);
  });

  it("003-49: is written while its rows are read, with flat memory", async () => {
    for (const write of [csvOf, xlsxOf, jsonOf]) {
      let read = 0;
      let largest = 0;
      let behind = 0;
      async function* rows(): AsyncGenerator<Cell[]> {
        for (; read < 20_000; read++) yield [`Siswa ${read} ${Math.sin(read)}`, read];
      }
      let written = 0;
      for await (const chunk of write(documentOf(section("A", rows())))) {
        largest = Math.max(largest, chunk.length);
        written += chunk.length;
        if (read < 20_000) behind = read;
      }
      expect(behind, write.name).toBeGreaterThan(19_000);
      expect(largest / written, write.name).toBeLessThan(0.2);
    }
  });
});
