import { ConnectionArguments, CURRENCIES, DateTime, Decimal } from "@lentera/kit";
import { PaymentPurpose, PaymentStatus } from "@lentera/prisma/finance";
import { ArgsType, Field, ID, InputType } from "type-graphql";
import { z } from "zod";

@InputType({ description: "Whom the provider should name and reach. Kept until the payer's account is erased." })
export class PayerContactInput {
  @Field(() => String, { description: "1 to 100 characters." })
  name!: string;
  @Field(() => String)
  email!: string;
  @Field(() => String, { description: "International, e.g. `+628123456789`." })
  phone!: string;
}

@InputType()
export class CreatePaymentInput {
  @Field(() => PaymentPurpose, { description: "What it is for." })
  purpose!: PaymentPurpose;
  @Field(() => ID, { description: "The id of what is to be paid; for TOP_UP the caller's own user id." })
  referenceId!: string;
  @Field(() => Decimal, {
    nullable: true,
    description: "Only where the payer decides it, as with TOP_UP: every other price is the server's.",
  })
  amount?: string | null;
  @Field(() => String, { description: "ISO 4217 code." })
  currency!: string;
  @Field(() => String, { description: "A `code` of `paymentMethods`." })
  method!: string;
  @Field(() => PayerContactInput)
  contact!: PayerContactInput;
  @Field(() => String, { nullable: true, description: "Where the payer comes back to from a provider's page." })
  returnUrl?: string | null;
  @Field(() => String, { description: "Any text of yours, 8 to 100 characters; the same text never pays twice." })
  idempotencyKey!: string;
}

const idempotencyKey = z.string().min(8, "Use 8 to 100 characters.").max(100, "Use 8 to 100 characters.");

export const createPaymentRules = z.object({
  purpose: z.enum(PaymentPurpose),
  referenceId: z.guid("Use the `id` of what is to be paid."),
  amount: z.string().nullish(),
  currency: z.enum(CURRENCIES, `Use one of ${CURRENCIES.join(", ")}.`),
  method: z.string().min(1, "Choose one of `paymentMethods`."),
  contact: z.object({
    name: z.string().trim().min(1, "Give a name.").max(100, "A name has at most 100 characters."),
    email: z.email("This is not an e-mail address.").max(200, "An address has at most 200 characters."),
    phone: z.string().regex(/^\+[1-9]\d{7,14}$/, "Write the number as +628123456789."),
  }),
  returnUrl: z
    .url({ protocol: /^https?$/, error: "Use an http:// or https:// address." })
    .max(250)
    .nullish(),
  idempotencyKey,
});

@InputType()
export class CancelPaymentInput {
  @Field(() => ID)
  paymentId!: string;
}

@InputType({ description: "All conditions have to hold." })
export class PaymentFilterInput {
  @Field(() => [PaymentStatus], { nullable: true })
  statuses?: PaymentStatus[] | null;
  @Field(() => [PaymentPurpose], { nullable: true })
  purposes?: PaymentPurpose[] | null;
  @Field(() => [String], { nullable: true, description: "Codes of payment methods." })
  methods?: string[] | null;
  @Field(() => ID, { nullable: true, description: "Payments of this person." })
  payerId?: string | null;
  @Field(() => ID, { nullable: true, description: "Payments for this thing." })
  referenceId?: string | null;
  @Field(() => String, { nullable: true, description: "ISO 4217 code." })
  currency?: string | null;
  @Field(() => DateTime, { nullable: true, description: "Made at this time or later." })
  from?: Date | null;
  @Field(() => DateTime, { nullable: true, description: "Made before this time." })
  until?: Date | null;
}

@ArgsType()
export class PaymentListArguments extends ConnectionArguments {
  @Field(() => PaymentFilterInput, { nullable: true })
  filter?: PaymentFilterInput | null;
}
