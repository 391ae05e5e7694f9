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
  type ResolverData,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import { type LearningContext } from "../context.js";
import { Class } from "../stubs.js";
import {
  cancelTryout,
  createTryout,
  findAccessCode,
  listManagedTryouts,
  scheduleTryout,
} from "./management.service.js";
import { findClassProgress, findProgress, watchProgress } from "./progress.service.js";
import { CancelTryoutInput, CreateTryoutInput, ScheduleTryoutInput } from "./tryout.input.js";
import {
  CancelTryoutPayload,
  ClassTryoutProgress,
  CreateTryoutPayload,
  ScheduleTryoutPayload,
  Tryout,
  TryoutConnection,
  TryoutManagementFilter,
  TryoutProgress,
} from "./tryout.type.js";

@Resolver(() => Tryout)
export class TryoutManagementResolver {
  @Authorized()
  @Query(() => TryoutConnection, {
    description: "The tryouts that the caller manages, in every state, newest first. Needs `tryouts:create`.",
  })
  managedTryouts(
    @Ctx() ctx: LearningContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("filter", () => TryoutManagementFilter, { nullable: true }) filter: TryoutManagementFilter | null,
  ): Promise<Page<Tryout>> {
    return listManagedTryouts(ctx, filter ?? {}, args);
  }

  @Authorized()
  @Mutation(() => CreateTryoutPayload, {
    description: "Composes a DRAFT by hand, from shares, or both. Needs `tryouts:create`.",
  })
  async createTryout(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => CreateTryoutInput) input: CreateTryoutInput,
  ): Promise<CreateTryoutPayload> {
    return { tryout: await createTryout(ctx, input) };
  }

  @Authorized()
  @Mutation(() => ScheduleTryoutPayload, { description: "Fixes when a DRAFT can be sat; clocks open and close it." })
  async scheduleTryout(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => ScheduleTryoutInput) input: ScheduleTryoutInput,
  ): Promise<ScheduleTryoutPayload> {
    return { tryout: await scheduleTryout(ctx, input) };
  }

  @Authorized()
  @Mutation(() => CancelTryoutPayload, { description: "Nobody can begin it any more; who has begun may finish." })
  async cancelTryout(
    @Ctx() ctx: LearningContext,
    @Arg("input", () => CancelTryoutInput) input: CancelTryoutInput,
  ): Promise<CancelTryoutPayload> {
    return { tryout: await cancelTryout(ctx, input) };
  }

  @Authorized()
  @Query(() => TryoutProgress, { description: "For those who manage the tryout." })
  tryoutProgress(@Ctx() ctx: LearningContext, @Arg("tryoutId", () => ID) tryoutId: string): Promise<TryoutProgress> {
    return findProgress(ctx, tryoutId);
  }

  @Authorized()
  @Subscription(() => TryoutProgress, {
    description: "The progress of a tryout, each time somebody has begun or finished.",
    subscribe: ({ args, context }: Omit<ResolverData<LearningContext>, "root">) =>
      watchProgress(context, String(args["tryoutId"])),
  })
  tryoutProgressed(@Ctx() ctx: LearningContext, @Arg("tryoutId", () => ID) tryoutId: string): Promise<TryoutProgress> {
    return findProgress(ctx, tryoutId);
  }

  @FieldResolver(() => Boolean, { description: "Whether `startAttempt` wants an access code." })
  requiresAccessCode(@Root() tryout: Tryout): boolean {
    return tryout.accessCode !== null;
  }

  @FieldResolver(() => String, { nullable: true, description: "For those who manage the tryout; null for others." })
  accessCode(@Ctx() ctx: LearningContext, @Root() tryout: Tryout): string | null {
    return findAccessCode(ctx, tryout);
  }
}

@Resolver(() => Class)
export class ClassProgressResolver {
  @Directive('@requires(fields: "studentIds")')
  @FieldResolver(() => ClassTryoutProgress, {
    nullable: true,
    description: "How far the class is with a tryout; null for those who may not read attempts.",
  })
  tryoutProgress(
    @Ctx() ctx: LearningContext,
    @Root() root: Class,
    @Arg("tryoutId", () => ID) tryoutId: string,
  ): Promise<ClassTryoutProgress | null> {
    return findClassProgress(ctx, root, tryoutId);
  }
}
