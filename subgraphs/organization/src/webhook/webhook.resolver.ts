import { ConnectionArguments, type Page } from "@lentera/kit";
import { Arg, Args, Authorized, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { type OrganizationContext } from "../context.js";
import { WEBHOOK_EVENT_TYPES } from "./webhook.event.js";
import {
  CreateWebhookEndpointInput,
  DeleteWebhookEndpointInput,
  ReplayWebhooksInput,
  ResendWebhookDeliveryInput,
  RotateWebhookSecretInput,
  TestWebhookInput,
  UpdateWebhookEndpointInput,
} from "./webhook.input.js";
import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  getWebhookEndpoint,
  listDeliveries,
  listWebhookEndpoints,
  replayWebhooks,
  resendDelivery,
  rotateWebhookSecret,
  testWebhook,
  updateWebhookEndpoint,
} from "./webhook.service.js";
import {
  CreateWebhookEndpointPayload,
  DeleteWebhookEndpointPayload,
  ReplayWebhooksPayload,
  ResendWebhookDeliveryPayload,
  RotateWebhookSecretPayload,
  TestWebhookPayload,
  UpdateWebhookEndpointPayload,
  type WebhookDelivery,
  WebhookDeliveryConnection,
  WebhookEndpoint,
  WebhookEndpointConnection,
} from "./webhook.type.js";

@Resolver(() => WebhookEndpoint)
export class WebhookResolver {
  @Authorized()
  @Query(() => [String], { description: "What integrators can be told of." })
  webhookEventTypes(): readonly string[] {
    return WEBHOOK_EVENT_TYPES;
  }

  @Authorized()
  @Query(() => WebhookEndpointConnection, {
    description: "The webhooks of the caller's organization, newest first. Needs `webhooks:manage`.",
  })
  webhookEndpoints(
    @Ctx() ctx: OrganizationContext,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<WebhookEndpoint>> {
    return listWebhookEndpoints(ctx, args);
  }

  @Authorized()
  @Query(() => WebhookEndpoint, { description: "Needs `webhooks:manage`." })
  webhookEndpoint(@Ctx() ctx: OrganizationContext, @Arg("id", () => ID) id: string): Promise<WebhookEndpoint> {
    return getWebhookEndpoint(ctx, id);
  }

  @Authorized()
  @Query(() => WebhookDeliveryConnection, {
    description: "What was sent to one endpoint, newest first. Needs `webhooks:manage`.",
  })
  webhookDeliveries(
    @Ctx() ctx: OrganizationContext,
    @Arg("endpointId", () => ID) endpointId: string,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
  ): Promise<Page<WebhookDelivery>> {
    return listDeliveries(ctx, endpointId, args);
  }

  @Authorized()
  @Mutation(() => CreateWebhookEndpointPayload, {
    description:
      "Needs `webhooks:manage`. Messages are signed by the Standard Webhooks specification; the secret is shown once.",
  })
  createWebhookEndpoint(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => CreateWebhookEndpointInput) input: CreateWebhookEndpointInput,
  ): Promise<CreateWebhookEndpointPayload> {
    return createWebhookEndpoint(ctx, input);
  }

  @Authorized()
  @Mutation(() => UpdateWebhookEndpointPayload, { description: "Changes what is said. Needs `webhooks:manage`." })
  async updateWebhookEndpoint(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => UpdateWebhookEndpointInput) input: UpdateWebhookEndpointInput,
  ): Promise<UpdateWebhookEndpointPayload> {
    return { webhookEndpoint: await updateWebhookEndpoint(ctx, input) };
  }

  @Authorized()
  @Mutation(() => DeleteWebhookEndpointPayload, { description: "Needs `webhooks:manage`." })
  async deleteWebhookEndpoint(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => DeleteWebhookEndpointInput) input: DeleteWebhookEndpointInput,
  ): Promise<DeleteWebhookEndpointPayload> {
    await deleteWebhookEndpoint(ctx, input.id);
    return { id: input.id };
  }

  @Authorized()
  @Mutation(() => RotateWebhookSecretPayload, {
    description: "A new secret; both sign for 24 hours. Needs `webhooks:manage`.",
  })
  rotateWebhookSecret(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => RotateWebhookSecretInput) input: RotateWebhookSecretInput,
  ): Promise<RotateWebhookSecretPayload> {
    return rotateWebhookSecret(ctx, input);
  }

  @Authorized()
  @Mutation(() => TestWebhookPayload, {
    description: "Sends an event of type `webhook.test`. Needs `webhooks:manage`.",
  })
  async testWebhook(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => TestWebhookInput) input: TestWebhookInput,
  ): Promise<TestWebhookPayload> {
    return { webhookDelivery: await testWebhook(ctx, input.id) };
  }

  @Authorized()
  @Mutation(() => ResendWebhookDeliveryPayload, { description: "Sends an event once more. Needs `webhooks:manage`." })
  async resendDelivery(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => ResendWebhookDeliveryInput) input: ResendWebhookDeliveryInput,
  ): Promise<ResendWebhookDeliveryPayload> {
    return { webhookDelivery: await resendDelivery(ctx, input.id) };
  }

  @Authorized()
  @Mutation(() => ReplayWebhooksPayload, {
    description: "Sends all events from a sequence number on once more, in their order. Needs `webhooks:manage`.",
  })
  replayWebhooks(
    @Ctx() ctx: OrganizationContext,
    @Arg("input", () => ReplayWebhooksInput) input: ReplayWebhooksInput,
  ): Promise<ReplayWebhooksPayload> {
    return replayWebhooks(ctx, input);
  }
}
