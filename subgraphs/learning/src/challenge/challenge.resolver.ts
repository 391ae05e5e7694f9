import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { LearningContext } from "../context.js";
import { User } from "../stubs.js";
import { AnswerChallengeInput, CancelChallengeInput, CreateChallengeInput } from "./challenge.input.js";
import { membersLoader } from "./challenge.loader.js";
import {
  answerChallenge,
  cancelChallenge,
  createChallenge,
  getChallenge,
  listChallenges,
} from "./challenge.service.js";
import {
  AnswerChallengePayload,
  CancelChallengePayload,
  Challenge,
  ChallengeConnection,
  ChallengeMember,
  CreateChallengePayload,
} from "./challenge.type.js";

@Resolver(() => Challenge)
export class ChallengeResolver {
  @Authorized()
  @Query(() => Challenge, { description: "One to which the caller is invited." })
  challenge(@Ctx() ctx: LearningContext, @Arg("id", () => ID) id: string): Promise<Challenge> {
    return getChallenge(ctx, id);
  }

  @Authorized()
  @Query(() => ChallengeConnection, { description: "Those to which the caller is invited, newest first." })
  challenges(
    @Ctx() ctx: LearningContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Challenge>> {
    return listChallenges(ctx, args);
  }

  @Authorized()
  @Mutation(() => CreateChallengePayload, { description: "Invites friends, or a class or study group, to a contest." })
  createChallenge(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => CreateChallengeInput) input: CreateChallengeInput,
  ): Promise<CreateChallengePayload> {
    return createChallenge(ctx, input);
  }

  @Authorized()
  @Mutation(() => AnswerChallengePayload, { description: "Accepts or declines an invitation, for good." })
  answerChallenge(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => AnswerChallengeInput) input: AnswerChallengeInput,
  ): Promise<AnswerChallengePayload> {
    return answerChallenge(ctx, input);
  }

  @Authorized()
  @Mutation(() => CancelChallengePayload, {
    description: "Takes a challenge of the caller's back before it is active.",
  })
  cancelChallenge(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => CancelChallengeInput) input: CancelChallengeInput,
  ): Promise<CancelChallengePayload> {
    return cancelChallenge(ctx, input);
  }

  @FieldResolver(() => [ChallengeMember], {
    description: "Everybody who is invited; the best first once it has ended.",
  })
  members(@Ctx() ctx: LearningContext, @Root() { id, goal, status }: Challenge): Promise<ChallengeMember[]> {
    return membersLoader(ctx).load({ id, goal, status });
  }

  @FieldResolver(() => User, { description: "Who made it." })
  creator(@Root() challenge: Challenge): User {
    return { id: challenge.creatorId };
  }
}

@Resolver(() => ChallengeMember)
export class ChallengeMemberResolver {
  @FieldResolver(() => User)
  user(@Root() member: ChallengeMember): User {
    return { id: member.userId };
  }
}
