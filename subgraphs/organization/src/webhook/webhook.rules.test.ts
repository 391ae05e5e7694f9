import { describe, expect, it } from "vitest";
import { DISABLE_AFTER_MS, isPublicAddress, mustDisable, nextAttemptAt, urlProblem } from "./webhook.rules.js";

describe("003-74: retries", () => {
  it("come 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h after a failure, then no more", () => {
    const now = new Date(0);
    const seconds = [1, 2, 3, 4, 5, 6, 7].map((attempts) => nextAttemptAt(attempts, now)!.getTime() / 1000);
    expect(seconds).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 36_000]);
    expect(nextAttemptAt(8, now)).toBeNull();
  });

  it("end with the endpoint after 120 hours of failure", () => {
    const since = new Date(0);
    expect(DISABLE_AFTER_MS).toBe(432_000_000);
    expect(mustDisable(since, new Date(DISABLE_AFTER_MS - 1))).toBe(false);
    expect(mustDisable(since, new Date(DISABLE_AFTER_MS))).toBe(true);
  });
});

describe("003-74: an address that webhooks may go to", () => {
  it.each([
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.127.255.255",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.18.0.1",
    "::",
    "::1",
    "fe80::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "2001:db8::1",
    "not an address",
  ])("is not %s", (address) => expect(isPublicAddress(address)).toBe(false));

  it.each(["8.8.8.8", "103.28.12.5", "172.32.0.1", "100.128.0.1", "2606:4700::1111"])("is %s", (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    "http://example.com/hook",
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://017700000001/",
    "https://[::1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://localhost:8443/",
    "https://a.localhost/",
    "https://user:secret@example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "example.com",
  ])("is not written %s", (url) => expect(urlProblem(url, false)).toBeDefined());

  it("is any https:// address otherwise, and in development any address at all", () => {
    expect(urlProblem("https://hooks.example.com:8443/lentera?x=1", false)).toBeUndefined();
    expect(urlProblem("http://127.0.0.1:9999/", true)).toBeUndefined();
  });
});
