import { DateTime, connectionOf } from "@lentera/kit";
import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";

export const LedgerAccountPurpose = {
  WALLET: "WALLET",
  ESCROW: "ESCROW",
  FEES: "FEES",
  CLEARING: "CLEARING",
  FUNDING: "FUNDING",
} as const;
export type LedgerAccountPurpose = keyof typeof LedgerAccountPurpose;
registerEnumType(LedgerAccountPurpose, {
  name: "LedgerAccountPurpose",
  description: "What the money of an account is for.",
  valuesConfig: {
    WALLET: { description: "Its owner's to spend." },
    ESCROW: { description: "Held until a service has been rendered." },
    FEES: { description: "Earned by the platform." },
    CLEARING: { description: "On its way to or from a payment provider." },
    FUNDING: {
      description: "Where money enters the ledger; its balance is what the rest holds, with the sign turned.",
    },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({ description: "One pocket of money of one owner. Its balance is at all times the sum of its postings." })
export class LedgerAccount {
  @Field(() => ID)
  id!: string;
  @Field(() => LedgerAccountPurpose)
  purpose!: LedgerAccountPurpose;
  @Field(() => String, { description: "ISO 4217 code." })
  currency!: string;
  @Field(() => DateTime)
  createdAt!: Date;

  balanceMinor!: bigint;
}

export const LedgerAccountConnection = connectionOf(LedgerAccount);
