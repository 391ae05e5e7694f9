import { Decimal } from "@lentera/kit";
import { LoanApplicationStatus, LoanDocumentKind, LoanDocumentStatus } from "@lentera/prisma/finance";
import { Field, ID, InputType, Int, registerEnumType } from "type-graphql";
import { z } from "zod";
import { BusinessFactsInput, businessFactsRules } from "../loan-assessment/loan-assessment.input.js";
import { idempotencyKeyRule } from "../transfer/transfer.input.js";
import { DOCUMENT_MEDIA_TYPES } from "./loan-application.rules.js";

registerEnumType(LoanApplicationStatus, {
  name: "LoanApplicationStatus",
  description: "How far an application has come.",
});
registerEnumType(LoanDocumentKind, { name: "LoanDocumentKind", description: "What a paper shows." });
registerEnumType(LoanDocumentStatus, {
  name: "LoanDocumentStatus",
  description: "How far a paper has come: announced, received, and then verified or refused by the bank.",
});

@InputType()
export class CreateLoanApplicationInput {
  @Field(() => ID)
  productId!: string;
  @Field(() => Decimal, { description: "Within the product's limits." })
  amount!: string;
  @Field(() => Int)
  months!: number;
  @Field(() => String, { description: "What the money is for; 3 to 500 characters." })
  purpose!: string;
  @Field(() => String)
  businessName!: string;
  @Field(() => String, { description: "Of the identity card, 8 to 20 digits. Stored encrypted and shown masked." })
  identityNumber!: string;
  @Field(() => BusinessFactsInput)
  facts!: BusinessFactsInput;
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType()
export class MoveLoanApplicationInput {
  @Field(() => ID)
  applicationId!: string;
  @Field(() => Int, { description: "The version that was read: when somebody was faster, nothing happens." })
  version!: number;
  @Field(() => LoanApplicationStatus)
  to!: LoanApplicationStatus;
  @Field(() => String, { nullable: true, description: "Needed for REJECTED and DOCUMENTS_REQUESTED." })
  reason?: string | null;
}

@InputType()
export class AnnounceLoanDocumentInput {
  @Field(() => ID)
  applicationId!: string;
  @Field(() => LoanDocumentKind)
  kind!: LoanDocumentKind;
  @Field(() => String, { description: "`application/pdf`, `image/jpeg` or `image/png`." })
  mediaType!: string;
  @Field(() => Int, { description: "Exactly how many bytes will be sent, at most 5,242,880." })
  sizeBytes!: number;
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType()
export class CheckLoanDocumentInput {
  @Field(() => ID)
  documentId!: string;
  @Field(() => Boolean, { description: "Whether it shows what it should." })
  isVerified!: boolean;
  @Field(() => String, { nullable: true, description: "Needed when it does not." })
  reason?: string | null;
}

const reason = z.string().trim().min(1, "Say why.").max(500, "A reason has at most 500 characters.").nullish();

export const createLoanApplicationRules = z.object({
  productId: z.guid("Use the `id` of a product."),
  amount: z.string(),
  months: z.int(),
  purpose: z.string().trim().min(3, "Say what it is for.").max(500, "A purpose has at most 500 characters."),
  businessName: z.string().trim().min(2, "Give the name.").max(200, "A name has at most 200 characters."),
  identityNumber: z.string().regex(/^\d{8,20}$/, "Give 8 to 20 digits."),
  facts: businessFactsRules,
  idempotencyKey: idempotencyKeyRule,
});

export const moveLoanApplicationRules = z.object({
  applicationId: z.guid("Use the `id` of an application."),
  version: z.int(),
  to: z.enum(LoanApplicationStatus),
  reason,
});

export const announceLoanDocumentRules = z.object({
  applicationId: z.guid("Use the `id` of an application."),
  kind: z.enum(LoanDocumentKind),
  mediaType: z.enum(DOCUMENT_MEDIA_TYPES, "Send a PDF, JPEG or PNG."),
  sizeBytes: z.int().min(1, "An empty file cannot be sent.").max(5_242_880, "A file has at most 5 MB."),
  idempotencyKey: idempotencyKeyRule,
});

export const checkLoanDocumentRules = z
  .object({ documentId: z.guid("Use the `id` of a document."), isVerified: z.boolean(), reason })
  .refine(({ isVerified, reason: why }) => isVerified || why != null, { path: ["reason"], message: "Say why." });
