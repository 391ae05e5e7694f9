import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { type LearningContext } from "../context.js";
import { subtestsLoader } from "./tryout.loader.js";
import { countItems, listTryouts } from "./tryout.service.js";
import { Tryout, TryoutConnection, TryoutFilter, TryoutSubtest } from "./tryout.type.js";

@Resolver(() => Tryout)
export class TryoutResolver {
  @Authorized()
  @Query(() => TryoutConnection, {
    description: "The tryouts on offer to the caller, the recommended first one first.",
  })
  tryouts(
    @Ctx() ctx: LearningContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("filter", () => TryoutFilter, { nullable: true }) filter: TryoutFilter | null,
  ): Promise<Page<Tryout>> {
    return listTryouts(ctx, args, filter ?? {});
  }

  @FieldResolver(() => [TryoutSubtest], { description: "In the order in which they are sat." })
  subtests(@Ctx() ctx: LearningContext, @Root() tryout: Tryout): Promise<TryoutSubtest[]> {
    return subtestsLoader(ctx).load(tryout.id);
  }

  @FieldResolver(() => Int)
  itemCount(@Ctx() ctx: LearningContext, @Root() tryout: Tryout): Promise<number> {
    return countItems(ctx, tryout.id);
  }
}
