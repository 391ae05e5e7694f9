import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fromBase64url,
  generateKeys,
  importPrivateKey,
  isSignedBy,
  readToken,
  sha256,
  signToken,
  toBase64url,
} from "./signed-token.js";

/** RFC 8037, appendix A.4. */
const RFC_KEY = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
const RFC_TOKEN =
  "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

describe("signed tokens", () => {
  it("are those of RFC 8037", async () => {
    expect(await isSignedBy(RFC_KEY, RFC_TOKEN)).toBe(true);
    expect(await isSignedBy(RFC_KEY, RFC_TOKEN.replace("RXh", "RXi"))).toBe(false);
  });

  it("say what was signed, to readers of their own type only", async () => {
    const { publicKey, privateKey } = await generateKeys();
    const token = await signToken("lentera-entry", { text: "é✓" }, await importPrivateKey(privateKey), "key");
    expect(await isSignedBy(publicKey, token)).toBe(true);
    expect(readToken("lentera-entry", token)).toEqual({ keyId: "key", payload: { text: "é✓" } });
    expect(readToken("lentera-receipt", token)).toBeUndefined();
    expect(await isSignedBy((await generateKeys()).publicKey, token)).toBe(false);
  });

  it("are broken by any change of any character", async () => {
    const { publicKey, privateKey } = await generateKeys();
    const token = await signToken("lentera-entry", { n: 1 }, await importPrivateKey(privateKey), "key");
    const signedPart = token.lastIndexOf(".");
    await fc.assert(
      fc.asyncProperty(fc.nat(signedPart - 1), fc.constantFrom("A", "b", "7", "-"), async (at, other) => {
        const changed = token.slice(0, at) + other + token.slice(at + 1);
        expect(await isSignedBy(publicKey, changed)).toBe(changed === token);
      }),
      { numRuns: 50 },
    );
  });

  it("are no tokens when they are anything else", async () => {
    for (const text of ["", "a.b", "a.b.c", "é.é.é", `${RFC_TOKEN}.x`]) {
      expect(readToken("lentera-entry", text)).toBeUndefined();
      expect(await isSignedBy(RFC_KEY, text)).toBe(false);
    }
    // Signed, and still not one of ours.
    expect(readToken("lentera-entry", RFC_TOKEN)).toBeUndefined();
  });

  it("carry every byte through base64url", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect([...fromBase64url(toBase64url(bytes))]).toEqual([...bytes]);
        expect(toBase64url(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
      }),
      { numRuns: 100 },
    );
  });

  it("hash as SHA-256 does (FIPS 180-2, appendix B.1)", async () => {
    expect(await sha256("abc")).toBe(
      Buffer.from("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "hex").toString("base64url"),
    );
  });
});
