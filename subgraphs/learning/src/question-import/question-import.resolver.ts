import { ConnectionArguments } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { type LearningContext } from "../context.js";
import { QuestionFilter } from "../question/question.type.js";
import { exportQuestions, importQuestions } from "./question-import.service.js";
import {
  ImportQuestionsInput,
  ImportQuestionsPayload,
  QuestionExport,
  QuestionFileFormat,
} from "./question-import.type.js";

@Resolver()
export class QuestionImportResolver {
  @Authorized()
  @Mutation(() => ImportQuestionsPayload, {
    description: "Reads files into drafts, each question for itself, with a report. Needs `questions:write`.",
  })
  importQuestions(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => ImportQuestionsInput) input: ImportQuestionsInput,
  ): Promise<ImportQuestionsPayload> {
    return importQuestions(ctx, input);
  }

  @Authorized()
  @Query(() => QuestionExport, {
    description:
      "A page of the caller's own questions as files. Translations travel in none of the formats. Needs `questions:read`.",
  })
  questionExport(
    @Ctx() ctx: LearningContext,
    @Arg("format", () => QuestionFileFormat) format: QuestionFileFormat,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("filter", () => QuestionFilter, { nullable: true }) filter: QuestionFilter | null,
  ): Promise<QuestionExport> {
    return exportQuestions(ctx, format, filter ?? {}, args);
  }
}
