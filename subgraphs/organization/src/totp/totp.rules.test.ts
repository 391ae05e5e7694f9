import { Secret } from "otpauth";
import { describe, expect, it } from "vitest";
import { acceptedStep, newRecoveryCodes, recoveryCodeHash, totpOf } from "./totp.rules.js";

/** The seed and the codes of RFC 6238, appendix B, cut to six digits. */
const SEED = new Secret({ buffer: new TextEncoder().encode("12345678901234567890").buffer }).base32;

describe("a time-based code (000-62)", () => {
  it.each([
    [59, "287082", 1],
    [1_111_111_109, "081804", 37_037_036],
    [1_234_567_890, "005924", 41_152_263],
    [2_000_000_000, "279037", 66_666_666],
  ])("at second %d is %s", (seconds, code, step) =>
    expect(acceptedStep(SEED, code, new Date(seconds * 1000), null)).toBe(step),
  );

  it("is accepted one step early or late, not two", () => {
    const code = "287082"; // step 1
    const stepAt = (seconds: number) => acceptedStep(SEED, code, new Date(seconds * 1000), null);
    expect([stepAt(29), stepAt(89)]).toEqual([1, 1]);
    expect(stepAt(90)).toBeNull();
  });

  it("is never accepted twice, nor one before it", () => {
    expect(acceptedStep(SEED, "287082", new Date(59_000), 0)).toBe(1);
    expect(acceptedStep(SEED, "287082", new Date(59_000), 1)).toBeNull();
    expect(acceptedStep(SEED, "287082", new Date(59_000), 2)).toBeNull();
  });

  it.each(["", "28708", "2870822", "28708a", "２８７０８２"])("is not %j", (code) =>
    expect(acceptedStep(SEED, code, new Date(59_000), null)).toBeNull(),
  );

  it("comes from an application that read our URL", () => {
    const url = totpOf(SEED, "dewi@example.test").toString();
    expect(url).toBe(
      `otpauth://totp/Lentera:dewi%40example.test?issuer=Lentera&secret=${SEED}&algorithm=SHA1&digits=6&period=30`,
    );
  });
});

describe("recovery codes", () => {
  it("are ten different ones, the same however they are typed", () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) {
      expect(code).toMatch(/^[2-9a-z]{5}-[2-9a-z]{5}$/);
      expect(recoveryCodeHash(` ${code.toUpperCase().replace("-", " ")}`)).toEqual(recoveryCodeHash(code));
    }
  });
});
