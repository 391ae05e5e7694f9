import { DateTime, connectionOf } from "@lentera/kit";
import { Field, ID, Int, ObjectType } from "type-graphql";
import { Json } from "../json.js";

@ObjectType({ description: "A sensitive operation as it was written down when it happened. Entries never change." })
export class AuditEntry {
  @Field(() => ID)
  id!: string;
  @Field(() => Int, { description: "Position in the chain of its organization (or of the platform), from 1." })
  sequence!: number;
  @Field(() => ID, { nullable: true, description: "Null: an entry of the platform." })
  organizationId!: string | null;
  @Field(() => ID, { nullable: true, description: "Who did it; null for background work and API keys." })
  actorId!: string | null;
  @Field(() => ID, { nullable: true, description: "The admin who acted as that person." })
  impersonatorId!: string | null;
  @Field(() => String, { description: "Noun and past participle, e.g. `session.started`." })
  action!: string;
  @Field(() => String)
  entityType!: string;
  @Field(() => String, { nullable: true })
  entityId!: string | null;
  @Field(() => Json, { nullable: true })
  oldValues!: unknown;
  @Field(() => Json, { nullable: true })
  newValues!: unknown;
  @Field(() => String, { nullable: true })
  ip!: string | null;
  @Field(() => String, { nullable: true })
  userAgent!: string | null;
  @Field(() => DateTime)
  occurredAt!: Date;
}

export const AuditEntryConnection = connectionOf(AuditEntry);

@ObjectType()
export class ExportAuditLogPayload {
  @Field(() => String, {
    description:
      "JSON lines, oldest first: `{ previousHash, hash, entry }`. Lines of consecutive calls together are one chain.",
  })
  lines!: string;
  @Field(() => Int, { nullable: true, description: "Pass it as `afterSequence` of the next call; null at the end." })
  nextAfterSequence!: number | null;
}
