import { createPubSub } from "./pubsub.js";
import { describePubSub } from "./testing/pubsub.contract.js";

describePubSub(
  "in memory",
  () => createPubSub(),
  async () => undefined,
);
