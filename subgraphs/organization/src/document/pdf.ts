import { createRequire } from "node:module";
import PdfDocument from "pdfkit";
import type { Cell, Chart, Document, Section } from "./document.rules.js";

type Pdf = InstanceType<typeof PdfDocument>;
type Weight = "REGULAR" | "BOLD";

const require = createRequire(import.meta.url);
/** The fonts that every reader of PDF has, and for Hindi and Marathi one of which the letters in use are embedded. */
const FONTS = {
  REGULAR: {
    latin: "Helvetica",
    devanagari: require.resolve("@expo-google-fonts/noto-sans-devanagari/400Regular/NotoSansDevanagari_400Regular.ttf"),
  },
  BOLD: {
    latin: "Helvetica-Bold",
    devanagari: require.resolve("@expo-google-fonts/noto-sans-devanagari/700Bold/NotoSansDevanagari_700Bold.ttf"),
  },
} as const;

const MARGIN = 48;
const ROW_HEIGHT = 16;
const CHART_HEIGHT = 160;
const INK = "#1f2937";
const LINE = "#d1d5db";
const ACCENT = "#b45309";
/** More points than this cannot be told apart on a page. */
const MAXIMUM_POINTS = 40;

/** Pages in A4 with a table for each section and its chart, drawn as lines and areas, above it. */
export async function* pdfOf({ title, subtitle, sections }: Document): AsyncGenerator<Uint8Array> {
  const pdf = new PdfDocument({ size: "A4", margin: MARGIN, info: { Title: title } });
  write(pdf.fillColor(INK).fontSize(18), "BOLD", title);
  write(pdf.fontSize(9), "REGULAR", subtitle).moveDown();
  for (const section of sections) await drawSection(pdf, section);
  pdf.end();
  for await (const chunk of pdf) if (chunk instanceof Uint8Array) yield chunk;
}

async function drawSection(pdf: Pdf, { heading, columns, rows, chart }: Section): Promise<void> {
  ensureRoom(pdf, ROW_HEIGHT * 3);
  pdf.x = MARGIN;
  write(pdf.fontSize(12), "BOLD", heading).moveDown(0.5);
  const drawn = chart === undefined ? rows : await drawChart(pdf, chart, rows);
  drawRow(pdf, columns, "BOLD");
  for await (const row of drawn) {
    if (ensureRoom(pdf, ROW_HEIGHT)) drawRow(pdf, columns, "BOLD");
    drawRow(pdf, row, "REGULAR");
  }
  pdf.moveDown();
}

/** @returns whether a new page was begun */
function ensureRoom(pdf: Pdf, height: number): boolean {
  if (pdf.y + height <= pdf.page.height - MARGIN) return false;
  pdf.addPage();
  return true;
}

function drawRow(pdf: Pdf, cells: readonly Cell[], weight: Weight): void {
  const top = pdf.y;
  const width = (pdf.page.width - 2 * MARGIN) / Math.max(1, cells.length);
  pdf.fontSize(8).fillColor(INK);
  for (const [index, cell] of cells.entries()) {
    const align = typeof cell === "number" ? "right" : "left";
    const box = { width: width - 6, height: ROW_HEIGHT - 6, ellipsis: true, lineBreak: false, align } as const;
    pdf.x = MARGIN + index * width;
    pdf.y = top + 4;
    write(pdf, weight, String(cell ?? ""), box);
  }
  const bottom = top + ROW_HEIGHT;
  pdf
    .moveTo(MARGIN, bottom)
    .lineTo(pdf.page.width - MARGIN, bottom)
    .lineWidth(0.5)
    .stroke(LINE);
  pdf.x = MARGIN;
  pdf.y = bottom;
}

/** Bars or a line over the first rows. @returns all rows, those that were read for the chart included */
async function drawChart(pdf: Pdf, { kind, labelColumn, valueColumn }: Chart, rows: Section["rows"]) {
  const all: (readonly Cell[])[] = [];
  for await (const row of rows) all.push(row);
  const points = all.slice(0, MAXIMUM_POINTS).map((row) => ({
    label: String(row[labelColumn] ?? ""),
    value: Math.max(0, Number(row[valueColumn] ?? 0)) || 0,
  }));
  if (points.length === 0) return all;
  ensureRoom(pdf, CHART_HEIGHT + ROW_HEIGHT * 2);
  const [left, top, width] = [MARGIN, pdf.y, pdf.page.width - 2 * MARGIN];
  const bottom = top + CHART_HEIGHT - ROW_HEIGHT;
  const highest = Math.max(...points.map(({ value }) => value)) || 1;
  const step = width / points.length;
  const placed = points.map(({ label, value }, index) => ({
    label,
    x: left + step * index,
    height: (value / highest) * (bottom - top),
  }));
  pdf
    .moveTo(left, bottom)
    .lineTo(left + width, bottom)
    .lineWidth(0.5)
    .stroke(LINE);
  if (kind === "BAR")
    for (const { x, height } of placed) pdf.rect(x + step * 0.15, bottom - height, step * 0.7, height).fill(ACCENT);
  else {
    for (const [index, { x, height }] of placed.entries())
      pdf[index === 0 ? "moveTo" : "lineTo"](x + step / 2, bottom - height);
    pdf.lineWidth(1.5).stroke(ACCENT);
  }
  pdf.fontSize(6).fillColor(INK);
  for (const { label, x } of placed) {
    pdf.x = x;
    pdf.y = bottom + 3;
    write(pdf, "REGULAR", label, { width: step, height: 8, align: "center", ellipsis: true, lineBreak: false });
  }
  pdf.x = left;
  pdf.y = top + CHART_HEIGHT;
  return all;
}

/** Prints a text where the document is at, in the font that has its letters; those that none has become question marks. */
function write(pdf: Pdf, weight: Weight, text: string, options: PDFKit.Mixins.TextOptions = {}): Pdf {
  const isDevanagari = /\p{Script=Devanagari}/u.test(text);
  pdf.font(FONTS[weight][isDevanagari ? "devanagari" : "latin"]);
  return pdf.text(text.normalize("NFC").replaceAll(isDevanagari ? NOT_IN_NOTO : NOT_IN_HELVETICA, "?"), options);
}

const NOT_IN_HELVETICA = /[^\x20-\x7E\u00A0-\u00FF\u2013\u2014\u2018-\u201D\u2022\u20AC]/gu;
const NOT_IN_NOTO =
  /[^\x20-\x7E\u00A0-\u00FF\u2013\u2014\u2018-\u201D\u2022\u20AC\u20B9\p{Join_Control}\p{Script=Devanagari}]/gu;
