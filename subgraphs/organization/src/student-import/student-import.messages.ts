import type { ErrorCode, Language } from "@lentera/kit";

type Say = (value: string) => string;
interface Message extends Record<Language, Say> {
  readonly code: ErrorCode;
}

/** Everything that can be said about a file, and about one row of it, by key: keys are stored with the rows. */
const MESSAGES = {
  "file.empty": {
    code: "REQUIRED_FIELD_MISSING",
    id: () => "Berkas ini tidak berisi baris siswa: isi satu baris judul dan setidaknya satu baris siswa.",
    en: () => "This file holds no students: give a row of headings and at least one row below it.",
  },
  "file.too-many-rows": {
    code: "LIMIT_EXCEEDED",
    id: () => "Satu berkas berisi paling banyak 10.000 siswa: bagi menjadi beberapa berkas.",
    en: () => "One file holds at most 10,000 students: split it into several files.",
  },
  "file.too-many-columns": {
    code: "LIMIT_EXCEEDED",
    id: () => "Satu berkas berisi paling banyak 100 kolom: hapus kolom yang tidak diperlukan.",
    en: () => "One file holds at most 100 columns: remove those that are not needed.",
  },
  "file.windows-1252": {
    code: "INVALID_FORMAT",
    id: () => "Berkas ini tampaknya memakai pengodean Windows-1252: simpan sebagai “CSV UTF-8” lalu unggah lagi.",
    en: () => "This file seems to be encoded in Windows-1252: save it as “CSV UTF-8” and upload it again.",
  },
  "file.utf-16": {
    code: "INVALID_FORMAT",
    id: () => "Berkas ini memakai pengodean UTF-16: simpan sebagai “CSV UTF-8” lalu unggah lagi.",
    en: () => "This file is encoded in UTF-16: save it as “CSV UTF-8” and upload it again.",
  },
  "file.not-text": {
    code: "INVALID_FORMAT",
    id: () => "Berkas ini bukan CSV dan bukan XLSX: simpan sebagai salah satunya lalu unggah lagi.",
    en: () => "This file is neither CSV nor XLSX: save it as one of them and upload it again.",
  },
  "file.quotes": {
    code: "INVALID_FORMAT",
    id: (line) => `Tanda kutip di sekitar baris ${line} tidak lengkap: perbaiki lalu unggah lagi.`,
    en: (line) => `The quotation marks around line ${line} do not match: correct them and upload the file again.`,
  },
  "file.archive": {
    code: "INVALID_FORMAT",
    id: () => "Buku kerja XLSX ini rusak: buka dan simpan kembali, lalu unggah lagi.",
    en: () => "This XLSX workbook is damaged: open it, save it and upload it again.",
  },
  "file.archive-too-large": {
    code: "LIMIT_EXCEEDED",
    id: () => "Buku kerja XLSX ini lebih besar dari 100 MB setelah dibuka: bagi menjadi beberapa berkas.",
    en: () => "This XLSX workbook is larger than 100 MB when unpacked: split it into several files.",
  },
  "columns.missing": {
    code: "REQUIRED_FIELD_MISSING",
    id: (field) => `Tentukan kolom mana yang berisi ${NAMES.id(field)}.`,
    en: (field) => `Say which column holds the ${NAMES.en(field)}.`,
  },
  "columns.nothing": {
    code: "REQUIRED_FIELD_MISSING",
    id: () => "Tentukan kolom mana yang berisi data baru: nomor induk siswa atau kelas.",
    en: () => "Say which column holds what is to change: the student number or the class.",
  },
  "columns.unknown": {
    code: "INVALID_FORMAT",
    id: (column) => `Berkas ini tidak memiliki kolom ${column}.`,
    en: (column) => `This file has no column ${column}.`,
  },
  "columns.twice": {
    code: "DUPLICATE_ENTRY",
    id: (field) => `Pilih satu kolom saja untuk ${NAMES.id(field)}.`,
    en: (field) => `Choose only one column for the ${NAMES.en(field)}.`,
  },
  "row.missing": {
    code: "REQUIRED_FIELD_MISSING",
    id: (field) => `Isi ${NAMES.id(field)}.`,
    en: (field) => `Give the ${NAMES.en(field)}.`,
  },
  "row.email": {
    code: "INVALID_FORMAT",
    id: (email) => `“${email}” bukan alamat surel.`,
    en: (email) => `“${email}” is not an e-mail address.`,
  },
  "row.too-long": {
    code: "INVALID_FORMAT",
    id: (maximum) => `Isian ini paling banyak ${maximum} karakter.`,
    en: (maximum) => `This has at most ${maximum} characters.`,
  },
  "row.control-characters": {
    code: "INVALID_FORMAT",
    id: () => "Isian ini berisi karakter yang tidak dapat dicetak.",
    en: () => "This holds characters that cannot be printed.",
  },
  "row.repeated": {
    code: "DUPLICATE_ENTRY",
    id: (row) => `Alamat surel ini sudah ada di baris ${row}.`,
    en: (row) => `This e-mail address stands in row ${row} already.`,
  },
  "row.repeated-identifier": {
    code: "DUPLICATE_ENTRY",
    id: (row) => `Nomor induk siswa ini sudah ada di baris ${row}.`,
    en: (row) => `This student number stands in row ${row} already.`,
  },
  "row.no-student": {
    code: "NOT_FOUND",
    id: () => "Tidak ada siswa aktif seperti ini di sini: perbaiki datanya atau daftarkan siswanya dahulu.",
    en: () => "There is no such active student here: correct the row, or enroll the student first.",
  },
  "row.ambiguous": {
    code: "DUPLICATE_ENTRY",
    id: () => "Beberapa siswa memakai nomor induk ini: gunakan alamat surel.",
    en: () => "Several students have this student number: use the e-mail address.",
  },
  "row.unchanged": {
    code: "RESOURCE_ALREADY_EXISTS",
    id: () => "Datanya memang sudah begitu.",
    en: () => "This is so already.",
  },
  "row.no-class": {
    code: "NOT_FOUND",
    id: (name) => `Tidak ada kelas “${name}” pada tahun ajaran ini: buat kelasnya atau perbaiki namanya.`,
    en: (name) => `There is no class “${name}” in this academic year: create it or correct its name.`,
  },
  "row.enrolled": {
    code: "RESOURCE_ALREADY_EXISTS",
    id: () => "Siswa ini sudah terdaftar.",
    en: () => "This student is enrolled already.",
  },
  "row.former": {
    code: "RESOURCE_ALREADY_EXISTS",
    id: () => "Siswa ini pernah terdaftar di sini: aktifkan kembali di halaman siswa.",
    en: () => "This student was enrolled here before: take them back on their page.",
  },
  "row.not-a-student": {
    code: "DUPLICATE_ENTRY",
    id: () => "Alamat surel ini tidak dapat didaftarkan sebagai siswa: gunakan alamat lain.",
    en: () => "This e-mail address cannot be enrolled as a student: use another one.",
  },
  "row.class-full": {
    code: "LIMIT_EXCEEDED",
    id: () => "Kelas ini sudah penuh.",
    en: () => "This class is full.",
  },
  "row.quota": {
    code: "LIMIT_EXCEEDED",
    id: () => "Kuota siswa organisasi sudah habis: tambah kuota atau kurangi siswa.",
    en: () => "The organization's number of students is used up: raise it or enroll fewer.",
  },
  "kept.enrollment": {
    code: "ILLEGAL_STATE",
    id: () => "Pendaftaran siswa ini telah berubah setelah impor, jadi dibiarkan.",
    en: () => "This student's enrollment has changed since the import, so it stays.",
  },
  "kept.class-full": {
    code: "LIMIT_EXCEEDED",
    id: () => "Kelas siswa ini sebelumnya sekarang penuh, jadi dibiarkan.",
    en: () => "The class that this student came from is full now, so the change stays.",
  },
  "kept.account": {
    code: "ILLEGAL_STATE",
    id: () => "Siswa ini sudah memakai akunnya, jadi dibiarkan.",
    en: () => "This student has used the account since, so it stays.",
  },
} as const satisfies Record<string, Message>;

const FIELD_NAMES: Readonly<Record<string, Record<Language, string>>> = {
  FULL_NAME: { id: "nama lengkap", en: "full name" },
  EMAIL: { id: "alamat surel", en: "e-mail address" },
  STUDENT_IDENTIFIER: { id: "nomor induk siswa", en: "student number" },
  CLASS_NAME: { id: "kelas", en: "class" },
};
const NAMES: Record<Language, Say> = {
  id: (field) => FIELD_NAMES[field]?.id ?? field,
  en: (field) => FIELD_NAMES[field]?.en ?? field,
};

export type MessageKey = keyof typeof MESSAGES;

export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(MESSAGES, key);
}

/** The sentence of a key and the catalogue code that goes with it. */
export function messageOf(key: MessageKey, value: string, language: Language): { code: ErrorCode; message: string } {
  const message: Message = MESSAGES[key];
  return { code: message.code, message: message[language](value) };
}
