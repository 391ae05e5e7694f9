import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { type RefusalReason, type WebhookDelivery, LONGEST_WEBHOOK_BYTES } from "./provider.js";

/** Compares in a time that tells nothing about the content. Nothing equals an empty string, not even another one. */
export function equalSecrets(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length > 0 && left.length === right.length && timingSafeEqual(left, right);
}

export function sha512Hex(text: string): string {
  return createHash("sha512").update(text).digest("hex");
}

/** HMAC-SHA256 of the parts, one after the other. */
export function hmacSha256(secret: string, encoding: "hex" | "base64", ...parts: (string | Uint8Array)[]): string {
  const hmac = createHmac("sha256", secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest(encoding);
}

/** A header's value whatever the case of its name; undefined when it is absent or empty. */
export function headerOf(headers: WebhookDelivery["headers"], name: string): string | undefined {
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return found === "" ? undefined : found;
}

/** Why a delivery needs no further look: no secret to check it with, or a body that is too long. */
export function refusedAtTheDoor(secret: string, { rawBody }: WebhookDelivery): RefusalReason | undefined {
  if (secret === "") return "SECRET_UNSET";
  return rawBody.byteLength > LONGEST_WEBHOOK_BYTES ? "BODY_TOO_LARGE" : undefined;
}
