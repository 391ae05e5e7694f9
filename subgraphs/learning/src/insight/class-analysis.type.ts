import { CalendarDate } from "@lentera/kit";
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { RiskReason } from "./class-analysis.rules.js";

registerEnumType(RiskReason, {
  name: "RiskReason",
  description:
    "NO_ACTIVITY: days since the last sitting, null for none ever, against the days of the period. DECLINING: the latest score is distinguishably (95 %) below the one before, in points. FAR_BELOW_CLASS: 1.5 standard deviations or more below the class.",
});

@ObjectType({ description: "A subtest in a class and in the country." })
export class SubjectAnalysis {
  @Field(() => String)
  subtest!: string;
  @Field(() => Float, { nullable: true, description: "Of latest scores, in points; null for 5 students or fewer." })
  classAverage!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: "Of everybody's scores of 90 days; null for 5 students or fewer.",
  })
  nationalAverage!: number | null;
  @Field(() => Float, { nullable: true, description: "Class less country." })
  difference!: number | null;
  @Field(() => Float, { nullable: true, description: "Of `classAverage`, as of a sample of such students." })
  standardError!: number | null;
  @Field(() => Boolean, { description: "True when the class is distinguishably (95 %) below the country." })
  isImprovementArea!: boolean;
}

@ObjectType({ description: "How those who have scores both in the period and before it have changed." })
export class Improvement {
  @Field(() => Float, { description: "`points` as a share of the mean before, e.g. 0.05 for 5 %." })
  rate!: number;
  @Field(() => Float, { description: "Mean difference." })
  points!: number;
  @Field(() => Float, { description: "Of `points`." })
  standardError!: number;
  @Field(() => Boolean, { description: "False: not yet distinguishable from no change." })
  isDistinguishable!: boolean;
}

@ObjectType({ description: "The latest scores of the class in a week." })
export class WeeklyAverage {
  @Field(() => CalendarDate, { description: "Its Monday, in UTC." })
  startsOn!: string;
  @Field(() => Float, { nullable: true, description: "Null for 5 students or fewer." })
  average!: number | null;
  @Field(() => Int)
  studentCount!: number;
}

@ObjectType()
export class TopPerformer {
  @Field(() => Float)
  scaled!: number;
  @Field(() => Float, { description: "Of `scaled`, in points." })
  standardError!: number;

  studentId!: string;
}

@ObjectType({ description: "One examination in a class, by the latest score of each student within the period." })
export class ExamAnalysis {
  @Field(() => Int, { description: "Students with a score in the period." })
  scoredCount!: number;
  @Field(() => Float, { nullable: true, description: "Null for 5 students or fewer, like all averages here." })
  averageScaled!: number | null;
  @Field(() => Float, { nullable: true, description: "Of everybody who sat it within 90 days." })
  nationalAverage!: number | null;
  @Field(() => Improvement, { nullable: true })
  improvement!: Improvement | null;
  @Field(() => [SubjectAnalysis])
  subjects!: SubjectAnalysis[];
  @Field(() => [WeeklyAverage], { description: "The weeks with scores, oldest first." })
  trend!: WeeklyAverage[];
  @Field(() => [TopPerformer], { description: "The 5 best, best first; empty for a class of 5 or fewer scores." })
  topPerformers!: TopPerformer[];

  examTypeId!: string;
}

@ObjectType({
  description: "A reason to look after a student: the number that was looked at, and the threshold it crossed.",
})
export class StudentRisk {
  @Field(() => RiskReason)
  reason!: RiskReason;
  @Field(() => Float, { nullable: true })
  value!: number | null;
  @Field(() => Float)
  threshold!: number;
}

@ObjectType()
export class StudentAtRisk {
  @Field(() => [StudentRisk], { description: "One or more." })
  reasons!: StudentRisk[];

  studentId!: string;
}

@ObjectType()
export class ClassAnalysis {
  @Field(() => Int, { description: "Active students." })
  studentCount!: number;
  @Field(() => Int, { description: "Those with a score in the period." })
  activeCount!: number;
  @Field(() => Float, { description: "activeCount / studentCount, 0 to 1." })
  completionRate!: number;
  @Field(() => [ExamAnalysis])
  exams!: ExamAnalysis[];
  @Field(() => [StudentAtRisk], { description: "Most reasons first." })
  atRisk!: StudentAtRisk[];
}
