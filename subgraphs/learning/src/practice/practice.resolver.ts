import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { Score } from "../attempt/attempt.type.js";
import type { LearningContext } from "../context.js";
import { AnswerPracticeInput, EndPracticeInput, StartPracticeInput } from "./practice.input.js";
import { answeredCountLoader, currentItemLoader } from "./practice.loader.js";
import {
  answerPractice,
  endPractice,
  estimateOf,
  getSession,
  listSessions,
  startPractice,
} from "./practice.service.js";
import {
  AnswerPracticePayload,
  EndPracticePayload,
  PracticeItem,
  PracticeSession,
  PracticeSessionConnection,
  StartPracticePayload,
} from "./practice.type.js";

@Resolver(() => PracticeSession)
export class PracticeResolver {
  @Authorized()
  @Query(() => PracticeSession, { description: "One of the caller's own." })
  practiceSession(@Ctx() ctx: LearningContext, @Arg("id", () => ID) id: string): Promise<PracticeSession> {
    return getSession(ctx, id);
  }

  @Authorized()
  @Query(() => PracticeSessionConnection, { description: "The caller's own, newest first." })
  practiceSessions(
    @Ctx() ctx: LearningContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<PracticeSession>> {
    return listSessions(ctx, args);
  }

  @Authorized()
  @Mutation(() => StartPracticePayload, {
    description: "Starts to practise, or goes on with the session of that exam that is open: there is one at a time.",
  })
  startPractice(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => StartPracticeInput) input: StartPracticeInput,
  ): Promise<StartPracticePayload> {
    return startPractice(ctx, input);
  }

  @Authorized()
  @Mutation(() => AnswerPracticePayload, {
    description: "Answers the current item, for good, and tells whether it was right.",
  })
  answerPractice(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => AnswerPracticeInput) input: AnswerPracticeInput,
  ): Promise<AnswerPracticePayload> {
    return answerPractice(ctx, input);
  }

  @Authorized()
  @Mutation(() => EndPracticePayload, { description: "Ends a session before its time. What was answered counts." })
  endPractice(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => EndPracticeInput) input: EndPracticeInput,
  ): Promise<EndPracticePayload> {
    return endPractice(ctx, input);
  }

  @FieldResolver(() => PracticeItem, { nullable: true, description: "What to answer now; null once it has ended." })
  currentItem(@Ctx() ctx: LearningContext, @Root() session: PracticeSession): Promise<PracticeItem | null> {
    return currentItemLoader(ctx).load(session.id);
  }

  @FieldResolver(() => Int)
  answeredCount(@Ctx() ctx: LearningContext, @Root() session: PracticeSession): Promise<number> {
    return answeredCountLoader(ctx).load(session.id);
  }

  @FieldResolver(() => Score, {
    description: "What the answers so far say; before the first, what is known of everybody.",
  })
  estimate(@Ctx() ctx: LearningContext, @Root() session: PracticeSession): Promise<Score> {
    return estimateOf(ctx, session);
  }
}
