import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

export type FileMethod = "GET" | "PUT";

/** Makes and checks the signatures by which a bare URL may read or write one file for a while. */
export interface FileLinks {
  /** @returns the URL, relative to the API's address; its bearer needs nothing else */
  sign(method: FileMethod, fileId: string, expiresAt: Date): string;
  /** Whether we signed exactly this. Says nothing about the time. */
  isOurs(method: string, fileId: string, expires: string, signature: string): boolean;
}

const KEY_BYTES = 32;

/** @param encryptionKeys newest first: the first signs, all verify, so that links outlive a rotation */
export function createFileLinks(encryptionKeys: readonly string[]): FileLinks {
  const keys = encryptionKeys.map((key) => Buffer.from(hkdfSync("sha256", key, "", "file links", KEY_BYTES)));
  const [current] = keys;
  if (current === undefined) throw new Error("File links need at least one key.");
  const signatureOf = (key: Buffer, method: string, fileId: string, expires: string): Buffer =>
    createHmac("sha256", key)
      .update(JSON.stringify([method, fileId, expires]))
      .digest();
  return {
    sign: (method, fileId, expiresAt) => {
      const expires = String(Math.floor(expiresAt.getTime() / 1000));
      const signature = signatureOf(current, method, fileId, expires).toString("base64url");
      return `/files/${fileId}?expires=${expires}&signature=${signature}`;
    },
    isOurs: (method, fileId, expires, signature) => {
      const given = Buffer.from(signature, "base64url");
      return keys.some((key) => {
        const expected = signatureOf(key, method, fileId, expires);
        return given.length === expected.length && timingSafeEqual(given, expected);
      });
    },
  };
}
