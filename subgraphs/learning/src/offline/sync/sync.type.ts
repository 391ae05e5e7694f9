import { DateTime, connectionOf } from "@lentera/kit";
import { SittingVerdict, SyncItemKind, SyncItemStatus, SyncPriority } from "@lentera/prisma/learning";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(SyncItemKind, {
  name: "SyncItemKind",
  description: "ANSWER: a signed entry of a sitting's chain. The others: JSON, see `SyncItemInput.payload`.",
});
registerEnumType(SyncPriority, { name: "SyncPriority", description: "HIGH comes first." });
registerEnumType(SyncItemStatus, {
  name: "SyncItemStatus",
  description:
    "HELD: done. PENDING: stored, send it again later. REJECTED: stored, and sending it again will not help. DEAD: set aside after 5 tries; staff can try it again.",
});
registerEnumType(SittingVerdict, {
  name: "SittingVerdict",
  description:
    "ACCEPTED and FLAGGED sittings are scored, flagged ones are for staff to look at; REJECTED ones are not.",
});

export enum SyncReason {
  INVALID_PAYLOAD = "INVALID_PAYLOAD",
  ID_REUSED = "ID_REUSED",
  INTERNAL = "INTERNAL",
  NO_EVIDENCE = "NO_EVIDENCE",
  UNKNOWN_PACKAGE = "UNKNOWN_PACKAGE",
  FOREIGN_PACKAGE = "FOREIGN_PACKAGE",
  FOREIGN_DEVICE = "FOREIGN_DEVICE",
  TAMPERED = "TAMPERED",
  FORKED = "FORKED",
  BROKEN_LINK = "BROKEN_LINK",
  MISSING_PREDECESSOR = "MISSING_PREDECESSOR",
  SECOND_SITTING = "SECOND_SITTING",
  AFTER_FINISH = "AFTER_FINISH",
  ELAPSED_BACKWARDS = "ELAPSED_BACKWARDS",
  OUTSIDE_WINDOW = "OUTSIDE_WINDOW",
  UNKNOWN_ITEM = "UNKNOWN_ITEM",
  INVALID_RESPONSE = "INVALID_RESPONSE",
}
registerEnumType(SyncReason, {
  name: "SyncReason",
  description: "Why an item is not held.",
  valuesConfig: {
    INVALID_PAYLOAD: { description: "It cannot be read, or is larger than 16 KB." },
    ID_REUSED: { description: "The id came before with something else; that stays what it was." },
    INTERNAL: { description: "Our fault; send it again." },
    NO_EVIDENCE: { description: "No answer of that day has come in. Waits for one, up to 5 tries." },
    UNKNOWN_PACKAGE: { description: "The caller has no such package." },
    FOREIGN_PACKAGE: { description: "The entry belongs to another package's content or sitting." },
    FOREIGN_DEVICE: { description: "The package was given to another device, or another one delivers." },
    TAMPERED: { description: "It is not what the device signed." },
    FORKED: { description: "Another entry is held at its place." },
    BROKEN_LINK: { description: "It does not follow from the entry before it." },
    MISSING_PREDECESSOR: { description: "What it follows from has not arrived. Waits for it, up to 5 tries." },
    SECOND_SITTING: { description: "The tryout is sat once, and this package has a sitting already." },
    AFTER_FINISH: { description: "The sitting has ended." },
    ELAPSED_BACKWARDS: { description: "Less time had passed than at the entry before it." },
    OUTSIDE_WINDOW: { description: "By the corrected clock it is not within the life of the package." },
    UNKNOWN_ITEM: { description: "The paper has no such item." },
    INVALID_RESPONSE: { description: "The item has no such options." },
  },
});

@ObjectType()
export class SyncItemResult {
  @Field(() => ID)
  clientId!: string;
  @Field(() => SyncItemStatus)
  status!: SyncItemStatus;
  @Field(() => SyncReason, { nullable: true, description: "Null for HELD." })
  reason!: SyncReason | null;
}

@ObjectType({ description: "What the server holds of one sitting, signed." })
export class OfflineReceipt {
  @Field(() => ID)
  sittingId!: string;
  @Field(() => Int, { description: "Entries held without a gap; 0 for none." })
  headSequence!: number;
  @Field(() => String, { nullable: true, description: "Hash of the last of them, which stands for all." })
  headHash!: string | null;
  @Field(() => String, {
    description:
      "Compact JWS (EdDSA, `typ` lentera-receipt) over studentId, sittingId, headSequence, headHash, issuedAt and `answers`: every entry that has come in, with clientId, sequence, hash (of held ones), status and reason.",
  })
  token!: string;
}

@ObjectType()
export class SyncOfflinePayload {
  @Field(() => [SyncItemResult], { description: "One for each item sent, in the same order." })
  results!: SyncItemResult[];
  @Field(() => Int, { description: "How many of the items sent are HELD." })
  synced!: number;
  @Field(() => Int, { description: "How many are not." })
  failed!: number;
  @Field(() => [OfflineReceipt], { description: "One for each sitting of which something was sent." })
  receipts!: OfflineReceipt[];
  @Field(() => DateTime, { description: "The server's clock." })
  serverTime!: Date;
}

@ObjectType({ description: "A sitting of a package, as far as it has been delivered." })
export class OfflineSitting {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  packageId!: string;
  @Field(() => DateTime, { description: "By the device's clock, corrected." })
  startedAt!: Date;
  @Field(() => DateTime, { nullable: true, description: "Null until its end has been delivered." })
  finishedAt!: Date | null;
  @Field(() => SittingVerdict, { nullable: true, description: "Null until its end has been delivered." })
  verdict!: SittingVerdict | null;
  @Field(() => [String], {
    description:
      "Why it is not simply accepted: TIME_EXCEEDED, IMPOSSIBLE_TIME, OUTSIDE_PACKAGE, AFTER_CLOSE, ALREADY_SAT; CLOCK_CHANGED, CLOCKS_DISAGREE, DELIVERED_AFTER_CLOSE.",
  })
  reasons!: string[];
  @Field(() => Int, { nullable: true, description: "Where the student was, as the client last said; from 1." })
  position!: number | null;

  studentId!: string;
  attemptId!: string | null;
}

export const OfflineSittingConnection = connectionOf(OfflineSitting);

@ObjectType({ description: "Something that a client delivered and that could not be dealt with." })
export class DeadLetter {
  @Field(() => ID)
  id!: string;
  @Field(() => ID, { description: "The id that the client gave it." })
  clientId!: string;
  @Field(() => SyncItemKind)
  kind!: SyncItemKind;
  @Field(() => SyncPriority)
  priority!: SyncPriority;
  @Field(() => String, { description: "As it came." })
  payload!: string;
  @Field(() => SyncItemStatus, { description: "DEAD in the list; after a retry what came of it." })
  status!: SyncItemStatus;
  @Field(() => String, { nullable: true, description: "A `SyncReason`." })
  reason!: string | null;
  @Field(() => Int)
  retryCount!: number;
  @Field(() => DateTime, { description: "By the device's clock." })
  createdAt!: Date;
  @Field(() => DateTime, { description: "By the server's clock." })
  receivedAt!: Date;

  userId!: string;
}

export const DeadLetterConnection = connectionOf(DeadLetter);

@ObjectType()
export class RetryDeadLetterPayload {
  @Field(() => DeadLetter)
  deadLetter!: DeadLetter;
}
