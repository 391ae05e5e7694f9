import { DateTime } from "@lentera/kit";
import { Arg, Ctx, Directive, Query, Resolver } from "type-graphql";
import type { OrganizationContext } from "../context.js";
import { listEndedAccess } from "./ended-access.service.js";
import { EndedAccess } from "./ended-access.type.js";

@Resolver()
export class EndedAccessResolver {
  @Directive("@inaccessible")
  @Query(() => [EndedAccess], {
    description: "For the gateway, which asks every 2 seconds: whose access has ended since a moment.",
  })
  endedAccess(@Ctx() ctx: OrganizationContext, @Arg("since", () => DateTime) since: Date): Promise<EndedAccess[]> {
    return listEndedAccess(ctx, since);
  }
}
