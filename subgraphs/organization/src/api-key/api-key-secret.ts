import { createHash, randomInt } from "node:crypto";
import { crc32 } from "node:zlib";
import type { ApiKeyMode } from "@lentera/prisma/organization";

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** 131 bits: beyond guessing, so that a fast hash is enough. */
const SECRET_LENGTH = 22;
const CHECKSUM_LENGTH = 6;
const SHOWN_LENGTH = 4;

/** `lnt_live_` or `lnt_test_`, 22 characters of secret, `_`, and their CRC-32, by which scanners tell a key from noise. */
export function newApiKey(mode: ApiKeyMode): string {
  const body = Array.from({ length: SECRET_LENGTH }, () => BASE62[randomInt(BASE62.length)]).join("");
  const start = `lnt_${mode.toLowerCase()}_${body}`;
  return `${start}_${checksumOf(start)}`;
}

/** Whether a text can be a key at all. */
export function isWellFormed(secret: string): boolean {
  const [, start, checksum] = /^(lnt_(?:live|test)_[0-9A-Za-z]{22})_([0-9A-Za-z]{6})$/.exec(secret) ?? [];
  return start !== undefined && checksumOf(start) === checksum;
}

/** The part by which people recognise a key. */
export function prefixOf(secret: string): string {
  return secret.slice(0, "lnt_live_".length + SHOWN_LENGTH);
}

export function secretHash(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(secret).digest());
}

function checksumOf(text: string): string {
  let rest = crc32(text);
  let digits = "";
  for (let place = 0; place < CHECKSUM_LENGTH; place += 1) {
    digits = `${BASE62[rest % BASE62.length] ?? ""}${digits}`;
    rest = Math.floor(rest / BASE62.length);
  }
  return digits;
}
