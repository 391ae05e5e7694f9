import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { wordsFor } from "./notification.rules.js";

describe("wordsFor", () => {
  const scored = (points: number) => ({
    type: "ATTEMPT_SCORED" as const,
    data: { attemptId: randomUUID(), tryoutTitle: "Tryout UTBK 1", scaled: 1612.4, points },
  });

  it("000-14: tells score and points in the language of the reader", () => {
    expect(wordsFor(scored(1200), "id")).toEqual({
      title: "Skor tryout Anda sudah keluar",
      message: "Anda mendapat skor 1.612 di Tryout UTBK 1. Anda memperoleh 1.200 poin.",
    });
    expect(wordsFor(scored(1200), "en")).toEqual({
      title: "Your tryout has its score",
      message: "You scored 1,612 in Tryout UTBK 1. You earned 1,200 points.",
    });
  });

  it("does not speak of points when there were none", () => {
    expect(wordsFor(scored(0), "id").message).toBe("Anda mendapat skor 1.612 di Tryout UTBK 1.");
    expect(wordsFor(scored(0), "en").message).toBe("You scored 1,612 in Tryout UTBK 1.");
  });
});
