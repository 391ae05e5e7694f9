import type { OptionKey, SubtestCode } from "./bank/item.js";
import type { Random } from "./bank/random.js";
import type { Exam, ExamItem, Paper } from "./exam.js";
import type { Enrollment, Population } from "./census.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Jakarta is seven hours ahead of UTC, all year. */
const JAKARTA_MS = 7 * HOUR_MS;
/** How far back attempts go. */
export const HISTORY_DAYS = 180;

/** What a student really can do; nobody but the simulation knows it. */
export interface Ability {
  /** 180 days ago, standard normal in the population. */
  readonly start: number;
  /** Gained in 180 days. */
  readonly drift: number;
  /** What each subtest deviates from the whole. */
  readonly deviations: Readonly<Record<SubtestCode, number>>;
}

/** How often a student studies. */
export interface Habits {
  readonly fewest: number;
  readonly most: number;
  /** Probability of having no attempt at all. */
  readonly absence: number;
  /** Probability of sitting each whole tryout of the examination. */
  readonly tryouts: readonly number[];
}

export interface SimulatedAnswer {
  readonly item: ExamItem;
  readonly response: OptionKey;
  /** Time spent on the item. */
  readonly elapsedMs: number;
  /** From the start of the attempt until the answer. */
  readonly offsetMs: number;
}

export interface SimulatedAttempt {
  readonly id: string;
  readonly paper: Paper;
  readonly studentId: string;
  readonly organizationId: string;
  readonly startedAt: Date;
  readonly deadline: Date;
  readonly submittedAt: Date;
  readonly answers: readonly SimulatedAnswer[];
}

/** The true ability of a student; the same on every call. */
export function abilityOf(population: Population, studentId: string): Ability {
  const random = population.random(`ability/${studentId}`);
  const deviation = (): number => random.normal(0, 0.4);
  return {
    start: random.normal(),
    drift: random.normal(0.35, 0.2),
    deviations: {
      PU: deviation(),
      PPU: deviation(),
      PBM: deviation(),
      PK: deviation(),
      LBI: deviation(),
      LBE: deviation(),
      PM: deviation(),
    },
  };
}

/**
 * Attempts of the last 180 days, student by student and each student's in order of time.
 */
export function* simulateAttempts(
  population: Population,
  exam: Exam,
  habitsOf: (studentId: string) => Habits,
): Generator<SimulatedAttempt> {
  let index = 0;
  for (const enrollment of population.enrollments) {
    const random = population.random(`attempts/${enrollment.studentId}`);
    const ability = abilityOf(population, enrollment.studentId);
    const pace = 0.75 * Math.exp(random.normal(0, 0.15));
    for (const { paper, daysAgo } of plan(exam, habitsOf(enrollment.studentId), population.now, random)) {
      const id = population.id("attempt", index);
      index += 1;
      yield sit({
        id,
        paper,
        daysAgo,
        ability,
        pace,
        enrollment,
        now: population.now,
        random: random.fork(String(daysAgo)),
      });
    }
  }
}

interface Sitting {
  readonly paper: Paper;
  readonly daysAgo: number;
}

/**
 * On which days a student sits what: at most one paper a day, twice as often on a day of the weekend, each whole tryout at
 * most once and the first before the second.
 */
function plan({ practice, tryouts }: Exam, habits: Habits, now: Date, random: Random): Sitting[] {
  const count = random.chance(habits.absence) ? 0 : random.integer(habits.fewest, habits.most);
  const days = new Set<number>();
  while (days.size < count) {
    const daysAgo = random.integer(1, HISTORY_DAYS);
    if (isWeekend(localMidnight(daysAgo, now)) || random.chance(0.5)) days.add(daysAgo);
  }
  const sat = tryouts.filter((_, index) => random.chance(habits.tryouts[index] ?? 0));
  const places = random
    .shuffle([...days].map((_, place) => place))
    .slice(0, sat.length)
    .toSorted((a, b) => a - b);
  return [...days]
    .toSorted((a, b) => b - a)
    .map((daysAgo, place) => ({ daysAgo, paper: sat[places.indexOf(place)] ?? practice }));
}

