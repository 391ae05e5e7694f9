import { DayCount, RepaymentMethod } from "@lentera/prisma/finance";
import { connectionOf } from "@lentera/kit";
import { Field, ID, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "A bank that lends through Lentera." })
export class PartnerBank {
  @Field(() => ID)
  id!: string;
  @Field(() => String, { description: "Its short name in addresses and requests, e.g. `bank-nusantara`." })
  code!: string;
  @Field(() => String)
  name!: string;
}

@ObjectType({ description: "What a partner bank offers." })
export class LoanProduct {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  name!: string;
  @Field(() => RepaymentMethod)
  method!: RepaymentMethod;
  @Field(() => DayCount)
  dayCount!: DayCount;
  @Field(() => String, { description: "ISO 4217 code." })
  currency!: string;
  @Field(() => Int)
  minimumMonths!: number;
  @Field(() => Int)
  maximumMonths!: number;
  @Field(() => Int, { description: "Days after a due day without a late fee." })
  graceDays!: number;

  bankId!: string;
  annualRateBasisPoints!: number;
  feeBasisPoints!: number;
  minimumMinor!: bigint;
  maximumMinor!: bigint;
  lateFeeMinor!: bigint;
}
export const LoanProductConnection = connectionOf(LoanProduct);

@ObjectType()
export class SavePartnerBankPayload {
  @Field(() => PartnerBank)
  bank!: PartnerBank;
}

@ObjectType()
export class SaveLoanProductPayload {
  @Field(() => LoanProduct)
  product!: LoanProduct;
}
