import { randomUUID } from "node:crypto";
import { describePersonalData } from "@lentera/kit/testing";
import { buildConversation, buildMessage, buildNotification } from "@lentera/prisma/factories";
import { createSubgraph } from "../subgraph.js";
import { PERSONAL_DATA } from "./personal-data.store.js";

describePersonalData({
  subgraph: "community",
  create: createSubgraph,
  records: PERSONAL_DATA,
  store: async ({ owner }, userId, trace) => {
    const partnerId = randomUUID();
    const conversation = await buildConversation(owner, { participantIds: [userId, partnerId] });
    await buildMessage(owner, { conversation, text: `Nama saya ${trace}.` });
    await buildMessage(owner, { conversation, authorId: partnerId, text: "Salam kenal." });
    await buildNotification(owner, { userId });
  },
});
