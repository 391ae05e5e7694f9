import { ConnectionArguments, type Page } from "@lentera/kit";
import { Args, Ctx, Query, Resolver } from "type-graphql";
import type { MarketplaceContext } from "../context.js";
import { type TutorProfile, TutorProfileConnection } from "../tutor-profile/tutor-profile.type.js";
import { TutorSearchArguments } from "./tutor-search.input.js";
import { searchTutors } from "./tutor-search.service.js";

@Resolver()
export class TutorSearchResolver {
  @Query(() => TutorProfileConnection, { description: "Active and verified tutors; paged forward only. Public." })
  tutors(
    @Ctx() ctx: MarketplaceContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Args(() => TutorSearchArguments) search: TutorSearchArguments,
  ): Promise<Page<TutorProfile>> {
    return searchTutors(ctx, args, search);
  }
}
