import PdfDocument from "pdfkit";
import type { Language } from "@lentera/kit";
import { localDay } from "../streak/streak.rules.js";
import type { GuardianReport } from "./guardian-report.type.js";

const TEXTS = {
  en: {
    title: { WEEKLY: "Weekly report", MONTHLY: "Monthly report" },
    sittings: "Scores",
    none: "None in this period.",
    study: (minutes: number, days: number) => `Study: ${minutes} minutes on ${days} days`,
    goals: "Goals reached",
    topics: "Topics to work on",
    topic: (topic: string, correct: number, answered: number) => `${topic}: ${correct} of ${answered} right`,
    note: "Scores are estimates; ± is one standard error.",
  },
  id: {
    title: { WEEKLY: "Laporan mingguan", MONTHLY: "Laporan bulanan" },
    sittings: "Skor",
    none: "Tidak ada pada periode ini.",
    study: (minutes: number, days: number) => `Belajar: ${minutes} menit dalam ${days} hari`,
    goals: "Target tercapai",
    topics: "Topik yang perlu dilatih",
    topic: (topic: string, correct: number, answered: number) => `${topic}: ${correct} dari ${answered} benar`,
    note: "Skor adalah perkiraan; ± adalah satu galat baku.",
  },
} as const;

/** The built-in fonts print the letters of western Europe; others become question marks. */
function printable(text: string): string {
  return text.replaceAll(/[^\x20-\x7E\u00A0-\u00FF\u2013\u2014\u2018-\u201D\u2022]/gu, "?");
}

/** A report on A4, in the language of whoever asks. */
export async function pdfOf(report: GuardianReport, language: Language): Promise<Buffer> {
  const text = TEXTS[language];
  const { sittings, studyMinutes, activeDays, goalsReached, weakTopics } = report.content;
  const title = text.title[report.kind];
  const { createdAt } = report;
  const pdf = new PdfDocument({ size: "A4", margin: 56, info: { Title: title, CreationDate: createdAt } });
  const heading = (line: string): void => void pdf.moveDown().font("Helvetica-Bold").fontSize(12).text(printable(line));
  const lines = (all: readonly string[]): void => {
    pdf.font("Helvetica").fontSize(10);
    for (const line of all.length === 0 ? [text.none] : all) pdf.text(printable(line));
  };
  pdf.font("Helvetica-Bold").fontSize(18).text(title);
  lines([`${report.startsOn} – ${report.endsOn}`, text.study(Math.round(studyMinutes), activeDays)]);
  heading(text.sittings);
  lines(
    sittings.map(
      ({ examName, at, scaled, standardError }) =>
        `${localDay(at, report.timeZone)}  ${examName}: ${Math.round(scaled)} ± ${Math.round(standardError)}`,
    ),
  );
  heading(text.goals);
  lines(goalsReached);
  heading(text.topics);
  lines(weakTopics.map(({ topic, correct, answered }) => text.topic(topic, correct, answered)));
  pdf.moveDown().fontSize(8).text(text.note);
  pdf.end();
  const chunks: Uint8Array[] = [];
  for await (const chunk of pdf) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks);
}
