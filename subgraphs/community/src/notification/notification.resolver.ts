import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { CommunityContext } from "../context.js";
import { MarkNotificationReadInput } from "./notification.input.js";
import { listNotifications, markNotificationRead } from "./notification.service.js";
import { MarkNotificationReadPayload, Notification, NotificationConnection } from "./notification.type.js";

@Resolver(() => Notification)
export class NotificationResolver {
  @Authorized()
  @Query(() => NotificationConnection, { description: "The caller's own notifications, newest first." })
  notifications(
    @Ctx() ctx: CommunityContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<Notification>> {
    return listNotifications(ctx, args);
  }

  @Authorized()
  @Mutation(() => MarkNotificationReadPayload, {
    description: "Notes that the caller has read it; the first time counts.",
  })
  markNotificationRead(
    @Ctx() ctx: CommunityContext,
    @Arg("input", () => MarkNotificationReadInput) input: MarkNotificationReadInput,
  ): Promise<MarkNotificationReadPayload> {
    return markNotificationRead(ctx, input);
  }
}
