import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";

@InputType()
export class MarkNotificationReadInput {
  @Field(() => ID)
  notificationId!: string;
}

export const markNotificationReadRules = z.object({
  notificationId: z.guid("Use the `id` of a notification."),
});
