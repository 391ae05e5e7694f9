import { type EventConsumer, consume } from "@lentera/kit";
import { z } from "zod";
import type { Transaction } from "../context.js";
import { setTimeZone } from "../xp/learner.store.js";
import * as store from "./cohort.store.js";

/** What this subgraph reads of the events of others. */
const members = { joined: z.array(z.uuid()), left: z.array(z.uuid()) };
const classMembersChanged = {
  type: "class.members-changed",
  version: 1,
  data: z.object({ classId: z.uuid(), organizationId: z.uuid(), ...members }),
};
const studyGroupMembersChanged = {
  type: "study-group.members-changed",
  version: 1,
  data: z.object({ groupId: z.uuid(), ...members }),
};
const userTimeZoneSet = {
  type: "user.time-zone-set",
  version: 1,
  data: z.object({ userId: z.uuid(), timeZone: z.string() }),
};

/** Who is ranked with whom, and where people are, as those say who know. Older news than what is known changes nothing. */
export const cohortConsumers: readonly EventConsumer<Transaction>[] = [
  consume(classMembersChanged, (tx: Transaction, { classId, organizationId, joined, left }, { occurredAt }) =>
    store.changeMembers(tx, { id: classId, scope: "CLASS", organizationId }, { joined, left }, new Date(occurredAt)),
  ),
  consume(studyGroupMembersChanged, (tx: Transaction, { groupId, joined, left }, { occurredAt }) =>
    store.changeMembers(
      tx,
      { id: groupId, scope: "GROUP", organizationId: null },
      { joined, left },
      new Date(occurredAt),
    ),
  ),
  consume(userTimeZoneSet, (tx: Transaction, { userId, timeZone }, { occurredAt }) =>
    setTimeZone(tx, userId, timeZone, new Date(occurredAt)),
  ),
];
