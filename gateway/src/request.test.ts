import { describe, expect, it } from "vitest";
import { clientAddress, languageFrom, requestIdFrom } from "./request.js";

describe("what a request says about itself", () => {
  it.each([
    [undefined, "id"],
    ["", "id"],
    ["en", "en"],
    ["en-IN,en;q=0.9,id;q=0.8", "en"],
    ["fr-FR, id;q=0.4, en;q=0.3", "id"],
    ["en;q=0, id;q=0.1", "id"],
    ["hi-IN", "id"],
    ["*", "id"],
    [";;;,q=;", "id"],
  ])("reads the language of %j as %s", (header, language) => {
    expect(languageFrom(header)).toBe(language);
  });

  it.each(["school-42", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "a".repeat(128)])(
    "keeps the request id %s",
    (id) => {
      expect(requestIdFrom(id)).toBe(id);
    },
  );

  it.each([undefined, "", "a b", "a\nb", '"}', "a".repeat(129), ["a", "b"]])("replaces the request id %j", (id) => {
    expect(requestIdFrom(id)).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    [0, undefined, "10.0.0.1"],
    [0, "203.0.113.9", "10.0.0.1"],
    [1, "203.0.113.9", "203.0.113.9"],
    [1, "198.51.100.7, 203.0.113.9", "203.0.113.9"],
    [2, "198.51.100.7, 203.0.113.9", "198.51.100.7"],
    [2, undefined, "10.0.0.1"],
  ])("behind %i proxies and forwarded for %j, the client is %s", (trustedProxies, forwarded, address) => {
    const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
    expect(clientAddress({ headers, remoteAddress: "10.0.0.1" }, trustedProxies)).toBe(address);
  });
});
