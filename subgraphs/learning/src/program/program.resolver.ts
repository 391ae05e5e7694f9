import { ConnectionArguments, type Page } from "@lentera/kit";
import {
  Arg,
  Args,
  Authorized,
  Ctx,
  Directive,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import type { LearningContext } from "../context.js";
import { examTypeLoader } from "../exam-type/exam-type.loader.js";
import { ExamType } from "../exam-type/exam-type.type.js";
import { User } from "../stubs.js";
import { ProgramFilter, SaveProgramInput } from "./program.input.js";
import { getProgram, listChances, listPrograms, saveProgram } from "./program.service.js";
import { AdmissionChance, Program, ProgramConnection, SaveProgramPayload } from "./program.type.js";

@Resolver(() => Program)
export class ProgramResolver {
  @Authorized()
  @Query(() => Program)
  program(@Ctx() ctx: LearningContext, @Arg("id", () => ID) id: string): Promise<Program> {
    return getProgram(ctx, id);
  }

  @Authorized()
  @Query(() => ProgramConnection, { description: "The programmes that admit at present, by university and name." })
  programs(
    @Ctx() ctx: LearningContext,
    @Arg("filter", () => ProgramFilter, { nullable: true }) filter: ProgramFilter | null,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Program>> {
    return listPrograms(ctx, filter, args);
  }

  @Authorized()
  @Mutation(() => SaveProgramPayload, {
    description: "Adds a programme, or makes the one of these names what is said; needs `system:settings`.",
  })
  saveProgram(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => SaveProgramInput) input: SaveProgramInput,
  ): Promise<SaveProgramPayload> {
    return saveProgram(ctx, input);
  }

  @FieldResolver(() => [ExamType], { description: "The examinations by which it admits." })
  examTypes(@Ctx() ctx: LearningContext, @Root() { examTypeIds }: Program): Promise<ExamType[]> {
    return Promise.all(examTypeIds.map((id) => examTypeLoader(ctx).load(id)));
  }
}

@Resolver(() => User)
export class ApplicantResolver {
  @Directive('@requires(fields: "viewerAccess { viewDetailedAnalytics }")')
  @FieldResolver(() => [AdmissionChance], {
    nullable: true,
    description: "In the order of `programIds`; null when the caller may not see detailed analytics.",
  })
  admissionChances(
    @Ctx() ctx: LearningContext,
    @Root() user: User,
    @Arg("programIds", () => [ID], { description: "20 at most." }) programIds: string[],
  ): Promise<AdmissionChance[] | null> {
    return listChances(ctx, user, programIds);
  }
}
