import type { PracticeEnd } from "@lentera/prisma/learning";
import { mostInformativeItem } from "../psychometrics/adaptive.js";
import {
  type AbilityEstimate,
  type ItemParameters,
  type ScoredResponse,
  estimateAbility,
} from "../psychometrics/eap.js";
import { type ItemBank, createBank } from "../psychometrics/model.js";

/** No item is given in more than this share of all sessions, in the long run. */
const EXPOSURE_CAP = 0.25;
/** One pilot item in so many. */
const PILOT_EVERY = 5;
/** A session goes on for that many scored items before precision or classification may end it. */
export const LEAST_ITEMS = 5;
/** Two-sided 95 % quantile of the normal distribution. */
const QUANTILE = 1.959964;

/** A calibrated item that practice can give. */
export interface PoolItem extends ItemParameters {
  readonly id: string;
  readonly topic: string;
}

/** What has happened to an item in all sessions so far. */
export interface Exposure {
  /** Sessions that were not allowed to give it. */
  readonly ineligible: number;
  /** Sessions that gave it. */
  readonly given: number;
}

/**
 * The probability with which a new session may give an item, so that the share of sessions that give it stays at the cap or below:
 * min(1, cap · φ / α), φ the sessions in which it was eligible and α those that gave it (van der Linden & Veldkamp 2007,
 * unconditional). The more an item is chosen whenever it may be, the more often it may not be.
 * @param sessions how many there have been
 */
export function eligibility(sessions: number, { ineligible, given }: Exposure, cap = EXPOSURE_CAP): number {
  return given === 0 ? 1 : Math.min(1, (cap * (sessions - ineligible)) / given);
}

/** A pool with its parameters as columns, and how large a share of a session each topic should have. */
export interface Pool {
  readonly items: readonly PoolItem[];
  readonly bank: ItemBank;
  readonly shares: ReadonlyMap<string, number>;
}

/** @param weightOf how much of the exam a topic is, relative to the others */
export function createPool(items: readonly PoolItem[], weightOf: (topic: string) => number = () => 1): Pool {
  const topics = [...new Set(items.map(({ topic }) => topic))];
  const total = topics.reduce((sum, topic) => sum + weightOf(topic), 0);
  return { items, bank: createBank(items), shares: new Map(topics.map((topic) => [topic, weightOf(topic) / total])) };
}

/**
 * The next scored item: of the topic that is furthest behind its share (Kingsbury & Zara 1989), the one with the most information
 * at the present ability that was not given yet and is eligible. When no eligible one is left, eligibility gives way, as
 * the method says; null when every item has been given.
 */
export function nextItem(
  { items, bank, shares }: Pool,
  session: {
    readonly ability: number;
    /** Scored items so far. */
    readonly given: ReadonlySet<string>;
    readonly ineligible: ReadonlySet<string>;
  },
): PoolItem | null {
  const counts = new Map<string, number>();
  for (const { id, topic } of items) if (session.given.has(id)) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  const length = session.given.size + 1;
  const lag = (topic: string): number => (shares.get(topic) ?? 0) * length - (counts.get(topic) ?? 0);
  const topics = [...shares.keys()].toSorted((one, other) => lag(other) - lag(one));
  const best = (topic: string, mayGive: (id: string) => boolean): PoolItem | undefined => {
    const index = mostInformativeItem(bank, session.ability, (candidate) => {
      const item = items[candidate];
      return item !== undefined && item.topic === topic && !session.given.has(item.id) && mayGive(item.id);
    });
    return index === null ? undefined : items[index];
  };
  for (const mayGive of [(id: string) => !session.ineligible.has(id), () => true])
    for (const topic of topics) {
      const item = best(topic, mayGive);
      if (item !== undefined) return item;
    }
  return null;
}

/**
 * Whether a pilot item comes at a position: once in every five, at a place that cannot be foreseen.
 * @param draw a number that is always the same for the same block of the same session, in [0, 1)
 */
export function isPilotPosition(position: number, draw: (block: number) => number): boolean {
  const block = Math.floor((position - 1) / PILOT_EVERY);
  return (position - 1) % PILOT_EVERY === Math.floor(draw(block) * PILOT_EVERY);
}

export interface StopRules {
  readonly maximumItems: number;
  /** In units of ability. */
  readonly targetError: number | null;
  /** An ability; above or below it is all that matters. */
  readonly cut: number | null;
}

/** Why a session is over, null while it is not. @param scored how many scored items were answered */
export function stopReason(
  { maximumItems, targetError, cut }: StopRules,
  scored: number,
  { ability, standardError }: AbilityEstimate,
): PracticeEnd | null {
  if (scored >= LEAST_ITEMS) {
    if (cut !== null && Math.abs(ability - cut) > QUANTILE * standardError) return "CLASSIFICATION";
    if (targetError !== null && standardError <= targetError) return "PRECISION";
  }
  return scored >= maximumItems ? "LENGTH" : null;
}

/** The ability after scored answers; the population's before the first. */
export function estimateAfter(answers: readonly { item: ItemParameters; isRight: boolean }[]): AbilityEstimate {
  if (answers.length === 0) return { ability: 0, standardError: 1 };
  const marks = answers.map(({ isRight }): ScoredResponse => (isRight ? 1 : 0));
  return estimateAbility(
    answers.map(({ item }) => item),
    marks,
  );
}

const POINTS_FOR_PRACTISING = 10;

/** Experience points of a session. @param right scored items that were answered right */
export function pointsForPractice(right: number): number {
  return POINTS_FOR_PRACTISING + right;
}
