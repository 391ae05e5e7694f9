import { Arg, Authorized, Ctx, Int, Query, Resolver } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { listPlatformStatistics } from "./platform-statistic.service.js";
import { PlatformStatistic } from "./platform-statistic.type.js";

@Resolver()
export class PlatformStatisticResolver {
  @Authorized()
  @Query(() => [PlatformStatistic], {
    description: "The platform day by day, oldest first. Needs `platform:read`.",
  })
  platformStatistics(
    @Ctx() ctx: OrganizationContext,
    @Arg("days", () => Int, { defaultValue: 30, description: "How many finished days, 1 to 400." }) days: number,
  ): Promise<PlatformStatistic[]> {
    return listPlatformStatistics(ctx, days);
  }
}
