import type { Language } from "@lentera/kit";
import { strToU8, zipSync } from "fflate";

/** What one subgraph stores about a person. */
export interface ArchivePart {
  readonly subgraph: string;
  readonly data: unknown;
}

const TITLES: Readonly<Record<string, Record<Language, string>>> = {
  organization: { id: "Akun, sekolah, dan keluarga", en: "Account, schools and family" },
  learning: { id: "Belajar: jawaban, skor, kemajuan", en: "Learning: answers, scores, progress" },
  marketplace: { id: "Pesanan, pelajaran, dan ulasan", en: "Orders, lessons and reviews" },
  finance: { id: "Pembayaran dan tagihan", en: "Payments and invoices" },
  community: { id: "Pesan, forum, dan notifikasi", en: "Messages, forums and notifications" },
};

const WORDS = {
  id: {
    title: "Data Anda di Lentera",
    intro: (name: string, at: string) => `Arsip ini berisi semua yang disimpan tentang ${name}, per ${at}.`,
    missing: "Bagian ini belum tersedia ketika arsip dibuat. Mintalah arsip baru nanti:",
  },
  en: {
    title: "Your data at Lentera",
    intro: (name: string, at: string) => `This archive holds everything that is stored about ${name}, as of ${at}.`,
    missing: "These parts were not available when the archive was made. Ask for a new archive later:",
  },
} as const;

/** A ZIP of one JSON file for each part, and a page that says what is in it and what is not. */
export function buildArchive(options: {
  readonly fullName: string;
  readonly language: Language;
  readonly at: Date;
  readonly parts: readonly ArchivePart[];
  readonly missing: readonly string[];
}): Uint8Array {
  const { parts } = options;
  const files = new Map([["index.html", strToU8(indexPage(options))]]);
  for (const { subgraph, data } of parts) files.set(`${subgraph}.json`, strToU8(`${JSON.stringify(data, null, 2)}\n`));
  return zipSync(Object.fromEntries(files), { level: 6 });
}

function indexPage({ fullName, language, at, parts, missing }: Parameters<typeof buildArchive>[0]): string {
  const words = WORDS[language];
  const title = (subgraph: string): string => TITLES[subgraph]?.[language] ?? subgraph;
  const items = parts.map(({ subgraph }) => `<li><a href="${subgraph}.json">${title(subgraph)}</a></li>`).join("");
  const absent = missing.map((subgraph) => `<li>${title(subgraph)}</li>`).join("");
  const gap = missing.length === 0 ? "" : `<p>${words.missing}</p><ul>${absent}</ul>`;
  return (
    `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${words.title}</title><h1>${words.title}</h1>` +
    `<p>${words.intro(escapeHtml(fullName), at.toISOString())}</p><ul>${items}</ul>${gap}</html>\n`
  );
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>]/g, (character) => ENTITIES[character] ?? character);
}
