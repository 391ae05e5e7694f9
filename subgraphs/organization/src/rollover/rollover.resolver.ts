import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { userLoader } from "../user/user.loader.js";
import { User } from "../user/user.type.js";
import { ApplyRolloverInput, PreviewRolloverInput } from "./rollover.input.js";
import * as service from "./rollover.service.js";
import {
  ApplyRolloverPayload,
  PreviewRolloverPayload,
  Rollover,
  RolloverMove,
  RolloverMoveConnection,
} from "./rollover.type.js";

@Resolver(() => Rollover)
export class RolloverResolver {
  @FieldResolver(() => Int, { description: "How many students go into a class of the next year." })
  movingCount(@Root() { classes }: Rollover): number {
    return classes.reduce((sum, { toName, studentCount }) => sum + (toName === null ? 0 : studentCount), 0);
  }

  @FieldResolver(() => Int, { description: "How many students graduate." })
  graduatingCount(@Root() { classes }: Rollover): number {
    return classes.reduce((sum, { toName, studentCount }) => sum + (toName === null ? studentCount : 0), 0);
  }

  @FieldResolver(() => RolloverMoveConnection, { description: "Who goes where, class by class." })
  moves(
    @Ctx() ctx: OrganizationContext,
    @Root() { id }: Rollover,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<RolloverMove>> {
    return service.listMoves(ctx, id, args);
  }

  @Authorized()
  @Query(() => Rollover, { description: "A preview, or what was applied. Needs `classes:manage`." })
  rollover(@Ctx() ctx: OrganizationContext, @Arg("id", () => ID) id: string): Promise<Rollover> {
    return service.getRollover(ctx, id);
  }

  @Authorized()
  @Mutation(() => PreviewRolloverPayload, {
    description: "What a change of the academic year would do; changes nothing. Needs `classes:manage`.",
  })
  async previewRollover(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => PreviewRolloverInput) input: PreviewRolloverInput,
  ): Promise<PreviewRolloverPayload> {
    return { rollover: await service.previewRollover(ctx, input) };
  }

  @Authorized()
  @Mutation(() => ApplyRolloverPayload, {
    description: "Does what a preview says, unless anything has changed since. Needs `classes:manage`.",
  })
  async applyRollover(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => ApplyRolloverInput) { rolloverId }: ApplyRolloverInput,
  ): Promise<ApplyRolloverPayload> {
    return { rollover: await service.applyRollover(ctx, rolloverId) };
  }
}

@Resolver(() => RolloverMove)
export class RolloverMoveResolver {
  @FieldResolver(() => User)
  student(@Ctx() ctx: OrganizationContext, @Root() move: RolloverMove): Promise<User> {
    return userLoader(ctx).load(move.studentId);
  }
}
