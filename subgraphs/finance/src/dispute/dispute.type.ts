import { DateTime, connectionOf } from "@lentera/kit";
import { DisputeStatus } from "@lentera/prisma/finance";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(DisputeStatus, {
  name: "DisputeStatus",
  description: "How a dispute stands.",
  valuesConfig: {
    OPEN: { description: "The bank has not decided." },
    WON: { description: "The money stays." },
    LOST: { description: "The bank has taken the money back." },
  },
});

@ObjectType({ description: "What speaks for the merchant. It never changes." })
export class DisputeEvidence {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  statement!: string;
  @Field(() => [ID], { description: "Files that belong to it." })
  fileIds!: string[];
  @Field(() => DateTime)
  createdAt!: Date;
}

@ObjectType({ description: "The payer's bank asks for money back." })
export class Dispute {
  @Field(() => ID)
  id!: string;
  @Field(() => DisputeStatus)
  status!: DisputeStatus;
  @Field(() => DateTime)
  createdAt!: Date;
  @Field(() => DateTime, { nullable: true })
  resolvedAt!: Date | null;

  paymentId!: string;
  amountMinor!: bigint;
}

export const DisputeConnection = connectionOf(Dispute);

@ObjectType()
export class SubmitDisputeEvidencePayload {
  @Field(() => Dispute)
  dispute!: Dispute;
}
