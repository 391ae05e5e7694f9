import { Decimal } from "@lentera/kit";
import { CreditChannel } from "@lentera/prisma/finance";
import { Field, ID, InputType, Int, registerEnumType } from "type-graphql";
import { z } from "zod";
import { descriptionRule, idempotencyKeyRule } from "../transfer/transfer.input.js";
import { isRate } from "./credit.rules.js";

registerEnumType(CreditChannel, { name: "CreditChannel", description: "What a messaging credit pays for." });

@InputType()
export class SaveCreditVendorInput {
  @Field(() => ID, { nullable: true, description: "Of the vendor to change; none adds one." })
  id?: string | null;
  @Field(() => String, { description: "Unique; 1 to 200 characters." })
  name!: string;
  @Field(() => String)
  contact!: string;
  @Field(() => Decimal, { nullable: true, description: "Rupiah for one SMS, up to 4 decimals; null: not sold." })
  smsRate?: string | null;
  @Field(() => Decimal, { nullable: true, description: "Rupiah for one WhatsApp message." })
  whatsappRate?: string | null;
  @Field(() => Decimal, { nullable: true, description: "Rupiah for one e-mail." })
  emailRate?: string | null;
  @Field(() => Int, { description: "Credits in one order, at least." })
  minimumOrder!: number;
  @Field(() => String)
  paymentTerms!: string;
  @Field(() => Decimal, { nullable: true, description: "0 to 5." })
  rating?: string | null;
  @Field(() => Boolean)
  isActive!: boolean;
}

@InputType()
export class PurchaseCreditsInput {
  @Field(() => ID)
  vendorId!: string;
  @Field(() => Int)
  smsCount!: number;
  @Field(() => Int)
  whatsappCount!: number;
  @Field(() => Int)
  emailCount!: number;
  @Field(() => Decimal, { description: "Rupiah for all of it." })
  cost!: string;
  @Field(() => String)
  paymentMethod!: string;
  @Field(() => String, { description: "The vendor's; unique for each vendor." })
  invoiceNumber!: string;
  @Field(() => String, { nullable: true })
  notes?: string | null;
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType()
export class SettleCreditPurchaseInput {
  @Field(() => ID)
  purchaseId!: string;
  @Field(() => Boolean, { description: "Whether the credits have come; false ends the purchase without them." })
  completed!: boolean;
}

@InputType()
export class AllocateCreditsInput {
  @Field(() => ID)
  organizationId!: string;
  @Field(() => CreditChannel)
  channel!: CreditChannel;
  @Field(() => Int, { description: "1 or more." })
  count!: number;
  @Field(() => String, { description: "Why; 1 to 500 characters." })
  reason!: string;
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType()
export class SetCreditPriceInput {
  @Field(() => CreditChannel)
  channel!: CreditChannel;
  @Field(() => Decimal, { description: "Rupiah for one credit, above zero, up to 4 decimals." })
  rate!: string;
  @Field(() => ID, {
    nullable: true,
    description: "Only for this organization; none: for all without a price of their own.",
  })
  organizationId?: string | null;
}

@InputType()
export class CreateCreditPackageInput {
  @Field(() => String)
  name!: string;
  @Field(() => CreditChannel)
  channel!: CreditChannel;
  @Field(() => Int)
  count!: number;
  @Field(() => Decimal, { description: "Rupiah for all of it." })
  price!: string;
}

@InputType({ description: "Either a package, or a channel with a count at the organization's rate." })
export class BuyCreditsInput {
  @Field(() => ID, { nullable: true })
  packageId?: string | null;
  @Field(() => CreditChannel, { nullable: true })
  channel?: CreditChannel | null;
  @Field(() => Int, { nullable: true })
  count?: number | null;
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType()
export class UpdateCreditAlertInput {
  @Field(() => CreditChannel)
  channel!: CreditChannel;
  @Field(() => Int, {
    description: "0 or more; with fewer credits available an alert is sent, once for each crossing.",
  })
  lowBalanceThreshold!: number;
  @Field(() => Boolean)
  autoAlertEnabled!: boolean;
}

@InputType()
export class ReserveCreditsInput {
  @Field(() => CreditChannel)
  channel!: CreditChannel;
  @Field(() => Int, { description: "1 or more: as many as the bulk send has messages." })
  count!: number;
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType()
export class ConsumeCreditsInput {
  @Field(() => ID)
  reservationId!: string;
  @Field(() => Int, { description: "Messages that were sent, 1 to what is still reserved." })
  count!: number;
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType()
export class ReleaseCreditsInput {
  @Field(() => ID)
  reservationId!: string;
}

const id = z.guid("Use an `id`.");
const channel = z.enum(CreditChannel);
const count = z.int().min(1, "Give 1 or more.").max(1_000_000_000, "Give at most 1,000,000,000.").transform(BigInt);
const some = z.int().min(0, "Give 0 or more.").max(1_000_000_000, "Give at most 1,000,000,000.");
const text = z.string().trim().min(1, "Say something.").max(200, "Use at most 200 characters.");
const rate = z.string().refine(isRate, "Give a rate above zero with at most 6 and 4 digits.");
const rupiah = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, "Give whole rupiah above zero.")
  .transform(BigInt);

export const saveCreditVendorRules = z.object({
  id: id.nullish(),
  name: text,
  contact: text,
  smsRate: rate.nullish(),
  whatsappRate: rate.nullish(),
  emailRate: rate.nullish(),
  minimumOrder: some,
  paymentTerms: z.string().trim().max(500, "Use at most 500 characters."),
  rating: z
    .string()
    .regex(/^([0-4](\.\d{1,2})?|5(\.0{1,2})?)$/, "Give 0 to 5 with 2 decimals.")
    .nullish(),
  isActive: z.boolean(),
});
export const purchaseCreditsRules = z
  .object({
    vendorId: id,
    smsCount: some,
    whatsappCount: some,
    emailCount: some,
    cost: rupiah,
    paymentMethod: text,
    invoiceNumber: text,
    notes: z.string().trim().max(1000, "Use at most 1,000 characters.").nullish(),
    idempotencyKey: idempotencyKeyRule,
  })
  .check(
    z.refine(({ smsCount, whatsappCount, emailCount }) => smsCount + whatsappCount + emailCount > 0, {
      path: ["smsCount"],
      message: "Buy something.",
    }),
  );
export const allocateCreditsRules = z.object({
  organizationId: id,
  channel,
  count,
  reason: descriptionRule,
  idempotencyKey: idempotencyKeyRule,
});
export const setCreditPriceRules = z.object({ channel, rate, organizationId: id.nullish() });
export const createCreditPackageRules = z.object({ name: text, channel, count, price: rupiah });
export const buyCreditsRules = z
  .object({
    packageId: id.nullish(),
    channel: channel.nullish(),
    count: count.nullish(),
    idempotencyKey: idempotencyKeyRule,
  })
  .check(
    z.refine(
      ({ packageId, channel: which, count: many }) =>
        packageId == null ? which != null && many != null : which == null && many == null,
      {
        path: ["packageId"],
        message: "Give either a package, or a channel and a count.",
      },
    ),
  );
export const updateCreditAlertRules = z.object({ channel, lowBalanceThreshold: some, autoAlertEnabled: z.boolean() });
export const reserveCreditsRules = z.object({ channel, count, idempotencyKey: idempotencyKeyRule });
export const consumeCreditsRules = z.object({ reservationId: id, count, idempotencyKey: idempotencyKeyRule });
