import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readAllInOne, readDistributed, readGateway } from "./env.js";

const SECRET = "0123456789abcdef0123456789abcdef";

describe("the environment", () => {
  it("needs nothing for everything in one process", () => {
    expect(readAllInOne({ PORT: "", HOME: "/root" })).toEqual({
      PORT: 4000,
      HOST: "localhost",
      TRUSTED_PROXIES: 0,
      LENTERA_DATA_DIR: resolve(".lentera"),
      LENTERA_DEMO: "on",
      LOG_LEVEL: "warn",
      DOCUMENTS: "any",
      INTROSPECTION: "on",
      PAYMENT_SIMULATORS: "on",
    });
  });

  it.each([
    [
      "PORT",
      "abc",
      "The environment variable PORT has to be a whole number from 1 to 65535, but it is something else.",
    ],
    [
      "PORT",
      "70000",
      "The environment variable PORT has to be a whole number from 1 to 65535, but it is something else.",
    ],
    [
      "LOG_LEVEL",
      "loud",
      "The environment variable LOG_LEVEL has to be one of trace, debug, info, warn, error, fatal, silent, but it is something else.",
    ],
    ["LENTERA_DEMO", "yes", "The environment variable LENTERA_DEMO has to be on or off, but it is something else."],
    [
      "REDIS_URL",
      "localhost",
      "The environment variable REDIS_URL has to be a URL such as redis://localhost:6379, but it is something else.",
    ],
    [
      "VIEWER_SECRET",
      "short",
      "The environment variable VIEWER_SECRET has to be a secret of at least 32 characters, but it is something else.",
    ],
    [
      "ENCRYPTION_KEYS",
      `${SECRET},short`,
      "The environment variable ENCRYPTION_KEYS has to be secrets of at least 32 characters, newest first, separated by commas, but it is something else.",
    ],
    [
      "DATABASE_ADMIN_URL",
      "mysql://localhost",
      "The environment variable DATABASE_ADMIN_URL has to be a URL such as postgresql://owner:password@host:5432/postgres, but it is something else.",
    ],
  ])("says in a sentence what is wrong with %s=%s", (name, value, sentence) => {
    expect(() => readAllInOne({ [name]: value })).toThrow(new Error(sentence));
  });

  it("needs a Redis for processes of their own, and a secret for the gateway alone", () => {
    expect(() => readDistributed({})).toThrow(
      "The environment variable REDIS_URL has to be a URL such as redis://localhost:6379, as the processes hear of each other through Redis, but it is not set.",
    );
    expect(() => readGateway({})).toThrow(
      "The environment variable VIEWER_SECRET has to be the secret of at least 32 characters that the subgraphs have too, but it is not set.",
    );
    expect(readGateway({ VIEWER_SECRET: SECRET, LEARNING_URL: "http://learning:4002" })).toMatchObject({
      ORGANIZATION_URL: "http://127.0.0.1:4001",
      LEARNING_URL: "http://learning:4002",
    });
  });

  it("reads several encryption keys", () => {
    expect(readAllInOne({ ENCRYPTION_KEYS: `${SECRET},${SECRET}2` }).ENCRYPTION_KEYS).toEqual([SECRET, `${SECRET}2`]);
  });
});
