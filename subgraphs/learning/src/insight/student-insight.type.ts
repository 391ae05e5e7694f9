import { DateTime } from "@lentera/kit";
import { Field, Float, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { RecommendationRule } from "./mastery.rules.js";
import { Pace } from "./time.rules.js";

registerEnumType(RecommendationRule, {
  name: "RecommendationRule",
  description:
    "BELOW_OWN_LEVEL: fewer right answers than somebody of the same overall ability gives to the same items. LOW_MASTERY: surely below 60 %. RUSHED: many wrong answers in under a third of the usual time. SLOW: half as long again as others, and not yet sure.",
});
registerEnumType(Pace, { name: "Pace", description: "LIKE_GROUP: from 0.8 to 1.25 of the group's time." });

@ObjectType({ description: "A score with the trend line at that time; the line and its band are null below 3 scores." })
export class TrendPoint {
  @Field(() => ID)
  attemptId!: string;
  @Field(() => DateTime)
  at!: Date;
  @Field(() => Float)
  scaled!: number;
  @Field(() => Float, { description: "Of `scaled`, in points." })
  standardError!: number;
  @Field(() => Float, { nullable: true })
  fitted!: number | null;
  @Field(() => Float, { nullable: true, description: "Lower end of the 95 % band of the line." })
  bandLow!: number | null;
  @Field(() => Float, { nullable: true })
  bandHigh!: number | null;
}

@ObjectType({ description: "The latest score against the one before." })
export class ScoreChange {
  @Field(() => Float, { description: "In points; negative for a lower score." })
  difference!: number;
  @Field(() => Float, { description: "Of the difference: √(SE₁² + SE₂²)." })
  standardError!: number;
  @Field(() => Boolean, {
    description: "False: not yet distinguishable from last time, as it is within 1.96 standard errors.",
  })
  isDistinguishable!: boolean;
}

@ObjectType({ description: "The scores of one examination over time: the latest 50 at most, oldest first." })
export class ScoreTrend {
  @Field(() => [TrendPoint])
  points!: TrendPoint[];
  @Field(() => ScoreChange, { nullable: true, description: "Null for a first score." })
  change!: ScoreChange | null;
  @Field(() => Float, { nullable: true, description: "Slope of the line; null below 3 scores." })
  pointsPer30Days!: number | null;
  @Field(() => Float, { nullable: true, description: "Of `pointsPer30Days`." })
  slopeError!: number | null;

  examTypeId!: string;
}

@ObjectType({ description: "Examinations beside each other, by ability relative to the norm group of each." })
export class ExamStanding {
  @Field(() => Float, { description: "0 is the norm group's mean, 1 its standard deviation." })
  ability!: number;
  @Field(() => Float, { description: "Of `ability`." })
  standardError!: number;
  @Field(() => Float)
  scaled!: number;
  @Field(() => Int)
  attemptCount!: number;
  @Field(() => Boolean, { description: "True when the strongest examination is surely (95 %) stronger than this one." })
  isBelowStrongest!: boolean;

  examTypeId!: string;
}

@ObjectType({ description: "Over the latest 3 sittings, each weighted by how precise it is." })
export class SubtestMastery {
  @Field(() => String)
  subtest!: string;
  @Field(() => Float, { description: "In points of the scale." })
  scaled!: number;
  @Field(() => Float, { description: "Of `scaled`, in points." })
  standardError!: number;
  @Field(() => Float, { description: "95 %." })
  low!: number;
  @Field(() => Float)
  high!: number;
  @Field(() => Int)
  itemCount!: number;

  examTypeId!: string;
}

@ObjectType({ description: "Over the answers of the latest 10 sittings." })
export class TopicMastery {
  @Field(() => String)
  subtest!: string;
  @Field(() => String)
  topic!: string;
  @Field(() => Int)
  answered!: number;
  @Field(() => Int)
  correct!: number;
  @Field(() => Float, {
    description: "The share that somebody of this student's overall ability gets right of the same items, 0 to 1.",
  })
  expected!: number;
  @Field(() => Float, { description: "0 to 1, drawn towards `expected` while there are few answers." })
  mastery!: number;
  @Field(() => Float, { description: "95 %." })
  low!: number;
  @Field(() => Float)
  high!: number;
}

@ObjectType()
export class Mastery {
  @Field(() => [SubtestMastery])
  subtests!: SubtestMastery[];
  @Field(() => [TopicMastery])
  topics!: TopicMastery[];
}

@ObjectType({ description: "The number that made a rule fire, and the threshold it crossed." })
export class RecommendationEvidence {
  @Field(() => String, { description: "`deviation`, `masteryHigh`, `rushedShare` or `paceRatio`." })
  name!: string;
  @Field(() => Float)
  value!: number;
  @Field(() => Float)
  threshold!: number;
}

@ObjectType({ description: "A topic to work on, and why." })
export class TopicRecommendation {
  @Field(() => TopicMastery)
  topic!: TopicMastery;
  @Field(() => RecommendationRule)
  rule!: RecommendationRule;
  @Field(() => RecommendationEvidence)
  evidence!: RecommendationEvidence;
  @Field(() => String, { description: "One sentence in the caller's language." })
  reason!: string;
}

@ObjectType({
  description: "Over the answers of the latest 10 sittings. A group is the latest 100 who sat the same tryout.",
})
export class SubtestTiming {
  @Field(() => String)
  subtest!: string;
  @Field(() => Int)
  answered!: number;
  @Field(() => Float, { description: "Median for an item." })
  medianSeconds!: number;
  @Field(() => Float, { nullable: true, description: "Null when 5 or fewer answered each item." })
  groupMedianSeconds!: number | null;
  @Field(() => Pace, { nullable: true })
  pace!: Pace | null;
  @Field(() => Float, { nullable: true, description: "Median for items answered right." })
  rightSeconds!: number | null;
  @Field(() => Float, { nullable: true, description: "Median for items answered wrong." })
  wrongSeconds!: number | null;
}

@ObjectType({
  description: "How the last 28 days were worked: tryouts from start to submission, practice to its last answer.",
})
export class StudyHabits {
  @Field(() => String, { description: "IANA; the learner's, whose days and hours these are." })
  timeZone!: string;
  @Field(() => Float)
  minutes!: number;
  @Field(() => Int)
  activeDays!: number;
  @Field(() => Int)
  sessionCount!: number;
  @Field(() => [Float], { description: "24 numbers, by the hour at which a session began." })
  minutesByHour!: readonly number[];
}

@ObjectType({
  description: "The hour of the learner's day at which they answer best, against what their ability lets expect.",
})
export class BestStudyHour {
  @Field(() => Int, { description: "0 to 23, in the learner's zone." })
  hour!: number;
  @Field(() => Int)
  answered!: number;
  @Field(() => Float, { description: "Right answers above expectation, as a share of the answers." })
  advantage!: number;
  @Field(() => Float, { description: "Of `advantage`." })
  standardError!: number;
  @Field(() => Boolean, { description: "False: may be chance." })
  isDistinguishable!: boolean;
}

export enum PeerScope {
  CLASS = "CLASS",
  PLATFORM = "PLATFORM",
}
registerEnumType(PeerScope, {
  name: "PeerScope",
  description: "CLASS: the active students of one class. PLATFORM: everybody who sat the examination within 90 days.",
});

@ObjectType({ description: "The latest score among those of others. Nothing is told of groups of 5 or fewer." })
export class PeerComparison {
  @Field(() => PeerScope)
  scope!: PeerScope;
  @Field(() => ID, { nullable: true, description: "For CLASS." })
  classId!: string | null;
  @Field(() => Int, { nullable: true, description: "Those with a score, the student included; null for 5 or fewer." })
  groupSize!: number | null;
  @Field(() => Float, { nullable: true, description: "0 to 100: who is below, and half of who is equal." })
  percentile!: number | null;
  @Field(() => Float, { nullable: true, description: "In points of the scale." })
  groupAverage!: number | null;

  examTypeId!: string;
}
