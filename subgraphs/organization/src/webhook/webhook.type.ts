import { DateTime, connectionOf } from "@lentera/kit";
import { WebhookDeliveryStatus } from "@lentera/prisma/organization";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(WebhookDeliveryStatus, {
  name: "WebhookDeliveryStatus",
  description: "PENDING until an attempt succeeds or the last of 8 fails.",
});

@ObjectType({ description: "Where an organization is told of events, by the Standard Webhooks specification." })
export class WebhookEndpoint {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  url!: string;
  @Field(() => String, { nullable: true })
  description!: string | null;
  @Field(() => [String])
  eventTypes!: string[];
  @Field(() => DateTime)
  createdAt!: Date;
  @Field(() => DateTime, {
    nullable: true,
    description: "Since when every attempt has failed; after 120 hours it is disabled.",
  })
  failingSince!: Date | null;
  @Field(() => DateTime, { nullable: true, description: "Nothing is sent while this is set." })
  disabledAt!: Date | null;
  @Field(() => DateTime, { nullable: true, description: "After a rotation: until when the earlier secret signs, too." })
  previousExpiresAt!: Date | null;
}
export const WebhookEndpointConnection = connectionOf(WebhookEndpoint);

@ObjectType({ description: "One event on its way to one endpoint." })
export class WebhookDelivery {
  @Field(() => ID)
  id!: string;
  @Field(() => ID, { description: "The same in every attempt: `webhook-id`." })
  eventId!: string;
  @Field(() => String)
  eventType!: string;
  @Field(() => Int, {
    nullable: true,
    description: "The event's place among those of the organization, from 1 and without gaps; null for a test.",
  })
  sequence!: number | null;
  @Field(() => WebhookDeliveryStatus)
  status!: WebhookDeliveryStatus;
  @Field(() => Int)
  attempts!: number;
  @Field(() => DateTime)
  createdAt!: Date;
  @Field(() => DateTime, { nullable: true })
  lastAttemptAt!: Date | null;
  @Field(() => DateTime, { nullable: true })
  nextAttemptAt!: Date | null;
  @Field(() => Int, { nullable: true, description: "HTTP status of the latest answer." })
  responseCode!: number | null;
  @Field(() => String, { nullable: true, description: "How the latest answer begins." })
  responseBody!: string | null;
  @Field(() => Int, { nullable: true })
  durationMs!: number | null;
  @Field(() => String, { nullable: true, description: "Why there was no good answer." })
  error!: string | null;
}
export const WebhookDeliveryConnection = connectionOf(WebhookDelivery);

@ObjectType()
class WebhookEndpointPayload {
  @Field(() => WebhookEndpoint)
  webhookEndpoint!: WebhookEndpoint;
}
@ObjectType()
class WebhookSecretPayload extends WebhookEndpointPayload {
  @Field(() => String, {
    nullable: true,
    description: "Verifies signatures (`whsec_…`). Shown once: null when this call repeats an earlier one.",
  })
  secret!: string | null;
}
@ObjectType()
export class CreateWebhookEndpointPayload extends WebhookSecretPayload {}
@ObjectType()
export class RotateWebhookSecretPayload extends WebhookSecretPayload {}
@ObjectType()
export class UpdateWebhookEndpointPayload extends WebhookEndpointPayload {}
@ObjectType()
export class DeleteWebhookEndpointPayload {
  @Field(() => ID)
  id!: string;
}

@ObjectType()
class WebhookDeliveryPayload {
  @Field(() => WebhookDelivery)
  webhookDelivery!: WebhookDelivery;
}
@ObjectType()
export class TestWebhookPayload extends WebhookDeliveryPayload {}
@ObjectType()
export class ResendWebhookDeliveryPayload extends WebhookDeliveryPayload {}
@ObjectType()
export class ReplayWebhooksPayload {
  @Field(() => Int, { description: "Events that are being sent again, in their order; at most 10,000 in one call." })
  replayedCount!: number;
  @Field(() => Int, { nullable: true, description: "The last of them; go on from the next when there are more." })
  lastSequence!: number | null;
}
