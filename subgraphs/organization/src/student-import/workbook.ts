import { inflateRawSync } from "node:zlib";
import { readSheet } from "read-excel-file/node";
import { type Sheet, UnreadableFile } from "./sheet.rules.js";

const MAXIMUM_UNPACKED_BYTES = 100 * 1024 * 1024;
/** Enough for any workbook; a zip of very many empty files costs without being large. */
const MAXIMUM_ENTRIES = 1000;

const END_OF_DIRECTORY = 0x06054b50;
const END_OF_DIRECTORY_BYTES = 22;
const MAXIMUM_COMMENT_BYTES = 65_535;
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_ENTRY_BYTES = 46;
const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;
const DEFLATED = 8;

interface Entry {
  readonly method: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly offset: number;
}

/** Zip archives, and so workbooks, begin like this. */
export function isArchive(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
}

/**
 * The first sheet of an XLSX workbook.
 * @throws UnreadableFile for what is no workbook, and for one that unpacks to more than 100 MB, without unpacking it
 */
export async function readWorkbook(bytes: Buffer): Promise<Sheet> {
  refuseBombs(bytes);
  const rows = await readSheet(bytes).catch(() => {
    throw new UnreadableFile("file.archive");
  });
  return rows.map((row) => row.map(textOf));
}

function textOf(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return typeof cell === "string" || typeof cell === "number" || typeof cell === "boolean" ? String(cell) : "";
}

/** The sizes that the archive's directory states must be allowed, and must be true. */
function refuseBombs(bytes: Buffer): void {
  const entries = directoryOf(bytes);
  const unpackedBytes = entries.reduce((sum, entry) => sum + entry.unpackedBytes, 0);
  if (entries.length > MAXIMUM_ENTRIES || unpackedBytes > MAXIMUM_UNPACKED_BYTES)
    throw new UnreadableFile("file.archive-too-large");
  for (const entry of entries) if (!isHonest(bytes, entry)) throw new UnreadableFile("file.archive");
}

/** PKWARE APPNOTE 4.3: the directory stands at the end, behind its entries. */
function directoryOf(bytes: Buffer): Entry[] {
  const end = endOf(bytes);
  const count = bytes.readUInt16LE(end + 10);
  const entries: Entry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (at + DIRECTORY_ENTRY_BYTES > end || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY)
      throw new UnreadableFile("file.archive");
    entries.push({
      method: bytes.readUInt16LE(at + 10),
      packedBytes: bytes.readUInt32LE(at + 20),
      unpackedBytes: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    });
    at +=
      DIRECTORY_ENTRY_BYTES + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function endOf(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - END_OF_DIRECTORY_BYTES - MAXIMUM_COMMENT_BYTES);
  for (let at = bytes.length - END_OF_DIRECTORY_BYTES; at >= first; at--)
    if (bytes.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  throw new UnreadableFile("file.archive");
}

function isHonest(bytes: Buffer, { method, packedBytes, unpackedBytes, offset }: Entry): boolean {
  if (offset + LOCAL_HEADER_BYTES > bytes.length || bytes.readUInt32LE(offset) !== LOCAL_HEADER) return false;
  const start = offset + LOCAL_HEADER_BYTES + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (start + packedBytes > bytes.length) return false;
  if (method !== DEFLATED) return method === 0 && packedBytes === unpackedBytes;
  try {
    const packed = bytes.subarray(start, start + packedBytes);
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, unpackedBytes) }).length === unpackedBytes;
  } catch {
    return false;
  }
}
