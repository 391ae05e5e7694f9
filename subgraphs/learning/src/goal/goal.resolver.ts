import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { LearningContext } from "../context.js";
import { examTypeLoader } from "../exam-type/exam-type.loader.js";
import { ExamType } from "../exam-type/exam-type.type.js";
import { programLoader } from "../program/program.loader.js";
import { Program } from "../program/program.type.js";
import { User } from "../stubs.js";
import { ChangeGoalStatusInput, ClaimGoalRewardInput, CreateGoalInput } from "./goal.input.js";
import { changeGoalStatus, claimGoalReward, createGoal, findProgress, issuePermit, listGoals } from "./goal.service.js";
import {
  ChangeGoalStatusPayload,
  ClaimGoalRewardPayload,
  CreateGoalPayload,
  Goal,
  GoalConnection,
  GoalProgress,
} from "./goal.type.js";

@Resolver(() => User)
export class GoalSetterResolver {
  @Directive('@requires(fields: "viewerAccess { setGoals }")')
  @FieldResolver(() => GoalConnection, {
    nullable: true,
    description: "Newest first; null for those who may not set goals for this person.",
  })
  goals(
    @Ctx() ctx: LearningContext,
    @Root() user: User,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Goal> | null> {
    return listGoals(ctx, user, args);
  }

  @Directive('@requires(fields: "viewerAccess { setGoals }")')
  @FieldResolver(() => String, {
    nullable: true,
    description:
      "What `createGoal` and `changeGoalStatus` take for this person: for the caller alone, for 10 minutes. Null for those who may not set goals.",
  })
  goalPermit(@Ctx() ctx: LearningContext, @Root() user: User): string | null {
    return issuePermit(ctx, user);
  }
}

@Resolver(() => Goal)
export class GoalResolver {
  @Authorized()
  @Mutation(() => CreateGoalPayload, { description: "Sets a goal for the caller, or with a permit for a student." })
  createGoal(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => CreateGoalInput) input: CreateGoalInput,
  ): Promise<CreateGoalPayload> {
    return createGoal(ctx, input);
  }

  @Authorized()
  @Mutation(() => ChangeGoalStatusPayload, {
    description: "Pauses, resumes or cancels a goal that the caller has set.",
  })
  changeGoalStatus(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => ChangeGoalStatusInput) input: ChangeGoalStatusInput,
  ): Promise<ChangeGoalStatusPayload> {
    return changeGoalStatus(ctx, input);
  }

  @Authorized()
  @Mutation(() => ClaimGoalRewardPayload, {
    description: "The student claims what was promised for a reached goal, once.",
  })
  claimGoalReward(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => ClaimGoalRewardInput) input: ClaimGoalRewardInput,
  ): Promise<ClaimGoalRewardPayload> {
    return claimGoalReward(ctx, input);
  }

  @FieldResolver(() => GoalProgress)
  progress(@Ctx() ctx: LearningContext, @Root() goal: Goal): Promise<GoalProgress> {
    return findProgress(ctx, goal);
  }

  @FieldResolver(() => User, { description: "Who set it." })
  setBy(@Root() { createdById }: Goal): User {
    return { id: createdById };
  }

  @FieldResolver(() => User)
  student(@Root() { studentId }: Goal): User {
    return { id: studentId };
  }

  @FieldResolver(() => ExamType, { nullable: true, description: "For TARGET_SCORE." })
  async examType(@Ctx() ctx: LearningContext, @Root() { examTypeId }: Goal): Promise<ExamType | null> {
    return examTypeId === null ? null : examTypeLoader(ctx).load(examTypeId);
  }

  @FieldResolver(() => Program, { nullable: true, description: "For UNIVERSITY_TARGET." })
  async program(@Ctx() ctx: LearningContext, @Root() { programId }: Goal): Promise<Program | null> {
    return programId === null ? null : programLoader(ctx).load(programId);
  }
}
