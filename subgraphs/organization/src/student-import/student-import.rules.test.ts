import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { neutralized, withoutApostrophe } from "../document/document.rules.js";
import { decodeText, delimiterOf, parseText } from "./sheet.rules.js";
import { areProblems, assignColumns, canUndo, checkRows, readRows, suggestColumns } from "./student-import.rules.js";

const noClasses = new Map<string, string>();
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const check = (text: string, classes = noClasses) => {
  const sheet = parseText(text);
  return checkRows(readRows(sheet, suggestColumns(sheet)), classes, "ENROLL");
};

describe("001-42: text of a file", () => {
  it("is read with a byte order mark, any of three delimiters, any line end and quoted cells", () => {
    const rows = [
      ["Nama", "Surel"],
      ['Siti "Sita", S.', "siti@example.test"],
    ];
    for (const delimiter of [",", ";", "\t"])
      for (const end of ["\n", "\r\n", "\r"]) {
        const text = `\uFEFFNama${delimiter}Surel${end}"Siti ""Sita"", S."${delimiter}siti@example.test${end}`;
        expect(parseText(decodeText(utf8(text))), JSON.stringify([delimiter, end])).toEqual(rows);
      }
  });

  it("names its delimiter as Excel does, or lets the headings tell", () => {
    expect(parseText("sep=;\nNama;Surel\n")).toEqual([["Nama", "Surel"]]);
    expect(delimiterOf('"a;b;c",d\n;;;;;')).toBe(",");
    expect(delimiterOf("nama")).toBe(",");
  });

  it("in another encoding is refused, by its name where it can be told", () => {
    const refusal = (bytes: number[]): string => {
      try {
        return decodeText(new Uint8Array(bytes));
      } catch (error) {
        return String((error as { key?: string }).key);
      }
    };
    expect(refusal([0x4e, 0xe9, 0x6c])).toBe("file.windows-1252");
    expect(refusal([0xff, 0xfe, 0x4e, 0])).toBe("file.utf-16");
    expect(refusal([0x4e, 0, 0x61, 0])).toBe("file.not-text");
    expect(refusal([0x89, 0x50, 0x4e, 0x47, 0, 0xff])).toBe("file.not-text");
  });

  it("with a quotation mark that is never closed is refused with its line", () => {
    expect(() => parseText('Nama,Surel\nA,a@example.test\n"B,b@example.test\n')).toThrow("file.quotes");
  });

  it("survives any cells that a spreadsheet writes", () => {
    const cell = fc.string({ unit: "grapheme" }).filter((text) => !/[\r\n\uFEFF]/.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (cells) => {
        const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const text = [["Nama", "Surel"], ...cells].map((row) => row.map(quoted).join(";")).join("\r\n");
        expect(parseText(text).slice(1)).toEqual(cells);
      }),
    );
  });
});

describe("000-56: columns", () => {
  it("are suggested from headings in both languages, each field once", () => {
    const fieldsOf = (headers: string) => suggestColumns(parseText(`${headers}\na,b,c,d,e`)).map(({ field }) => field);
    expect(fieldsOf("No,Nama Lengkap,E-mail,NIS,Kelas")).toEqual([
      null,
      "FULL_NAME",
      "EMAIL",
      "STUDENT_IDENTIFIER",
      "CLASS_NAME",
    ]);
    expect(fieldsOf("Full name,Name,Email address,Roll no.,Class")).toEqual([
      "FULL_NAME",
      null,
      "EMAIL",
      "STUDENT_IDENTIFIER",
      "CLASS_NAME",
    ]);
  });

  it("that are missing, unknown or chosen twice are all named at once", () => {
    const columns = suggestColumns(parseText("x,y\na,b"));
    const missing = assignColumns(columns, null, "ENROLL");
    expect(areProblems(missing) && missing.map(({ key, value }) => `${key} ${value}`)).toEqual([
      "columns.missing FULL_NAME",
      "columns.missing EMAIL",
    ]);
    const chosen = [1, 2, 9].map((position) => ({ position, field: "EMAIL" as const }));
    const wrong = assignColumns(columns, chosen, "ENROLL");
    expect(areProblems(wrong) && wrong.map(({ key }) => key)).toEqual([
      "columns.unknown",
      "columns.twice",
      "columns.missing",
    ]);
  });
});

describe("000-56: rows", () => {
  it("keep the numbers that the spreadsheet shows, blank rows left out", () => {
    const rows = check("Nama,Surel\nA,a@example.test\n\n,\nB,b@example.test\n");
    expect(rows.map(({ rowNumber, fullName }) => [rowNumber, fullName])).toEqual([
      [2, "A"],
      [5, "B"],
    ]);
  });

  it("tell every problem of every row", () => {
    const long = "x".repeat(201);
    const rows = check(
      `Nama,Surel,Kelas\n,a@example,XII\n${long},b@example.test,xii ipa 1\nC,B@example.test,\nD\u0007,,\n`,
      new Map([["xii ipa 1", "class"]]),
    );
    expect(rows.map(({ problems }) => problems.map(({ key, value }) => `${key} ${value}`.trim()))).toEqual([
      ["row.missing FULL_NAME", "row.email a@example", "row.no-class XII"],
      ["row.too-long 200"],
      ["row.repeated 3"],
      ["row.control-characters", "row.missing EMAIL"],
    ]);
    expect(rows[1]).toMatchObject({ classId: "class", email: "b@example.test" });
  });

  it("are at most 10,000, and a file without any is refused", () => {
    const file = (rows: number): string => `Nama,Surel\n${"A,a@example.test\n".repeat(rows)}`;
    expect(check(file(10_000))).toHaveLength(10_000);
    expect(() => check(file(10_001))).toThrow("file.too-many-rows");
    expect(() => check(file(0))).toThrow("file.empty");
    expect(() => check(`${"x,".repeat(100)}\na`)).toThrow("file.too-many-columns");
  });
});

describe("formulas", () => {
  it("are neutralised in every text, and come back unharmed", () => {
    fc.assert(
      fc.property(fc.constantFrom("=", "+", "-", "@", "\t", "\r", "", "'"), fc.string(), (start, rest) => {
        expect(neutralized(start + rest)).not.toMatch(/^[=+\-@\t\r]/);
        const text = (start + rest).replace(/^'+/, "");
        expect(withoutApostrophe(neutralized(text))).toBe(text);
      }),
    );
  });
});

describe("undoing", () => {
  it("is possible for 24 hours after the end", () => {
    const finishedAt = new Date("2026-11-20T00:00:00Z");
    const after = (ms: number): Date => new Date(finishedAt.getTime() + ms);
    const day = 24 * 60 * 60 * 1000;
    expect(canUndo({ status: "DONE", finishedAt }, after(day - 1))).toBe(true);
    expect(canUndo({ status: "DONE", finishedAt }, after(day))).toBe(false);
    expect(canUndo({ status: "RUNNING", finishedAt: null }, after(0))).toBe(false);
  });
});
