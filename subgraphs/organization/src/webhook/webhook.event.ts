import type { EventConsumer } from "@lentera/kit";
import { z } from "zod";
import type { Transaction } from "../context.js";
import { apiKeyCreated, apiKeyRevoked, webhookEndpointDisabled } from "../events.js";
import { deliverToWebhooks } from "./webhook.fan-out.js";

/**
 * What integrators can be told of: events of any subgraph whose data has an `organizationId`. A line here is all that
 * another subgraph's event needs.
 */
const WEBHOOK_EVENTS: readonly { readonly type: string; readonly version: number }[] = [
  apiKeyCreated,
  apiKeyRevoked,
  webhookEndpointDisabled,
];

export const WEBHOOK_EVENT_TYPES: readonly string[] = WEBHOOK_EVENTS.map(({ type }) => type);

const withOrganization = z.looseObject({ organizationId: z.uuid() });

/** One consumer for each type. Data without an organization is nobody's to be told. */
export const webhookConsumers: readonly EventConsumer<Transaction>[] = WEBHOOK_EVENTS.map(({ type, version }) => ({
  type,
  version,
  handle: async (tx, event) => {
    const { success, data } = withOrganization.safeParse(event.data);
    if (success) await deliverToWebhooks(tx, data.organizationId, event);
  },
}));
