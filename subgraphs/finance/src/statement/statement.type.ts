import { CalendarDate, DateTime } from "@lentera/kit";
import { AccountOwnerKind, AccountPurpose } from "@lentera/prisma/finance";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(AccountOwnerKind, { name: "LedgerAccountOwnerKind", description: "Whose account it is." });

@ObjectType({
  description:
    "An account over a time: `closing` is `opening` and its lines added up. By booking time, not effective time.",
})
export class AccountStatement {
  @Field(() => DateTime, { description: "Inclusive." })
  from!: Date;
  @Field(() => DateTime, { description: "Exclusive." })
  to!: Date;

  accountId!: string;
  currency!: string;
  openingMinor!: bigint;
  closingMinor!: bigint;
  /** The places in the account's statement before the first line and of the last one. */
  after!: bigint;
  until!: bigint;
}

@ObjectType({ description: "What all accounts of one kind hold together." })
export class TrialBalanceLine {
  @Field(() => AccountOwnerKind)
  ownerKind!: AccountOwnerKind;
  @Field(() => AccountPurpose)
  purpose!: AccountPurpose;
  @Field(() => String, { description: "ISO 4217 code, or `SMS`, `WAP` or `EML` for messaging credits." })
  currency!: string;
  @Field(() => Int)
  accountCount!: number;
  @Field(() => String, { description: "In minor units, an integer. The lines of a currency add up to zero." })
  balanceMinor!: string;
}

@ObjectType({ description: "Something in the ledger that disagrees with something else." })
export class LedgerBreak {
  @Field(() => ID, { description: "An account or a transfer." })
  entityId!: string;
  @Field(() => String)
  reason!: string;
}

@ObjectType({ description: "The proof of the books." })
export class LedgerProof {
  @Field(() => CalendarDate)
  date!: string;
  @Field(() => [TrialBalanceLine], { description: "Ordered by currency, owner and purpose." })
  trialBalance!: TrialBalanceLine[];
  @Field(() => [LedgerBreak], {
    description: "Empty when every balance is the sum of its postings and every transfer adds up; 100 at most.",
  })
  breaks!: LedgerBreak[];
}
