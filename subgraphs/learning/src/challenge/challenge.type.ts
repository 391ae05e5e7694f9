import { DateTime, connectionOf } from "@lentera/kit";
import { ChallengeGoal, ChallengeStatus, InvitationStatus } from "@lentera/prisma/learning";
import { Field, Float, ID, Int, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(ChallengeGoal, {
  name: "ChallengeGoal",
  description:
    "XP: experience points from tryouts and practice. TRYOUTS: tryouts finished. ACCURACY: the share of right answers on a topic, of 5 answers or more.",
});
registerEnumType(ChallengeStatus, {
  name: "ChallengeStatus",
  description: "INVITING until everybody has answered or 3 days have passed, then ACTIVE until endsAt, then ENDED.",
});
registerEnumType(InvitationStatus, { name: "InvitationStatus" });

@ObjectType({ description: "A friendly contest among learners. Only for those who are invited." })
export class Challenge {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  title!: string;
  @Field(() => ChallengeGoal)
  goal!: ChallengeGoal;
  @Field(() => String, { nullable: true, description: "For ACCURACY." })
  topic!: string | null;
  @Field(() => ChallengeStatus)
  status!: ChallengeStatus;
  @Field(() => ID, { nullable: true, description: "The class or study group; null among friends." })
  cohortId!: string | null;
  @Field(() => Int)
  durationDays!: number;
  @Field(() => DateTime, { description: "Until when invitations can be answered." })
  answerBy!: Date;
  @Field(() => DateTime, { nullable: true, description: "What is done from then on counts." })
  startsAt!: Date | null;
  @Field(() => DateTime, { nullable: true, description: "What is done before then counts." })
  endsAt!: Date | null;

  creatorId!: string;
}

export const ChallengeConnection = connectionOf(Challenge);

@ObjectType({ description: "Somebody who is invited, or takes part." })
export class ChallengeMember {
  @Field(() => InvitationStatus)
  status!: InvitationStatus;
  @Field(() => Float, {
    nullable: true,
    description: "So far, or in the end: points, tryouts, or a share from 0 to 1. Null for nothing that counts.",
  })
  result!: number | null;
  @Field(() => Int, {
    nullable: true,
    description: "Equals share a place, the next is skipped; null for nothing that counts.",
  })
  rank!: number | null;
  @Field(() => Boolean, { description: "True for all who share the first place once it has ended." })
  isWinner!: boolean;

  userId!: string;
}

@ObjectType()
export class CreateChallengePayload {
  @Field(() => Challenge)
  challenge!: Challenge;
}

@ObjectType()
export class AnswerChallengePayload {
  @Field(() => Challenge)
  challenge!: Challenge;
}

@ObjectType()
export class CancelChallengePayload {
  @Field(() => Challenge)
  challenge!: Challenge;
}
