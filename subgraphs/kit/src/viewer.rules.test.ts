import { SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { accessTokenToViewer, anonymous, signRequest, system, verifyRequest } from "./viewer.js";

const secret = "a secret of at least thirty-two characters";
const identity = { viewer: anonymous, requestId: "r1", language: "en" as const };

describe("the signed viewer between gateway and subgraph", () => {
  it("arrives as it was sent", async () => {
    expect(
      await verifyRequest(secret, await signRequest(secret, { ...identity, viewer: system, ip: "10.0.0.1" })),
    ).toEqual({
      ...identity,
      viewer: system,
      ip: "10.0.0.1",
    });
  });

  it("is refused when it is missing, signed with another secret, or stale", async () => {
    const stale = await new SignJWT({ identity })
      .setProtectedHeader({ alg: "HS256" })
      .setAudience("subgraph")
      .setExpirationTime(1)
      .sign(new TextEncoder().encode(secret));
    for (const token of [undefined, "nonsense", await signRequest(`another ${secret}`, identity), stale])
      await expect(verifyRequest(secret, token)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });
});

describe("an access token", () => {
  it("without our claims is no viewer", () => {
    expect(() => accessTokenToViewer({ sub: "me" })).toThrow(expect.objectContaining({ code: "INVALID_TOKEN" }));
  });
});