interface Circumstances extends Sitting {
  readonly id: string;
  readonly ability: Ability;
  /** Share of the given time that the student takes. */
  readonly pace: number;
  readonly enrollment: Enrollment;
  readonly now: Date;
  readonly random: Random;
}

function sit({ id, paper, daysAgo, ability, pace, enrollment, now, random }: Circumstances): SimulatedAttempt {
  const startedAt = startOf(daysAgo, now, random);
  const durationMs = paper.durationMinutes * MINUTE_MS;
  const answers = answerPaper(paper, ability, 1 - daysAgo / HISTORY_DAYS, pace, random);
  const workedMs = Math.min(durationMs, (answers.at(-1)?.offsetMs ?? 0) + random.integer(10_000, 60_000));
  return {
    id,
    paper,
    studentId: enrollment.studentId,
    organizationId: enrollment.organizationId,
    startedAt,
    deadline: new Date(startedAt.getTime() + durationMs),
    submittedAt: new Date(startedAt.getTime() + workedMs),
    answers,
  };
}

/** From eight in the morning on weekends, after school on other days. */
function startOf(daysAgo: number, now: Date, random: Random): Date {
  const midnight = localMidnight(daysAgo, now);
  const hour = isWeekend(midnight) ? 8 + 12 * random.next() : 15.5 + 4.5 * random.next();
  return new Date(midnight.getTime() + Math.round(hour * HOUR_MS));
}

/** The beginning of a day in Jakarta. */
function localMidnight(daysAgo: number, now: Date): Date {
  const today = Math.floor((now.getTime() + JAKARTA_MS) / DAY_MS) * DAY_MS;
  return new Date(today - daysAgo * DAY_MS - JAKARTA_MS);
}

function isWeekend(midnight: Date): boolean {
  return [0, 6].includes(new Date(midnight.getTime() + JAKARTA_MS).getUTCDay());
}

function answerPaper(paper: Paper, ability: Ability, time: number, pace: number, random: Random): SimulatedAnswer[] {
  const drafts = paper.sections.flatMap((section) => {
    const level = ability.start + ability.drift * time + ability.deviations[section.code];
    const meanMs = (section.durationMinutes * MINUTE_MS * pace) / section.items.length;
    const reached =
      section.items.length - (random.chance(0.06) ? random.integer(1, Math.min(3, section.items.length - 1)) : 0);
    return section.items.slice(0, reached).map((item) => ({
      item,
      response: respond(item, level, random),
      elapsedMs: Math.round(meanMs * Math.exp(random.normal(-0.08, 0.4))),
    }));
  });
  const totalMs = drafts.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0);
  const haste = Math.min(1, (0.97 * paper.durationMinutes * MINUTE_MS) / totalMs);
  let offsetMs = 0;
  return drafts.flatMap(({ item, response, ...draft }) => {
    const elapsedMs = Math.round(draft.elapsedMs * haste);
    offsetMs += elapsedMs;
    return response === undefined ? [] : [{ item, response, elapsedMs, offsetMs }];
  });
}

/**
 * Probability of the right response in the three-parameter logistic model, logistic metric (Birnbaum 1968, eq. 17.3.1 with
 * D = 1).
 */
export function probabilityOfRight(
  { discrimination, difficulty, guessing }: ExamItem["parameters"],
  ability: number,
): number {
  return guessing + (1 - guessing) / (1 + Math.exp(-discrimination * (ability - difficulty)));
}

/** A response by the model; who does not know it leaves it out at times. */
function respond(item: ExamItem, ability: number, random: Random): OptionKey | undefined {
  if (random.chance(probabilityOfRight(item.parameters, ability))) return item.correct;
  if (random.chance(0.07)) return undefined;
  return random.pick(item.options.filter(({ key }) => key !== item.correct)).key;
}
