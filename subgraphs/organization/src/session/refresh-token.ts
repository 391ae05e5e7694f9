import { createHash, randomBytes } from "node:crypto";

/** A new refresh token (256 random bits) and the only thing of it that is stored. */
export function newRefreshToken(): { token: string; hash: Uint8Array<ArrayBuffer> } {
  const token = randomBytes(32).toString("base64url");
  return { token, hash: refreshTokenHash(token) };
}

export function refreshTokenHash(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(token).digest());
}
