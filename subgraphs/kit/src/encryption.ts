import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

/** Encrypts secrets that must be read again (TOTP seeds, provider keys). What need not be read again is hashed. */
export interface Encryption {
  /** AES-256-GCM; `context` (e.g. `signing-key:<id>`) is authenticated, so a value cannot be moved to another row. */
  encrypt(plaintext: string, context: string): string;
  /** @throws when the value was tampered with, moved, or encrypted with a key that is gone. */
  decrypt(ciphertext: string, context: string): string;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * @param keys secrets, newest first: the first encrypts, all decrypt. To rotate, put a new one in front.
 */
export function createEncryption(keys: readonly string[]): Encryption {
  const derived = keys.map((key) => createHash("sha256").update(key).digest());
  const identified = new Map(derived.map((key) => [keyId(key), key]));
  const [current] = derived;
  if (current === undefined) throw new Error("Encryption needs at least one key.");
  return {
    encrypt: (plaintext, context) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", current, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
      return `${keyId(current)}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url")}`;
    },
    decrypt: (ciphertext, context) => {
      const [id = "", encoded = ""] = ciphertext.split(".");
      const key = identified.get(id);
      if (key === undefined) throw new Error("This value was encrypted with a key that is not configured.");
      const bytes = Buffer.from(encoded, "base64url");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
    },
  };
}

function keyId(key: Buffer): string {
  return createHash("sha256").update(key).digest("hex").slice(0, 8);
}
