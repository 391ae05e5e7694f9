/** Bytes of a file that somebody uploads (CHECKLIST 001-41). */
export const MAXIMUM_UPLOAD_BYTES = 10 * 1024 * 1024;
/** Bytes of one stored piece of a file: what is in memory while a file is written or read. */
const PIECE_BYTES = 256 * 1024;

export const LINK_LIFETIME_MS = 15 * 60 * 1000;
export const UPLOAD_LIFETIME_MS = 24 * 60 * 60 * 1000;

/** Cuts a stream into pieces of `size` bytes; the last one is shorter. */
export async function* piecesOf(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  size = PIECE_BYTES,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let piece = new Uint8Array(size);
  let filled = 0;
  for await (const chunk of bytes) {
    for (let from = 0; from < chunk.length;) {
      const part = chunk.subarray(from, from + size - filled);
      piece.set(part, filled);
      from += part.length;
      filled += part.length;
      if (filled < size) continue;
      yield piece;
      piece = new Uint8Array(size);
      filled = 0;
    }
  }
  if (filled > 0) yield piece.slice(0, filled);
}

const UNSAFE_IN_NAMES = /[/\\\p{Cc}]/gu;
const MAXIMUM_NAME_LENGTH = 200;

/** A name that every file system takes. */
export function safeFileName(name: string): string {
  return name.replaceAll(UNSAFE_IN_NAMES, " ").trim().slice(0, MAXIMUM_NAME_LENGTH) || "file";
}

/** RFC 6266: always a download, never a page of ours. */
export function contentDisposition(name: string): string {
  const ascii = name.replaceAll(/[^\x20-\x7E]|["\\%]/g, "_");
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", "%27")}`;
}
