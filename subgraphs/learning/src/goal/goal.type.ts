import { DateTime, connectionOf } from "@lentera/kit";
import { GoalKind, GoalStatus } from "@lentera/prisma/learning";
import { Field, Float, ID, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(GoalKind, {
  name: "GoalKind",
  description:
    "TARGET_SCORE: the latest score of an examination, in points. STUDY_HOURS: hours of tryouts and practice. TRYOUT_FREQUENCY: tryouts handed in. UNIVERSITY_TARGET: the estimated chance of admission to a programme, 0 to 1.",
});
registerEnumType(GoalStatus, {
  name: "GoalStatus",
  description: "ACTIVE until the target is reached (COMPLETED), with pauses; or CANCELLED by who set it.",
});

@ObjectType({
  description: "What a student is to reach by a day. Its progress is computed from what they did, never typed in.",
})
export class Goal {
  @Field(() => ID)
  id!: string;
  @Field(() => GoalKind)
  kind!: GoalKind;
  @Field(() => String)
  title!: string;
  @Field(() => Float, { description: "In the unit of the kind." })
  target!: number;
  @Field(() => GoalStatus)
  status!: GoalStatus;
  @Field(() => DateTime, { description: "What is done from then on counts." })
  startsAt!: Date;
  @Field(() => DateTime, { description: "What is done before then counts: the end of a day in the student's zone." })
  endsAt!: Date;
  @Field(() => String, { nullable: true, description: "What was promised." })
  rewardNote!: string | null;
  @Field(() => DateTime, { nullable: true })
  rewardClaimedAt!: Date | null;
  @Field(() => DateTime, { nullable: true })
  completedAt!: Date | null;
  @Field(() => DateTime)
  createdAt!: Date;

  studentId!: string;
  createdById!: string;
  examTypeId!: string | null;
  programId!: string | null;
}

export const GoalConnection = connectionOf(Goal);

@ObjectType({ description: "How far a goal is." })
export class GoalProgress {
  @Field(() => Float, { nullable: true, description: "In the unit of the kind; null while nothing counts yet." })
  current!: number | null;
  @Field(() => Float, { description: "current / target, 0 to 1; 1 for good once COMPLETED." })
  share!: number;
  @Field(() => Boolean, { description: "True for an open goal whose time is over." })
  isOverdue!: boolean;
}

@ObjectType()
export class CreateGoalPayload {
  @Field(() => Goal)
  goal!: Goal;
}

@ObjectType()
export class ChangeGoalStatusPayload {
  @Field(() => Goal)
  goal!: Goal;
}

@ObjectType()
export class ClaimGoalRewardPayload {
  @Field(() => Goal)
  goal!: Goal;
}
