import { describePersonalData } from "@lentera/kit/testing";
import { buildSubject, buildTutorProfile } from "@lentera/prisma/factories";
import { createSubgraph } from "../subgraph.js";
import { PERSONAL_DATA } from "./personal-data.store.js";

describePersonalData({
  subgraph: "marketplace",
  create: createSubgraph,
  records: PERSONAL_DATA,
  store: async ({ owner }, userId, trace) => {
    const subject = await buildSubject(owner);
    await buildTutorProfile(owner, { userId, headline: trace, bio: `Saya ${trace}.`, subjects: [{ subject }] });
  },
});
