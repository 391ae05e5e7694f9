import { ConnectionArguments, type Page } from "@lentera/kit";
import { Args, Ctx, Query, Resolver } from "type-graphql";
import type { MarketplaceContext } from "../context.js";
import { listSubjects } from "./subject.service.js";
import { type Subject, SubjectConnection } from "./subject.type.js";

@Resolver()
export class SubjectResolver {
  @Query(() => SubjectConnection, { description: "The subjects on offer, by name. Public." })
  subjects(
    @Ctx() ctx: MarketplaceContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Subject>> {
    return listSubjects(ctx, args);
  }
}
