import { ConnectionArguments } from "@lentera/kit";
import { DisputeStatus } from "@lentera/prisma/finance";
import { ArgsType, Field, ID, InputType } from "type-graphql";
import { z } from "zod";

@InputType()
export class SubmitDisputeEvidenceInput {
  @Field(() => ID)
  disputeId!: string;
  @Field(() => String, { description: "1 to 5000 characters." })
  statement!: string;
  @Field(() => [ID], { nullable: true, description: "At most 10 files that were uploaded before." })
  fileIds?: string[] | null;
  @Field(() => String, { description: "Any text of yours, 8 to 100 characters; the same text never does it twice." })
  idempotencyKey!: string;
}

export const submitDisputeEvidenceRules = z.object({
  disputeId: z.string(),
  statement: z.string().trim().min(1, "Say what speaks for you.").max(5000, "A statement has at most 5000 characters."),
  fileIds: z.array(z.guid("Use the `id` of a file.")).max(10, "At most 10 files.").nullish(),
  idempotencyKey: z.string().min(8, "Use 8 to 100 characters.").max(100, "Use 8 to 100 characters."),
});

@ArgsType()
export class DisputeListArguments extends ConnectionArguments {
  @Field(() => [DisputeStatus], { nullable: true })
  statuses?: DisputeStatus[] | null;
}
