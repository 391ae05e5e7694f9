import { DateTime, connectionOf } from "@lentera/kit";
import { LoanActor, LoanApplicationStatus, LoanDocumentKind, LoanDocumentStatus } from "@lentera/prisma/finance";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(LoanActor, { name: "LoanActor", description: "On which side somebody acted." });

@ObjectType({ description: "One change of an application's status." })
export class LoanApplicationMove {
  @Field(() => Int, { description: "The application's version after it." })
  version!: number;
  @Field(() => LoanApplicationStatus)
  from!: LoanApplicationStatus;
  @Field(() => LoanApplicationStatus)
  to!: LoanApplicationStatus;
  @Field(() => LoanActor)
  actor!: LoanActor;
  @Field(() => String, { nullable: true })
  reason!: string | null;
  @Field(() => DateTime)
  createdAt!: Date;
}

@ObjectType({ description: "A paper for an application." })
export class LoanDocument {
  @Field(() => ID)
  id!: string;
  @Field(() => LoanDocumentKind)
  kind!: LoanDocumentKind;
  @Field(() => LoanDocumentStatus)
  status!: LoanDocumentStatus;
  @Field(() => String)
  mediaType!: string;
  @Field(() => Int)
  sizeBytes!: number;
  @Field(() => String, { nullable: true, description: "Why the bank refused it." })
  reason!: string | null;
}

@ObjectType({ description: "A wish for a loan, and how far it has come." })
export class LoanApplication {
  @Field(() => ID)
  id!: string;
  @Field(() => LoanApplicationStatus)
  status!: LoanApplicationStatus;
  @Field(() => Int, { description: "Counts changes; send it with the next one." })
  version!: number;
  @Field(() => Int)
  months!: number;
  @Field(() => String)
  purpose!: string;
  @Field(() => String)
  businessName!: string;
  @Field(() => DateTime)
  createdAt!: Date;

  bankId!: string;
  productId!: string;
  assessmentId!: string | null;
  amountMinor!: bigint;
  currency!: string;
  identityLastDigits!: string;
}
export const LoanApplicationConnection = connectionOf(LoanApplication);

@ObjectType({ description: "The application as it stands after the change." })
export class LoanApplicationPayload {
  @Field(() => LoanApplication)
  application!: LoanApplication;
}

@ObjectType()
export class AnnounceLoanDocumentPayload {
  @Field(() => LoanDocument)
  document!: LoanDocument;
  @Field(() => String, { description: "Where to `PUT` the bytes, once, within 15 minutes; relative to the API." })
  uploadUrl!: string;
}

@ObjectType()
export class LoanDocumentPayload {
  @Field(() => LoanDocument)
  document!: LoanDocument;
}
