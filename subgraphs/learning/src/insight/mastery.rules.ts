import type { ItemParameters } from "../psychometrics/model.js";
import { Z95, medianOf, sum } from "./trend.rules.js";

/** The final answer to an item, marked. */
export interface MarkedAnswer extends ItemParameters {
  readonly subtest: string;
  readonly topic: string;
  readonly isRight: boolean;
  readonly answeredAt: Date;
  readonly elapsedMs: number;
  /** What the sitting as a whole showed the student to be able to do. */
  readonly ability: number;
  /** The median time of those who sat the same; null when they are 5 or fewer. */
  readonly groupMs: number | null;
}

export interface TopicMastery {
  readonly subtest: string;
  readonly topic: string;
  readonly answered: number;
  readonly correct: number;
  /** What somebody of the student's overall ability gets right of these very items, 0 to 1. */
  readonly expected: number;
  readonly mastery: number;
  readonly low: number;
  readonly high: number;
  /** (correct − expected) / standard deviation: below −1.64, such answers are rare for somebody of this ability. */
  readonly deviation: number;
  readonly paceRatio: number | null;
  readonly rushedShare: number | null;
}

/** How many answers the expectation is worth beside those that were given. */
const PRIOR_ANSWERS = 4;
/** A wrong answer in less than this share of the usual time was not thought over. */
const RUSHED = 1 / 3;

/** The chance of a right answer by the three-parameter logistic model (Birnbaum 1968). */
function chanceOf({ discrimination, difficulty, guessing }: ItemParameters, ability: number): number {
  return guessing + (1 - guessing) / (1 + Math.exp(-discrimination * (ability - difficulty)));
}

/** Right answers against what the model expects of the same items: both sums, and the variance of the first. */
export function againstExpectation(answers: readonly MarkedAnswer[]): {
  readonly correct: number;
  readonly expected: number;
  readonly variance: number;
} {
  const chances = answers.map((answer) => chanceOf(answer, answer.ability));
  return {
    correct: answers.filter(({ isRight }) => isRight).length,
    expected: sum(chances, (chance) => chance),
    variance: sum(chances, (chance) => chance * (1 - chance)),
  };
}

/**
 * Mastery by topic: the mean of the posterior Beta(4m + k, 4(1 − m) + n − k) for k right of n answers, whose prior is worth
 * four answers at the expectation m, so that two lucky answers are not yet mastery. The interval is its mean ± 1.96 of its
 * standard deviation, within 0 to 1.
 */
export function topicMasteries(answers: readonly MarkedAnswer[]): TopicMastery[] {
  const groups = Map.groupBy(answers, ({ subtest, topic }) => JSON.stringify([subtest, topic]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { correct, expected, variance } = againstExpectation(group);
    const size = PRIOR_ANSWERS + group.length;
    const mastery = (PRIOR_ANSWERS * (expected / group.length) + correct) / size;
    const margin = Z95 * Math.sqrt((mastery * (1 - mastery)) / (size + 1));
    const timed = group.flatMap(({ groupMs, ...answer }) => (groupMs === null ? [] : [{ ...answer, groupMs }]));
    const rushed = timed.filter(({ elapsedMs, groupMs, isRight }) => !isRight && elapsedMs < RUSHED * groupMs);
    return {
      subtest: first.subtest,
      topic: first.topic,
      answered: group.length,
      correct,
      expected: expected / group.length,
      mastery,
      low: Math.max(0, mastery - margin),
      high: Math.min(1, mastery + margin),
      deviation: variance === 0 ? 0 : (correct - expected) / Math.sqrt(variance),
      paceRatio: medianOf(timed.map(({ elapsedMs, groupMs }) => elapsedMs / Math.max(1, groupMs))),
      rushedShare: timed.length === 0 ? null : rushed.length / timed.length,
    };
  });
}

export enum RecommendationRule {
  BELOW_OWN_LEVEL = "BELOW_OWN_LEVEL",
  LOW_MASTERY = "LOW_MASTERY",
  RUSHED = "RUSHED",
  SLOW = "SLOW",
}

export interface Evidence {
  readonly name: string;
  readonly value: number;
  readonly threshold: number;
}

export interface WeakTopic {
  readonly topic: TopicMastery;
  readonly rule: RecommendationRule;
  readonly evidence: Evidence;
}

/** Fewer answers than this say nothing about a topic. */
const FEWEST_ANSWERS = 5;
/** The lower 5 % of a normal distribution. */
const RARE = -1.64;
const MASTERED = 0.6;
const MUCH_RUSHED = 0.3;
const SLOW = 1.5;
const SLOW_BUT_SURE = 0.8;

/** Each rule looks at one number; the first that fires is the reason that is given, being the weightiest. */
const RULES: readonly {
  readonly rule: RecommendationRule;
  readonly look: (topic: TopicMastery) => Evidence | null;
}[] = [
  {
    rule: RecommendationRule.BELOW_OWN_LEVEL,
    look: ({ deviation }) => (deviation <= RARE ? { name: "deviation", value: deviation, threshold: RARE } : null),
  },
  {
    rule: RecommendationRule.LOW_MASTERY,
    look: ({ high }) => (high < MASTERED ? { name: "masteryHigh", value: high, threshold: MASTERED } : null),
  },
  {
    rule: RecommendationRule.RUSHED,
    look: ({ rushedShare }) =>
      rushedShare !== null && rushedShare >= MUCH_RUSHED
        ? { name: "rushedShare", value: rushedShare, threshold: MUCH_RUSHED }
        : null,
  },
  {
    rule: RecommendationRule.SLOW,
    look: ({ paceRatio, mastery }) =>
      paceRatio !== null && paceRatio >= SLOW && mastery < SLOW_BUT_SURE
        ? { name: "paceRatio", value: paceRatio, threshold: SLOW }
        : null,
  },
];

/** The topics to work on, the weightiest rule first and within a rule the least mastered. */
export function weakTopics(topics: readonly TopicMastery[]): WeakTopic[] {
  const fired = topics.flatMap((topic): WeakTopic[] => {
    if (topic.answered < FEWEST_ANSWERS) return [];
    for (const { rule, look } of RULES) {
      const evidence = look(topic);
      if (evidence !== null) return [{ topic, rule, evidence }];
    }
    return [];
  });
  const weight = ({ rule }: WeakTopic): number => RULES.findIndex((one) => one.rule === rule);
  return fired.toSorted((one, other) => weight(one) - weight(other) || one.topic.mastery - other.topic.mastery);
}
