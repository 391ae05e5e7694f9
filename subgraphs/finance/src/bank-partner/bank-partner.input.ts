import { Decimal, isCurrency } from "@lentera/kit";
import { DayCount, RepaymentMethod } from "@lentera/prisma/finance";
import { Field, ID, InputType, Int } from "type-graphql";
import { z } from "zod";
import { percentRule } from "../loan-simulation/loan-simulation.input.js";

@InputType()
export class SavePartnerBankInput {
  @Field(() => String, {
    description: "Lower-case letters, digits and hyphens; names the bank that is added or changed.",
  })
  code!: string;
  @Field(() => String)
  name!: string;
  @Field(() => ID, { nullable: true, description: "The organization whose staff decide about applications." })
  organizationId?: string | null;
  @Field(() => Boolean, { defaultValue: true, description: "Whether its products are offered." })
  isActive!: boolean;
}

@InputType()
export class ConnectPartnerBankInput {
  @Field(() => ID)
  bankId!: string;
  @Field(() => String, { description: "Where the bank's API is, e.g. `https://api.example`." })
  endpointUrl!: string;
  @Field(() => String, { description: "With which both sides sign, at least 32 characters. Nobody reads it again." })
  secret!: string;
}

@InputType()
export class SaveLoanProductInput {
  @Field(() => ID)
  bankId!: string;
  @Field(() => String, { description: "Names the product of the bank that is added or changed." })
  name!: string;
  @Field(() => String, { description: "ISO 4217 code." })
  currency!: string;
  @Field(() => RepaymentMethod)
  method!: RepaymentMethod;
  @Field(() => DayCount)
  dayCount!: DayCount;
  @Field(() => Decimal, { description: "Percent a year, at most two digits after the point." })
  annualRatePercent!: string;
  @Field(() => Decimal, { defaultValue: "0", description: "Percent of the principal, kept back at disbursement." })
  feePercent!: string;
  @Field(() => Decimal)
  minimum!: string;
  @Field(() => Decimal)
  maximum!: string;
  @Field(() => Int)
  minimumMonths!: number;
  @Field(() => Int)
  maximumMonths!: number;
  @Field(() => Decimal, { defaultValue: "0", description: "Once for each instalment that is late." })
  lateFee!: string;
  @Field(() => Int, { defaultValue: 0 })
  graceDays!: number;
  @Field(() => Boolean, { defaultValue: true })
  isActive!: boolean;
}

const name = z.string().trim().min(3, "Give a name.").max(100, "A name has at most 100 characters.");
const months = z.int().min(1, "A loan takes at least one month.").max(360, "A loan takes at most 360 months.");

export const connectPartnerBankRules = z.object({
  bankId: z.guid("Use the `id` of a bank."),
  endpointUrl: z.url({ protocol: /^https?$/, error: "Give an http:// or https:// URL." }),
  secret: z.string().min(32, "A secret has at least 32 characters.").max(200, "A secret has at most 200 characters."),
});

export const savePartnerBankRules = z.object({
  code: z.string().regex(/^[a-z][a-z0-9-]{2,40}$/, "Use lower-case letters, digits and hyphens."),
  name,
  organizationId: z.guid("Use the `id` of an organization.").nullish(),
  isActive: z.boolean(),
});

export const saveLoanProductRules = z
  .object({
    bankId: z.guid("Use the `id` of a bank."),
    name,
    currency: z.string().refine(isCurrency, "Use one of the platform's currencies."),
    method: z.enum(RepaymentMethod),
    dayCount: z.enum(DayCount),
    annualRatePercent: percentRule,
    feePercent: percentRule.refine((basisPoints) => basisPoints < 10_000, "A fee is less than the principal."),
    minimum: z.string(),
    maximum: z.string(),
    minimumMonths: months,
    maximumMonths: months,
    lateFee: z.string().regex(/^\d/, "Not below zero."),
    graceDays: z.int().min(0, "Not below zero.").max(90, "At most 90 days."),
    isActive: z.boolean(),
  })
  .refine(({ minimumMonths, maximumMonths }) => minimumMonths <= maximumMonths, {
    path: ["maximumMonths"],
    message: "The longest time is not shorter than the shortest.",
  });
