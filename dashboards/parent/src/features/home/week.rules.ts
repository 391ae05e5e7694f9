/** One attempt as the week's sentences need it; scores in points. */
export interface WeekAttempt {
  /** Absent while the attempt runs. */
  readonly submittedAt: Date | undefined;
  readonly score: { readonly scaled: number; readonly standardError: number } | undefined;
  readonly subtests: readonly SubtestResult[];
}

export interface SubtestResult {
  readonly name: string;
  readonly scaled: number;
}

/** How the latest score compares with the one before; points may be negative. */
export type ScoreChange =
  | { readonly kind: "none" }
  | { readonly kind: "first"; readonly score: number }
  | { readonly kind: "up" | "down" | "steady"; readonly points: number };

export interface WeekFacts {
  readonly finished: number;
  readonly finishedLastWeek: number;
  readonly change: ScoreChange;
  /** Absent without two subtests to compare. */
  readonly subtests: { readonly strongest: string; readonly weakest: string } | undefined;
}

/** Differences beyond this many standard errors are more than chance: 95 of 100 chance differences are smaller. */
const CHANCE = 1.96;

/** Midnight of the Monday `weeks` before this week's, in the reader's time zone. */
function monday(now: Date, weeks: number): Date {
  const daysSinceMonday = (now.getDay() + 6) % 7;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysSinceMonday - 7 * weeks);
}

function compare(attempts: readonly WeekAttempt[]): ScoreChange {
  const [latest, before] = attempts.flatMap(({ score }) => score ?? []);
  if (!latest) return { kind: "none" };
  if (!before) return { kind: "first", score: latest.scaled };
  const points = Math.round(latest.scaled) - Math.round(before.scaled);
  const errorOfDifference = Math.hypot(latest.standardError, before.standardError);
  if (Math.abs(points) <= CHANCE * errorOfDifference) return { kind: "steady", points };
  return { kind: points > 0 ? "up" : "down", points };
}

/** The highest and lowest scoring subtest; the first of equals. */
export function extremes<Result extends { readonly scaled: number }>(
  results: readonly Result[],
): { strongest: Result; weakest: Result } | undefined {
  const [first] = results;
  if (!first || results.length < 2) return undefined;
  return {
    strongest: results.reduce((best, result) => (result.scaled > best.scaled ? result : best), first),
    weakest: results.reduce((worst, result) => (result.scaled < worst.scaled ? result : worst), first),
  };
}

/**
 * What happened since Monday, in the reader's time zone.
 * @param attempts newest first
 */
export function weekFacts(attempts: readonly WeekAttempt[], now: Date): WeekFacts {
  const thisWeek = monday(now, 0);
  const finishedBetween = (from: Date, to: Date) =>
    attempts.filter(({ submittedAt }) => submittedAt && submittedAt >= from && submittedAt < to).length;
  const subtests = extremes(attempts.find(({ score }) => score)?.subtests ?? []);
  return {
    finished: finishedBetween(thisWeek, new Date(now.getTime() + 1)),
    finishedLastWeek: finishedBetween(monday(now, 1), thisWeek),
    change: compare(attempts),
    subtests: subtests && { strongest: subtests.strongest.name, weakest: subtests.weakest.name },
  };
}
