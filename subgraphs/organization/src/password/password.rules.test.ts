import { describe, expect, it } from "vitest";
import { isCommon, newPassword, resemblesEmail } from "./password.rules.js";

describe("a new password (001-02)", () => {
  it.each([
    "Rahasia123!",
    "qwerty12345",
    "1234567890",
    "9876543210",
    "abcdefghij",
    "aaaaaaaaaaaa",
    "Bismillah2026",
    "passwordpassword",
    "abababababab",
  ])("is not %s, which guessers try first", (password) => expect(isCommon(password)).toBe(true));

  it.each(["kopi susu tiga gelas", "n7!Vq2-hTz", "mangga-manis-depan-rumah"])("may be %s", (password) =>
    expect(newPassword.safeParse(password).success).toBe(true),
  );

  it("has 10 characters to 72 bytes", () => {
    expect(newPassword.safeParse("k9-sore-h").success).toBe(false);
    expect(newPassword.safeParse("k9-sore-hu").success).toBe(true);
    expect(newPassword.safeParse("å".repeat(30) + "k9-sore-hu".repeat(2)).success).toBe(false);
  });

  it("is not the e-mail address, nor its name dressed up", () => {
    for (const guess of ["dewi.lestari@example.test", "dewi.lestari", "Dewi.Lestari99!"])
      expect(resemblesEmail(guess, "Dewi.Lestari@example.test")).toBe(true);
    expect(resemblesEmail("kopi susu tiga gelas", "dewi@example.test")).toBe(false);
    expect(resemblesEmail("9182736455", "08123456789@example.test")).toBe(false);
  });
});
