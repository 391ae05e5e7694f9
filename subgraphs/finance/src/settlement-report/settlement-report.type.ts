import { DateTime, connectionOf } from "@lentera/kit";
import { SettlementVerdict } from "@lentera/prisma/finance";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(SettlementVerdict, {
  name: "SettlementVerdict",
  description: "How a line of a settlement report compares with our books.",
  valuesConfig: {
    MATCHED: { description: "Amount and fee agree." },
    AMOUNT_DIFFERS: { description: "Another amount than was received." },
    FEE_DIFFERS: { description: "Another fee than agreed; it is booked as it is." },
    DUPLICATE: { description: "It was settled before." },
    UNKNOWN: { description: "We know no such payment." },
  },
});

@ObjectType({ description: "How many lines have this verdict." })
export class SettlementVerdictCount {
  @Field(() => SettlementVerdict)
  verdict!: SettlementVerdict;
  @Field(() => Int)
  count!: number;
}

@ObjectType({ description: "What a provider says it has paid out." })
export class SettlementReport {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  provider!: string;
  @Field(() => String)
  fileName!: string;
  @Field(() => DateTime, { description: "Payments of this time or later …" })
  coversFrom!: Date;
  @Field(() => DateTime, { description: "… and before this time have to be in it." })
  coversUntil!: Date;
  @Field(() => Int)
  lineCount!: number;
  @Field(() => DateTime)
  createdAt!: Date;
}

@ObjectType({ description: "One payment in a settlement report." })
export class SettlementLine {
  @Field(() => ID)
  id!: string;
  @Field(() => Int, { description: "In the file, from 1; the header is not counted." })
  lineNumber!: number;
  @Field(() => String, { description: "Our reference, as the provider has it." })
  orderRef!: string;
  @Field(() => SettlementVerdict)
  verdict!: SettlementVerdict;

  currency!: string;
  amountMinor!: bigint;
  feeMinor!: bigint;
}

export const SettlementReportConnection = connectionOf(SettlementReport);
export const SettlementLineConnection = connectionOf(SettlementLine);

@ObjectType()
export class ImportSettlementReportPayload {
  @Field(() => SettlementReport)
  settlementReport!: SettlementReport;
}
