import { describe, expect, it } from "vitest";
import { createEncryption } from "./encryption.js";

describe("000-64: encrypted fields", () => {
  it("come back with the same key and context, and never look the same twice", () => {
    const { encrypt, decrypt } = createEncryption(["one"]);
    const [first, second] = [encrypt("rahasia", "totp:1"), encrypt("rahasia", "totp:1")];
    expect(decrypt(first, "totp:1")).toBe("rahasia");
    expect(first).not.toBe(second);
    expect(first).not.toContain("rahasia");
  });

  it("cannot be moved to another row", () => {
    const { encrypt, decrypt } = createEncryption(["one"]);
    expect(() => decrypt(encrypt("rahasia", "totp:1"), "totp:2")).toThrow("authenticate");
  });

  it("cannot be changed", () => {
    const { encrypt, decrypt } = createEncryption(["one"]);
    const [id, body = ""] = encrypt("rahasia", "x").split(".");
    const bytes = Buffer.from(body, "base64url");
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    expect(() => decrypt(`${id}.${bytes.toString("base64url")}`, "x")).toThrow("authenticate");
  });

  it("stay readable after a rotation, and not with a key that is gone", () => {
    const old = createEncryption(["old"]).encrypt("rahasia", "x");
    expect(createEncryption(["new", "old"]).decrypt(old, "x")).toBe("rahasia");
    expect(() => createEncryption(["new"]).decrypt(old, "x")).toThrow("not configured");
  });
});
