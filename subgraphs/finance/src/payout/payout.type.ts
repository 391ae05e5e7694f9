import { DateTime, connectionOf } from "@lentera/kit";
import { PayoutStatus } from "@lentera/prisma/finance";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(PayoutStatus, {
  name: "PayoutStatus",
  description: "Where a payout stands.",
  valuesConfig: {
    REQUESTED: { description: "The amount is held; people have to approve." },
    APPROVED: { description: "Enough people have approved; it is about to be sent." },
    PROCESSING: { description: "The provider has it, or may have it." },
    PAID: { description: "The bank account has it." },
    FAILED: { description: "It was not paid; the amount is free again. Final." },
    REJECTED: { description: "Not approved; the amount is free again. Final." },
    RETURNED: { description: "The bank has sent it back; amount and fee are in the wallet again. Final." },
  },
});

@ObjectType({ description: "Where somebody wants to be paid. Nobody reads the whole number again." })
export class BankAccount {
  @Field(() => ID)
  id!: string;
  @Field(() => String, { description: "The bank as the provider names it, e.g. `ID_BCA`." })
  bankCode!: string;
  @Field(() => String, { description: "ISO 4217 code." })
  currency!: string;
  @Field(() => String, { description: "All but the first letters masked." })
  holderName!: string;
  @Field(() => String, { description: "All but the last digits masked, e.g. `••••1234`." })
  accountNumber!: string;
}
export const BankAccountConnection = connectionOf(BankAccount);

@ObjectType({ description: "Money that leaves a wallet for a bank account." })
export class Payout {
  @Field(() => ID)
  id!: string;
  @Field(() => PayoutStatus)
  status!: PayoutStatus;
  @Field(() => Int, { description: "How many people have to approve: two above the limit. Nobody approves their own." })
  requiredApprovals!: number;
  @Field(() => String, { nullable: true, description: "Why it was rejected or has failed." })
  failureReason!: string | null;
  @Field(() => DateTime)
  createdAt!: Date;
  @Field(() => DateTime, { nullable: true })
  endedAt!: Date | null;

  bankAccountId!: string;
  currency!: string;
  amountMinor!: bigint;
  feeMinor!: bigint;
}
export const PayoutConnection = connectionOf(Payout);

@ObjectType()
export class AddBankAccountPayload {
  @Field(() => BankAccount)
  bankAccount!: BankAccount;
}

@ObjectType({ description: "The payout as it stands after the change." })
export class PayoutPayload {
  @Field(() => Payout)
  payout!: Payout;
}
