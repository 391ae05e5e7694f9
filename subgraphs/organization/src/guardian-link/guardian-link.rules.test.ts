import { describe, expect, it } from "vitest";
import { ASK_AGAIN_AFTER_MS, type GuardianLinkMove, mayRequest, moved } from "./guardian-link.rules.js";
import { ALPHABET, newPairingCode, normalizedCode } from "./pairing-code.js";

const STATES = ["PENDING", "VERIFIED", "REJECTED", "REVOKED"] as const;
const MOVES: GuardianLinkMove[] = ["REQUEST", "PAIR", "VERIFY", "REJECT", "REVOKE"];

describe("000-44: the states of a guardian link", () => {
  it("move as drawn and not otherwise", () => {
    const legal = STATES.flatMap((state) =>
      MOVES.flatMap((move) => {
        try {
          return [`${state} ${move} ${moved(state, move)}`];
        } catch {
          return [];
        }
      }),
    );
    expect(legal).toEqual([
      "PENDING PAIR VERIFIED",
      "PENDING VERIFY VERIFIED",
      "PENDING REJECT REJECTED",
      "PENDING REVOKE REVOKED",
      "VERIFIED REVOKE REVOKED",
      "REJECTED REQUEST PENDING",
      "REJECTED PAIR VERIFIED",
      "REVOKED REQUEST PENDING",
      "REVOKED PAIR VERIFIED",
    ]);
  });

  it("let a guardian who was sent away ask again after 30 days only", () => {
    const endedAt = new Date("2026-11-01T00:00:00Z");
    const after = (milliseconds: number) => new Date(endedAt.getTime() + milliseconds);
    expect(mayRequest({ status: "REJECTED", endedAt }, after(ASK_AGAIN_AFTER_MS - 1))).toBe(false);
    expect(mayRequest({ status: "REVOKED", endedAt }, after(ASK_AGAIN_AFTER_MS))).toBe(true);
    expect(mayRequest({ status: "VERIFIED", endedAt: null }, endedAt)).toBe(false);
    expect(mayRequest({ status: "PENDING", endedAt: null }, endedAt)).toBe(false);
    expect(mayRequest(null, endedAt)).toBe(true);
  });
});

describe("000-44: a pairing code", () => {
  it("has 8 characters, none of which look alike", () => {
    expect(ALPHABET).not.toMatch(/[01OIL]/);
    const codes = Array.from({ length: 500 }, newPairingCode);
    for (const code of codes) expect(code).toMatch(new RegExp(`^[${ALPHABET}]{8}$`));
    expect(new Set(codes).size).toBe(500);
    expect(new Set(codes.join("")).size).toBe(ALPHABET.length);
  });

  it("may be typed in small letters and with spaces", () => {
    expect(normalizedCode(" abcd-2 345")).toBe("ABCD2345");
  });
});
