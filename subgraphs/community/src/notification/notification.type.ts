import { DateTime, connectionOf } from "@lentera/kit";
import { Field, ID, ObjectType } from "type-graphql";

@ObjectType({ description: "News for one person, in the language of the request." })
export class Notification {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  title!: string;
  @Field(() => String)
  message!: string;
  @Field(() => DateTime)
  createdAt!: Date;
  @Field(() => DateTime, { nullable: true, description: "Null while it is unread." })
  readAt!: Date | null;
}

export const NotificationConnection = connectionOf(Notification);

@ObjectType()
export class MarkNotificationReadPayload {
  @Field(() => Notification)
  notification!: Notification;
}
