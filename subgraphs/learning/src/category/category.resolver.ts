import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { type LearningContext } from "../context.js";
import { createQuestionCategory, listCategories, updateQuestionCategory } from "./category.service.js";
import {
  QuestionCategory,
  QuestionCategoryConnection,
  QuestionCategoryFilter,
  CreateQuestionCategoryInput,
  CreateQuestionCategoryPayload,
  UpdateQuestionCategoryInput,
  UpdateQuestionCategoryPayload,
} from "./category.type.js";

@Resolver(() => QuestionCategory)
export class CategoryResolver {
  @Authorized()
  @Query(() => QuestionCategoryConnection, { description: "By path: each category before what is below it." })
  questionCategories(
    @Ctx() ctx: LearningContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("filter", () => QuestionCategoryFilter, { nullable: true }) filter: QuestionCategoryFilter | null,
  ): Promise<Page<QuestionCategory>> {
    return listCategories(ctx, filter ?? {}, args);
  }

  @Authorized()
  @Mutation(() => CreateQuestionCategoryPayload, { description: "Needs `questions:write`." })
  async createQuestionCategory(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => CreateQuestionCategoryInput) input: CreateQuestionCategoryInput,
  ): Promise<CreateQuestionCategoryPayload> {
    return { category: await createQuestionCategory(ctx, input) };
  }

  @Authorized()
  @Mutation(() => UpdateQuestionCategoryPayload, {
    description: "Renames, moves or retires a category of one's own. Needs `questions:write`.",
  })
  async updateQuestionCategory(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => UpdateQuestionCategoryInput) input: UpdateQuestionCategoryInput,
  ): Promise<UpdateQuestionCategoryPayload> {
    return { category: await updateQuestionCategory(ctx, input) };
  }
}
