import { describe, expect, it } from "vitest";
import { z } from "zod";
import { CATALOGUE, LenteraError, messageFor, validate } from "./errors.js";

describe("003-26: the error catalogue", () => {
  it("has one number per code and both languages", () => {
    const entries = Object.values(CATALOGUE);
    expect(new Set(entries.map(({ number }) => number)).size).toBe(entries.length);
    for (const entry of entries) expect([entry.id, entry.en].every((message) => message.endsWith("."))).toBe(true);
    expect(messageFor("NOT_FOUND", "id")).not.toBe(messageFor("NOT_FOUND", "en"));
  });

  it("C-19: carries the code and the number", () => {
    expect(new LenteraError("INSUFFICIENT_BALANCE").extensions).toMatchObject({
      code: "INSUFFICIENT_BALANCE",
      number: 4001,
    });
  });

  it("names every wrong field at once, with its path", () => {
    const schema = z.object({ answers: z.array(z.object({ itemId: z.uuid(), elapsedMs: z.int().min(0) })) });
    const input = { answers: [{ itemId: "x", elapsedMs: -1 }] };
    expect(() => validate(schema, input)).toThrow(
      expect.objectContaining({
        code: "VALIDATION_ERROR",
        details: [
          expect.objectContaining({ path: "input.answers.0.itemId", code: "INVALID_FORMAT" }),
          expect.objectContaining({ path: "input.answers.0.elapsedMs", code: "INVALID_FORMAT" }),
        ],
      }),
    );
  });
});
