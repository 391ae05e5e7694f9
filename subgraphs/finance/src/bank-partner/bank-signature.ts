import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Who a request is for: what was signed for one side is worth nothing when it is sent back. */
export type BankAudience = "bank" | "lentera";

export interface SignedParts {
  readonly audience: BankAudience;
  readonly bankCode: string;
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** How far the clocks of both sides may be apart; a nonce is remembered for twice as long. */
export const SIGNATURE_WINDOW_MS = 5 * 60 * 1000;
const NONCE = /^[\w-]{16,64}$/;

/** HMAC-SHA256 over audience, bank, method, path, time, nonce and the body's SHA-256, one line each. */
function signatureOf(
  secret: string,
  { audience, bankCode, method, path, body }: SignedParts,
  time: string,
  nonce: string,
) {
  const bodyHash = createHash("sha256").update(body).digest("hex");
  const lines = [audience, bankCode, method, path, time, nonce, bodyHash];
  return createHmac("sha256", secret).update(lines.join("\n")).digest("hex");
}

/** The four headers of a signed request; never used twice. */
export function signBankRequest(secret: string, parts: SignedParts, nowMs: number): Record<string, string> {
  const [time, nonce] = [String(nowMs), randomBytes(18).toString("base64url")];
  return {
    "x-bank-code": parts.bankCode,
    "x-bank-time": time,
    "x-bank-nonce": nonce,
    "x-bank-signature": signatureOf(secret, parts, time, nonce),
  };
}

/**
 * Checks the signature and the time of a request. The caller must still refuse a nonce that it has seen.
 * @returns the nonce, or null for anything that is not authentic or too old
 */
export function verifyBankRequest(
  secret: string,
  parts: SignedParts,
  header: (name: string) => string | null,
  nowMs: number,
): string | null {
  const [time, nonce, given] = ["x-bank-time", "x-bank-nonce", "x-bank-signature"].map((name) => header(name) ?? "");
  if (time === undefined || nonce === undefined || given === undefined || !NONCE.test(nonce)) return null;
  if (!(Math.abs(nowMs - Number(time)) <= SIGNATURE_WINDOW_MS)) return null;
  const expected = Buffer.from(signatureOf(secret, parts, time, nonce), "hex");
  const signature = Buffer.from(given, "hex");
  return signature.length === expected.length && timingSafeEqual(signature, expected) ? nonce : null;
}
