import { DateTime } from "@lentera/kit";
import { Field, ID, InputType, Int } from "type-graphql";
import { z } from "zod";

@InputType({ description: "Entries for which all that is given is true." })
export class AuditEntryFilter {
  @Field(() => ID, { nullable: true, description: "Who did it, in person or as an impersonator." })
  actorId?: string | null;
  @Field(() => String, { nullable: true })
  entityType?: string | null;
  @Field(() => String, { nullable: true })
  entityId?: string | null;
  @Field(() => String, { nullable: true })
  action?: string | null;
  @Field(() => DateTime, { nullable: true, description: "This instant or later." })
  from?: Date | null;
  @Field(() => DateTime, { nullable: true, description: "Before this instant." })
  to?: Date | null;
  @Field(() => ID, { nullable: true, description: "For the platform's admins; others always see their own." })
  organizationId?: string | null;
}

@InputType()
export class ExportAuditLogInput {
  @Field(() => ID, {
    nullable: true,
    description: "Platform admins only: whose chain; without it the platform's. Others export their own.",
  })
  organizationId?: string | null;
  @Field(() => Int, { defaultValue: 0, description: "Only entries after this position." })
  afterSequence!: number;
  @Field(() => Int, { defaultValue: 1000, description: "At most this many entries, 1 to 1000." })
  limit!: number;
}

export const exportRules = z.object({
  organizationId: z.uuid("This is not an id.").nullish(),
  afterSequence: z.int().min(0, "Positions start at 0."),
  limit: z.int().min(1, "Ask for at least one entry.").max(1000, "Ask for at most 1000 entries at a time."),
});
