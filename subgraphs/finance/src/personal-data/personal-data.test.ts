import { describePersonalData } from "@lentera/kit/testing";
import { buildLedgerAccount } from "@lentera/prisma/factories";
import { createSubgraph } from "../subgraph.js";
import { PERSONAL_DATA } from "./personal-data.store.js";

describePersonalData({
  subgraph: "finance",
  create: createSubgraph,
  records: PERSONAL_DATA,
  store: async ({ owner }, userId) => {
    await buildLedgerAccount(owner, { ownerId: userId, balanceMinor: 150_000n });
  },
});
