import { createHash, randomInt } from "node:crypto";
import { Secret, TOTP } from "otpauth";

const PERIOD_SECONDS = 30;
const SEED_BYTES = 20;
const RECOVERY_CODES = 10;

export function newSeed(): string {
  return new Secret({ size: SEED_BYTES }).base32;
}

/** A time-based one-time password as authenticator applications know it: SHA-1, six digits, 30 seconds (RFC 6238). */
export function totpOf(seed: string, account: string): TOTP {
  return new TOTP({
    issuer: "Lentera",
    label: account,
    algorithm: "SHA1",
    digits: 6,
    period: PERIOD_SECONDS,
    secret: Secret.fromBase32(seed),
  });
}

/**
 * The number of the 30-second step to which a code belongs, one step before or after now included, as clocks differ.
 * @param lastStep the newest step whose code was accepted; it and those before it are not accepted again
 * @returns null when the code is not to be accepted
 */
export function acceptedStep(seed: string, code: string, now: Date, lastStep: number | null): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totpOf(seed, "").validate({ token: code, timestamp: now.getTime(), window: 1 });
  if (delta === null) return null;
  const step = Math.floor(now.getTime() / 1000 / PERIOD_SECONDS) + delta;
  return lastStep !== null && step <= lastStep ? null : step;
}

/** Without 0, 1, i, l, o and u: nothing to mistake when it is read from paper. 10 of 30 characters are 49 bits. */
const ALPHABET = "23456789abcdefghjkmnpqrstvwxyz";

/** Ten codes such as `k7mq2-xw9rd`. */
export function newRecoveryCodes(): string[] {
  const characters = (count: number): string =>
    Array.from({ length: count }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join("");
  return Array.from({ length: RECOVERY_CODES }, () => `${characters(5)}-${characters(5)}`);
}

/** Only this is stored of a recovery code, however it was typed. */
export function recoveryCodeHash(code: string): Uint8Array<ArrayBuffer> {
  const typed = code.toLowerCase().replaceAll(/[^a-z\d]/g, "");
  return new Uint8Array(createHash("sha256").update(typed).digest());
}
