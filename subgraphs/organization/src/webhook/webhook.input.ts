import { Field, ID, InputType, Int } from "type-graphql";
import { z } from "zod";
import { WEBHOOK_EVENT_TYPES } from "./webhook.event.js";
import { urlProblem } from "./webhook.rules.js";

const KEY_DESCRIPTION = "Any text of yours, 8 to 100 characters; the same text never does it twice.";
const idempotencyKey = z.string().min(8, "Use 8 to 100 characters.").max(100, "Use 8 to 100 characters.");

const url = (allowsPrivate: boolean) =>
  z.string().check(({ value, issues }) => {
    const message = urlProblem(value, allowsPrivate);
    if (message !== undefined) issues.push({ code: "custom", message, input: value });
  });
const description = z.string().trim().max(500, "A description has at most 500 characters.").nullish();
const eventTypes = z
  .array(z.string().refine((type) => WEBHOOK_EVENT_TYPES.includes(type), "There is no event of this type."))
  .min(1, "Choose at least one type of event.")
  .transform((types) => [...new Set(types)].toSorted());

@InputType()
export class CreateWebhookEndpointInput {
  @Field(() => String, { description: "An https:// address on the internet." })
  url!: string;
  @Field(() => [String], { description: "Of those that `webhookEventTypes` lists." })
  eventTypes!: string[];
  @Field(() => String, { nullable: true })
  description?: string | null;
  @Field(() => String, { description: KEY_DESCRIPTION })
  idempotencyKey!: string;
}
export const createWebhookEndpointRules = (allowsPrivate: boolean) =>
  z.object({ url: url(allowsPrivate), eventTypes, description, idempotencyKey });

@InputType()
export class UpdateWebhookEndpointInput {
  @Field(() => ID)
  id!: string;
  @Field(() => String, { nullable: true })
  url?: string | null;
  @Field(() => [String], { nullable: true })
  eventTypes?: string[] | null;
  @Field(() => String, { nullable: true })
  description?: string | null;
  @Field(() => Boolean, { nullable: true, description: "True forgets earlier failures." })
  isEnabled?: boolean | null;
}
/** What is not said stays as it is. */
export const updateWebhookEndpointRules = (allowsPrivate: boolean) =>
  z.object({
    id: z.string(),
    url: url(allowsPrivate).nullish(),
    eventTypes: eventTypes.nullish(),
    description,
    isEnabled: z.boolean().nullish(),
  });

@InputType()
class WebhookIdInput {
  @Field(() => ID)
  id!: string;
}
@InputType()
export class DeleteWebhookEndpointInput extends WebhookIdInput {}
@InputType()
export class TestWebhookInput extends WebhookIdInput {}
@InputType()
export class ResendWebhookDeliveryInput extends WebhookIdInput {}

@InputType()
export class RotateWebhookSecretInput extends WebhookIdInput {
  @Field(() => String, { description: KEY_DESCRIPTION })
  idempotencyKey!: string;
}
export const rotateWebhookSecretRules = z.object({ id: z.string(), idempotencyKey });

@InputType()
export class ReplayWebhooksInput {
  @Field(() => ID, { description: "Of the endpoint." })
  id!: string;
  @Field(() => Int, { description: "The first event to send again." })
  fromSequence!: number;
  @Field(() => String, { description: KEY_DESCRIPTION })
  idempotencyKey!: string;
}
export const replayWebhooksRules = z.object({
  id: z.string(),
  fromSequence: z.number().int().min(1, "The first event has the sequence 1."),
  idempotencyKey,
});
