import { type MarkedAnswer, againstExpectation } from "./mastery.rules.js";
import { Z95, medianOf, sum } from "./trend.rules.js";

export enum Pace {
  FASTER = "FASTER",
  LIKE_GROUP = "LIKE_GROUP",
  SLOWER = "SLOWER",
}

export interface SubtestTiming {
  readonly subtest: string;
  readonly answered: number;
  readonly medianSeconds: number;
  readonly groupMedianSeconds: number | null;
  readonly pace: Pace | null;
  readonly rightSeconds: number | null;
  readonly wrongSeconds: number | null;
}

const FASTER = 0.8;
const SLOWER = 1.25;

/** The time for an item, against those who sat the same and against whether the answer was right. */
export function timingsOf(answers: readonly MarkedAnswer[]): SubtestTiming[] {
  return [...Map.groupBy(answers, ({ subtest }) => subtest)].map(([subtest, group]) => {
    const ratio = medianOf(
      group.flatMap(({ elapsedMs, groupMs }) => (groupMs === null ? [] : elapsedMs / Math.max(1, groupMs))),
    );
    return {
      subtest,
      answered: group.length,
      medianSeconds: secondsOf(group) ?? 0,
      groupMedianSeconds: seconds(group.flatMap(({ groupMs }) => groupMs ?? [])),
      pace: ratio === null ? null : paceOf(ratio),
      rightSeconds: secondsOf(group.filter(({ isRight }) => isRight)),
      wrongSeconds: secondsOf(group.filter(({ isRight }) => !isRight)),
    };
  });
}

function paceOf(ratio: number): Pace {
  if (ratio < FASTER) return Pace.FASTER;
  return ratio > SLOWER ? Pace.SLOWER : Pace.LIKE_GROUP;
}

function secondsOf(answers: readonly MarkedAnswer[]): number | null {
  return seconds(answers.map(({ elapsedMs }) => elapsedMs));
}

function seconds(valuesMs: readonly number[]): number | null {
  const median = medianOf(valuesMs);
  return median === null ? null : median / 1000;
}

/** A time in which somebody worked. */
export interface StudyTime {
  readonly from: Date;
  readonly to: Date;
}

export interface Habits {
  readonly minutes: number;
  readonly activeDays: number;
  readonly sessionCount: number;
  /** By the hour of the day at which they began, 24 numbers. */
  readonly minutesByHour: readonly number[];
}

/** @param zone IANA; days and hours are those of the learner's own clock (C-21) */
export function habitsOf(times: readonly StudyTime[], zone: string): Habits {
  const clock = localClock(zone);
  const minutesByHour = Array.from({ length: 24 }, () => 0);
  for (const time of times) {
    const { hour } = clock(time.from);
    minutesByHour[hour] = (minutesByHour[hour] ?? 0) + minutesOf(time);
  }
  return {
    minutes: sum(times, minutesOf),
    activeDays: new Set(times.map(({ from }) => clock(from).day)).size,
    sessionCount: times.length,
    minutesByHour,
  };
}

function minutesOf({ from, to }: StudyTime): number {
  return Math.max(0, to.getTime() - from.getTime()) / 60_000;
}

export interface BestHour {
  readonly hour: number;
  readonly answered: number;
  /** Right answers above what the student's ability lets expect of the same items, as a share of them. */
  readonly advantage: number;
  /** Of `advantage`. */
  readonly standardError: number;
  readonly isDistinguishable: boolean;
}

/** With fewer answers an hour is no habit. */
const FEWEST_ANSWERS = 20;

/**
 * The hour of the learner's day in which they did best: by the lower end of the interval, so that few lucky answers do not
 * win, and against what the model expects, so that an hour of easy items does not.
 * @returns null until an hour has 20 answers
 */
export function bestHourOf(answers: readonly MarkedAnswer[], zone: string): BestHour | null {
  const clock = localClock(zone);
  const hours = [...Map.groupBy(answers, ({ answeredAt }) => clock(answeredAt).hour)]
    .filter(([, group]) => group.length >= FEWEST_ANSWERS)
    .map(([hour, group]) => {
      const { correct, expected, variance } = againstExpectation(group);
      const advantage = (correct - expected) / group.length;
      const standardError = Math.sqrt(variance) / group.length;
      const low = advantage - Z95 * standardError;
      return { hour, answered: group.length, advantage, standardError, isDistinguishable: low > 0, low };
    })
    .toSorted((one, other) => other.low - one.low);
  const [best] = hours;
  if (best === undefined) return null;
  const { low: _low, ...hour } = best;
  return hour;
}

function localClock(zone: string): (at: Date) => { day: string; hour: number } {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    hourCycle: "h23",
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const day = `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
    return { day, hour: Number(parts.get("hour")) };
  };
}
