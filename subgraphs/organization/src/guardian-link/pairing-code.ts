import { randomInt, scrypt } from "node:crypto";
import { promisify } from "node:util";

/** Without 0, O, 1, I and L: a child reads it out, a parent types it. */
export const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const LENGTH = 8;
const HASH_BYTES = 32;
/** The same for all codes, because a code is looked up by its hash. */
const SALT = "lentera pairing code";

const derive = promisify<string, string, number, Buffer>(scrypt);

export function newPairingCode(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}

/** What a person may have typed, as it was given out. */
export function normalizedCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[\s-]/g, "");
}

/** Slow on purpose (scrypt, about 30 ms): there are 8.5e11 codes, few enough to try them all against a fast hash. */
export async function pairingCodeHash(code: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await derive(code, SALT, HASH_BYTES));
}
