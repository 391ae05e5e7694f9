import { CalendarDate, DateTime, Decimal, Money, connectionOf } from "@lentera/kit";
import { CreditChannel, CreditPurchaseStatus } from "@lentera/prisma/finance";
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(CreditPurchaseStatus, {
  name: "CreditPurchaseStatus",
  description: "Whether bought credits have come.",
});

@ObjectType({ description: "Who sells messaging credits to the platform." })
export class CreditVendor {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  name!: string;
  @Field(() => String)
  contact!: string;
  @Field(() => Decimal, { nullable: true, description: "Rupiah for one SMS; null: not sold." })
  smsRate!: string | null;
  @Field(() => Decimal, { nullable: true, description: "Rupiah for one WhatsApp message; null: not sold." })
  whatsappRate!: string | null;
  @Field(() => Decimal, { nullable: true, description: "Rupiah for one e-mail; null: not sold." })
  emailRate!: string | null;
  @Field(() => Int, { description: "Credits in one order, at least." })
  minimumOrder!: number;
  @Field(() => String)
  paymentTerms!: string;
  @Field(() => Decimal, { nullable: true, description: "0 to 5." })
  rating!: string | null;
  @Field(() => Boolean)
  isActive!: boolean;
}
export const CreditVendorConnection = connectionOf(CreditVendor);

@ObjectType({ description: "Credits bought from a vendor; they are available once it is completed." })
export class CreditPurchase {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  vendorId!: string;
  @Field(() => Int)
  smsCount!: number;
  @Field(() => Int)
  whatsappCount!: number;
  @Field(() => Int)
  emailCount!: number;
  @Field(() => Money)
  cost!: Money;
  @Field(() => String)
  paymentMethod!: string;
  @Field(() => CreditPurchaseStatus)
  status!: CreditPurchaseStatus;
  @Field(() => String)
  invoiceNumber!: string;
  @Field(() => String)
  notes!: string;
  @Field(() => DateTime)
  createdAt!: Date;
}
export const CreditPurchaseConnection = connectionOf(CreditPurchase);

@ObjectType({ description: "The platform's credits of one channel: `total` is `available` and `allocated` together." })
export class MasterCreditBalance {
  @Field(() => CreditChannel)
  channel!: CreditChannel;
  @Field(() => Int, { description: "Bought from vendors, ever." })
  total!: number;
  @Field(() => Int, { description: "Not with any organization yet." })
  available!: number;
  @Field(() => Int, { description: "Given or sold to organizations, ever, spent ones included." })
  allocated!: number;
}

@ObjectType({ description: "The platform's credits and what they have brought; from the ledger." })
export class MasterCredits {
  @Field(() => [MasterCreditBalance], { description: "SMS, WhatsApp and e-mail." })
  balances!: MasterCreditBalance[];
  @Field(() => Money, { description: "Paid to vendors." })
  totalPurchased!: Money;
  @Field(() => Money, { description: "Paid by organizations." })
  totalSold!: Money;
  @Field(() => Money, { description: "`totalSold` without `totalPurchased`; below zero at the start." })
  profit!: Money;
}

@ObjectType({ description: "An organization's credits of one channel." })
export class CreditWallet {
  @Field(() => ID)
  organizationId!: string;
  @Field(() => CreditChannel)
  channel!: CreditChannel;
  @Field(() => Int, { description: "Reserved ones included." })
  balance!: number;
  @Field(() => Int, { description: "Kept back for messages that are being sent." })
  reserved!: number;
  @Field(() => Int, { description: "What can be reserved: `balance` without `reserved`." })
  available!: number;
  @Field(() => Decimal, { description: "Rupiah for one credit." })
  retailRate!: string;
  @Field(() => Money, { description: "Paid for credits of this channel, ever." })
  totalSpent!: Money;
  @Field(() => Int, { description: "With fewer available an alert is sent." })
  lowBalanceThreshold!: number;
  @Field(() => Boolean)
  autoAlertEnabled!: boolean;
}

@ObjectType({ description: "A number of credits at a price." })
export class CreditPackage {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  name!: string;
  @Field(() => CreditChannel)
  channel!: CreditChannel;
  @Field(() => Int)
  count!: number;
  @Field(() => Money)
  price!: Money;
}
export const CreditPackageConnection = connectionOf(CreditPackage);

@ObjectType({ description: "What was spent on one day, in UTC." })
export class CreditUsage {
  @Field(() => CalendarDate)
  date!: string;
  @Field(() => CreditChannel)
  channel!: CreditChannel;
  @Field(() => Int)
  used!: number;
}

@ObjectType({ description: "Credits kept back for a bulk send. They free themselves a day later." })
export class CreditReservation {
  @Field(() => ID)
  id!: string;
  @Field(() => CreditChannel)
  channel!: CreditChannel;
  @Field(() => Int, { description: "Still kept back." })
  remaining!: number;
  @Field(() => Int, { description: "Spent on messages." })
  consumed!: number;
}

@Directive('@key(fields: "id")')
@ObjectType()
export class Organization {
  @Field(() => ID)
  id!: string;
}

@ObjectType()
export class SaveCreditVendorPayload {
  @Field(() => CreditVendor)
  vendor!: CreditVendor;
}
@ObjectType()
export class CreditPurchasePayload {
  @Field(() => CreditPurchase)
  purchase!: CreditPurchase;
}
@ObjectType()
export class CreditWalletPayload {
  @Field(() => CreditWallet)
  wallet!: CreditWallet;
}
@ObjectType()
export class SetCreditPricePayload {
  @Field(() => Decimal)
  rate!: string;
}
@ObjectType()
export class CreateCreditPackagePayload {
  @Field(() => CreditPackage)
  package!: CreditPackage;
}
@ObjectType()
export class CreditReservationPayload {
  @Field(() => CreditReservation)
  reservation!: CreditReservation;
}
