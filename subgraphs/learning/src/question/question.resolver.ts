import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { categoryLoader } from "../category/category.loader.js";
import { QuestionCategory } from "../category/category.type.js";
import { type LearningContext } from "../context.js";
import { examTypeLoader } from "../exam-type/exam-type.loader.js";
import { ExamType } from "../exam-type/exam-type.type.js";
import { User } from "../stubs.js";
import {
  CreateQuestionInput,
  MoveQuestionInput,
  ReviseQuestionInput,
  SetQuestionParametersInput,
  UpdateQuestionInput,
} from "./question.input.js";
import { usageLoader } from "./question.loader.js";
import { canReview, canWrite } from "./question.policy.js";
import {
  createQuestion,
  findKey,
  getQuestion,
  listQuestions,
  listVersions,
  moveQuestion,
  reviseQuestion,
  setQuestionParameters,
  updateQuestion,
} from "./question.service.js";
import {
  CreateQuestionPayload,
  MoveQuestionPayload,
  Question,
  QuestionConnection,
  QuestionFilter,
  QuestionKey,
  QuestionUsage,
  QuestionVersion,
  QuestionVersionConnection,
  ReviseQuestionPayload,
  SetQuestionParametersPayload,
  UpdateQuestionPayload,
} from "./question.type.js";

@Resolver(() => Question)
export class QuestionResolver {
  @Authorized()
  @Query(() => Question, { description: "Needs `questions:read`." })
  question(@Ctx() ctx: LearningContext, @Arg("id", () => ID) id: string): Promise<Question> {
    return getQuestion(ctx, id);
  }

  @Authorized()
  @Query(() => QuestionConnection, {
    description: "Of the caller's organization and published by the platform, newest first. Needs `questions:read`.",
  })
  questions(
    @Ctx() ctx: LearningContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("filter", () => QuestionFilter, { nullable: true }) filter: QuestionFilter | null,
  ): Promise<Page<Question>> {
    return listQuestions(ctx, filter ?? {}, args);
  }

  @Authorized()
  @Mutation(() => CreateQuestionPayload, { description: "Writes a DRAFT. Needs `questions:write`." })
  async createQuestion(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => CreateQuestionInput) input: CreateQuestionInput,
  ): Promise<CreateQuestionPayload> {
    return { question: await createQuestion(ctx, input) };
  }

  @Authorized()
  @Mutation(() => UpdateQuestionPayload, { description: "Saves the next version of a DRAFT. Needs `questions:write`." })
  async updateQuestion(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => UpdateQuestionInput) input: UpdateQuestionInput,
  ): Promise<UpdateQuestionPayload> {
    return { question: await updateQuestion(ctx, input) };
  }

  @Authorized()
  @Mutation(() => ReviseQuestionPayload, {
    description: "Begins the next version of a PUBLISHED question as a draft of its own. Needs `questions:write`.",
  })
  async reviseQuestion(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => ReviseQuestionInput) input: ReviseQuestionInput,
  ): Promise<ReviseQuestionPayload> {
    return { question: await reviseQuestion(ctx, input) };
  }

  @Authorized()
  @Mutation(() => MoveQuestionPayload, {
    description:
      "Hands in, gives back, approves, publishes or archives. Approving and publishing need `questions:review`, and nobody approves what they wrote.",
  })
  async moveQuestion(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => MoveQuestionInput) input: MoveQuestionInput,
  ): Promise<MoveQuestionPayload> {
    return { question: await moveQuestion(ctx, input) };
  }

  @Authorized()
  @Mutation(() => SetQuestionParametersPayload, {
    description: "Writes the calibration of a question for one examination. Needs `questions:review`.",
  })
  async setQuestionParameters(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => SetQuestionParametersInput) input: SetQuestionParametersInput,
  ): Promise<SetQuestionParametersPayload> {
    return { question: await setQuestionParameters(ctx, input) };
  }

  @FieldResolver(() => ExamType)
  examType(@Ctx() ctx: LearningContext, @Root() question: Question): Promise<ExamType> {
    return examTypeLoader(ctx).load(question.examTypeId);
  }

  @FieldResolver(() => QuestionCategory, { nullable: true })
  async category(@Ctx() ctx: LearningContext, @Root() question: Question): Promise<QuestionCategory | null> {
    return question.categoryId === null ? null : categoryLoader(ctx).load(question.categoryId);
  }

  @FieldResolver(() => QuestionKey, {
    nullable: true,
    description: "For those whose question it is; null for an organization that looks at the platform's.",
  })
  key(@Ctx() ctx: LearningContext, @Root() question: Question): Promise<QuestionKey | null> {
    return findKey(ctx, question);
  }

  @FieldResolver(() => QuestionUsage, { description: "Counted every hour." })
  usage(@Ctx() ctx: LearningContext, @Root() question: Question): Promise<QuestionUsage> {
    return usageLoader(ctx).load(question.id);
  }

  @FieldResolver(() => QuestionVersionConnection, {
    description: "What was changed by whom and when, newest first, along the line of revisions.",
  })
  versions(
    @Ctx() ctx: LearningContext,
    @Root() question: Question,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<QuestionVersion>> {
    return listVersions(ctx, question, args);
  }

  @FieldResolver(() => User, { nullable: true, description: "Null for what came with the platform." })
  author(@Root() question: Question): User | null {
    return question.authorId === null ? null : { id: question.authorId };
  }

  @FieldResolver(() => User, { nullable: true, description: "Who approved it." })
  reviewer(@Root() question: Question): User | null {
    return question.reviewerId === null ? null : { id: question.reviewerId };
  }

  @FieldResolver(() => Boolean)
  viewerCanEdit(@Ctx() ctx: LearningContext, @Root() question: Question): boolean {
    return canWrite(ctx.viewer, question) && question.status === "DRAFT";
  }

  @FieldResolver(() => Boolean)
  viewerCanReview(@Ctx() ctx: LearningContext, @Root() question: Question): boolean {
    return canReview(ctx.viewer, question) && question.status === "REVIEW";
  }
}

@Resolver(() => QuestionVersion)
export class QuestionVersionResolver {
  @FieldResolver(() => User)
  author(@Root() version: QuestionVersion): User {
    return { id: version.authorId };
  }
}
