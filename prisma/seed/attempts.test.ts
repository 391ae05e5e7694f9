import { describe, expect, it } from "vitest";
import { abilityOf, type Habits, probabilityOfRight, type SimulatedAttempt, simulateAttempts } from "./attempts.js";
import { buildExam } from "./exam.js";
import { buildWorld } from "./world.js";

const DAY_MS = 86_400_000;
const world = buildWorld({ now: new Date("2026-11-20T00:00:00Z") });
const exam = buildExam();
const usual: Habits = { fewest: 4, most: 9, absence: 0.03, tryouts: [0.85, 0.7] };
const attempts = [...simulateAttempts(world, exam, () => usual)];
const byStudent = Map.groupBy(attempts, ({ studentId }) => studentId);

const itemsOf = ({ paper }: SimulatedAttempt) => paper.sections.flatMap(({ items }) => items);
const rightIn = ({ answers }: SimulatedAttempt) =>
  answers.filter(({ item, response }) => response === item.correct).length;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;

function correlation(pairs: readonly (readonly [number, number])[]): number {
  const [x, y] = [mean(pairs.map(([a]) => a)), mean(pairs.map(([, b]) => b))];
  const covariance = sum(pairs.map(([a, b]) => (a - x) * (b - y)));
  return covariance / Math.sqrt(sum(pairs.map(([a]) => (a - x) ** 2)) * sum(pairs.map(([, b]) => (b - y) ** 2)));
}

describe("simulated attempts", () => {
  it("follow the three-parameter logistic model", () => {
    const parameters = { discrimination: 1, difficulty: 0, guessing: 0.2 };
    expect(probabilityOfRight(parameters, 0)).toBeCloseTo(0.6, 12);
    expect(probabilityOfRight(parameters, 1)).toBeCloseTo(0.2 + 0.8 * 0.7310585786, 9);
    expect(probabilityOfRight({ ...parameters, discrimination: 2, difficulty: 1 }, 0)).toBeCloseTo(
      0.2 + 0.8 * 0.119202922,
      9,
    );
  });

  it("are as right as the model expects of the true abilities", () => {
    const expected = attempts.map((attempt) => {
      const { start, drift, deviations } = abilityOf(world, attempt.studentId);
      const time = 1 - (world.now.getTime() - attempt.startedAt.getTime()) / (180 * DAY_MS);
      return sum(
        itemsOf(attempt).map(({ parameters, subtest }) =>
          probabilityOfRight(parameters, start + drift * time + deviations[subtest]),
        ),
      );
    });
    const ratio = sum(attempts.map(rightIn)) / sum(expected);
    expect(ratio).toBeGreaterThan(0.98);
    expect(ratio).toBeLessThan(1.01);
  });

  it("are better the abler the student is", () => {
    const pairs = [...byStudent].map(([studentId, own]) => {
      const share = sum(own.map(rightIn)) / sum(own.map((attempt) => itemsOf(attempt).length));
      return [abilityOf(world, studentId).start, share] as const;
    });
    expect(correlation(pairs)).toBeGreaterThan(0.7);
  });

  it("have answers of every key, right and wrong, and some items without one", () => {
    const answers = attempts.flatMap((attempt) => attempt.answers);
    const share = sum(attempts.map(rightIn)) / answers.length;
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.8);
    for (const key of ["A", "B", "C", "D", "E"]) {
      expect(answers.filter(({ response }) => response === key).length / answers.length).toBeGreaterThan(0.12);
    }
    const asked = sum(attempts.map((attempt) => itemsOf(attempt).length));
    expect(answers.length / asked).toBeGreaterThan(0.94);
    expect(answers.length / asked).toBeLessThan(0.99);
  });

  it("are as many as the habits say, each whole tryout at most once, and a few students have none", () => {
    for (const own of byStudent.values()) {
      expect(own.length).toBeGreaterThanOrEqual(4);
      expect(own.length).toBeLessThanOrEqual(9);
      const whole = own.filter(({ paper }) => paper.kind === "SCHEDULED").map(({ paper }) => paper.position);
      expect([[], [2], [3], [2, 3]]).toContainEqual(whole);
    }
    expect(240 - byStudent.size).toBeGreaterThan(0);
    expect(240 - byStudent.size).toBeLessThan(20);
  });

  it("lie in the last 180 days, at waking hours, in the student's order, and inside the time allowed", () => {
    for (const own of byStudent.values()) {
      expect(own.map(({ startedAt }) => startedAt)).toEqual(
        own.map(({ startedAt }) => startedAt).toSorted((a, b) => +a - +b),
      );
    }
    for (const { startedAt, submittedAt, deadline, answers, paper } of attempts) {
      expect(+startedAt).toBeGreaterThan(+world.now - 181 * DAY_MS);
      expect(+submittedAt).toBeLessThanOrEqual(Math.min(+deadline, +world.now));
      expect(+deadline - +startedAt).toBe(paper.durationMinutes * 60_000);
      const hour = (startedAt.getUTCHours() + 7) % 24;
      expect(hour).toBeGreaterThanOrEqual(8);
      expect(hour).toBeLessThanOrEqual(20);
      const offsets = answers.map(({ offsetMs }) => offsetMs);
      expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
      expect(+startedAt + (offsets.at(-1) ?? 0)).toBeLessThan(+submittedAt);
      expect(answers.every(({ elapsedMs }) => elapsedMs > 2_000)).toBe(true);
    }
  });

  it("keep the rhythm of the week: more than two sevenths on weekends", () => {
    const weekday = ({ startedAt }: SimulatedAttempt) => new Date(+startedAt + 7 * 3_600_000).getUTCDay();
    const weekends = attempts.filter((attempt) => [0, 6].includes(weekday(attempt))).length;
    expect(weekends / attempts.length).toBeGreaterThan(0.36);
  });

  it("are the same whenever they are simulated", () => {
    expect([...simulateAttempts(world, exam, () => usual)]).toEqual(attempts);
  });
});
