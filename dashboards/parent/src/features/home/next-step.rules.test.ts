import { describe, expect, it } from "vitest";
import { nextStep, type StepAttempt } from "./next-step.rules.js";

const now = new Date("2026-05-13T03:00:00Z");
const finished: StepAttempt = {
  running: false,
  tryout: "Tryout 1",
  deadline: new Date("2026-05-10T05:00:00Z"),
  submittedAt: new Date("2026-05-10T04:00:00Z"),
  subtests: [
    { name: "Penalaran Umum", scaled: 610, correct: 20, total: 30 },
    { name: "Literasi", scaled: 480, correct: 9, total: 30 },
  ],
};
const running: StepAttempt = {
  ...finished,
  running: true,
  tryout: "Tryout 2",
  deadline: new Date("2026-05-13T04:00:00Z"),
  submittedAt: undefined,
};

describe("nextStep", () => {
  it("comes first to a tryout that still runs", () => {
    expect(nextStep([finished, running], now)).toEqual({
      kind: "finish",
      tryout: "Tryout 2",
      deadline: running.deadline,
    });
  });

  it("forgets a tryout whose deadline has passed", () => {
    expect(nextStep([running], running.deadline)).toEqual({ kind: "start" });
  });

  it("practises the weakest subtest of the latest finished tryout", () => {
    expect(nextStep([finished], now)).toEqual({ kind: "practice", subtest: "Literasi", correct: 9, total: 30 });
  });

  it("asks for one more while there are no subtests to compare", () => {
    expect(nextStep([{ ...finished, subtests: [] }], now)).toEqual({ kind: "again" });
  });
});
