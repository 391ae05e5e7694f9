import { ConnectionArguments, type Page } from "@lentera/kit";
import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Directive,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { type LearningContext } from "../context.js";
import { User } from "../stubs.js";
import { tryoutLoader } from "../tryout/tryout.loader.js";
import { Tryout } from "../tryout/tryout.type.js";
import { SaveAnswersInput, StartAttemptInput, SubmitAttemptInput } from "./attempt.input.js";
import { getAttempt, listAttempts, saveAnswers, startAttempt, submitAttempt } from "./attempt.service.js";
import {
  Attempt,
  AttemptConnection,
  AttemptItem,
  AttemptSection,
  ReviewedItem,
  SaveAnswersPayload,
  Score,
  StartAttemptPayload,
  SubmitAttemptPayload,
  SubtestScore,
} from "./attempt.type.js";
import { countAnswered, listItems, listSections } from "./paper.service.js";
import { findReview, findScore, listSubtestScores } from "./result.service.js";

@Resolver(() => Attempt)
export class AttemptResolver {
  @Authorized()
  @Query(() => Attempt, { description: "An attempt of the caller, or of the organization that the caller runs." })
  attempt(@Ctx() ctx: LearningContext, @Arg("id", () => ID) id: string): Promise<Attempt> {
    return getAttempt(ctx, id);
  }

  @Authorized()
  @Mutation(() => StartAttemptPayload, {
    description: "Starts a sitting, or goes on with the running one. The deadline is the server's.",
  })
  startAttempt(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => StartAttemptInput) input: StartAttemptInput,
  ): Promise<StartAttemptPayload> {
    return startAttempt(ctx, input);
  }

  @Authorized()
  @Mutation(() => SaveAnswersPayload, {
    description:
      "Saves answers one by one; repeat the call until each has a status. Accepted until 30 s after the deadline.",
  })
  saveAnswers(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => SaveAnswersInput) input: SaveAnswersInput,
  ): Promise<SaveAnswersPayload> {
    return saveAnswers(ctx, input);
  }

  @Authorized()
  @Mutation(() => SubmitAttemptPayload, {
    description: "Ends the sitting and gives its score; repeating it changes nothing.",
  })
  submitAttempt(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => SubmitAttemptInput) input: SubmitAttemptInput,
  ): Promise<SubmitAttemptPayload> {
    return submitAttempt(ctx, input);
  }

  @FieldResolver(() => Tryout)
  tryout(@Ctx() ctx: LearningContext, @Root() attempt: Attempt): Promise<Tryout> {
    return tryoutLoader(ctx).load(attempt.tryoutId);
  }

  @FieldResolver(() => User)
  student(@Root() attempt: Attempt): User {
    return { id: attempt.studentId };
  }

  @FieldResolver(() => Int, { description: "Items that have a response now." })
  answeredCount(@Ctx() ctx: LearningContext, @Root() attempt: Attempt): Promise<number> {
    return countAnswered(ctx, attempt);
  }

  @FieldResolver(() => [AttemptItem], { description: "The paper, for the student alone." })
  items(@Ctx() ctx: LearningContext, @Root() attempt: Attempt): Promise<AttemptItem[]> {
    return listItems(ctx, attempt);
  }

  @FieldResolver(() => Score, {
    nullable: true,
    description: "Null until the attempt is SCORED and the results are out, see `Tryout.showResultsImmediately`.",
  })
  score(@Ctx() ctx: LearningContext, @Root() attempt: Attempt): Promise<Score | null> {
    return findScore(ctx, attempt);
  }

  @FieldResolver(() => [SubtestScore], {
    description: "In the order of the sitting; empty until the attempt is SCORED and the results are out.",
  })
  subtestScores(@Ctx() ctx: LearningContext, @Root() attempt: Attempt): Promise<SubtestScore[]> {
    return listSubtestScores(ctx, attempt);
  }

  @FieldResolver(() => [AttemptSection], { description: "In the order of the sitting, with their clocks." })
  sections(@Ctx() ctx: LearningContext, @Root() attempt: Attempt): Promise<AttemptSection[]> {
    return listSections(ctx, attempt);
  }

  @FieldResolver(() => [ReviewedItem], {
    nullable: true,
    description:
      "Keys and explanations for the student who sat it. Null unless the tryout allows it, and for a SCHEDULED one while anybody can still sit it.",
  })
  review(@Ctx() ctx: LearningContext, @Root() attempt: Attempt): Promise<ReviewedItem[] | null> {
    return findReview(ctx, attempt);
  }
}

@Resolver(() => User)
export class StudentResolver {
  @Directive('@requires(fields: "viewerAccess { viewScores }")')
  @FieldResolver(() => AttemptConnection, {
    nullable: true,
    description: "Newest first; null when the caller may not see this person's scores (`viewerAccess.viewScores`).",
  })
  attempts(
    @Ctx() ctx: LearningContext,
    @Root() student: User,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Attempt> | null> {
    return listAttempts(ctx, student, args);
  }
}
