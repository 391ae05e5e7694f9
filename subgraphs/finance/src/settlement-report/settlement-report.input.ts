import { ConnectionArguments, DateTime } from "@lentera/kit";
import { SettlementVerdict } from "@lentera/prisma/finance";
import { ArgsType, Field, ID, InputType } from "type-graphql";
import { z } from "zod";
import { PROVIDERS } from "../provider/provider.js";

@InputType()
export class ImportSettlementReportInput {
  @Field(() => String, { description: "midtrans, xendit, razorpay or cashfree." })
  provider!: string;
  @Field(() => String)
  fileName!: string;
  @Field(() => String, { description: "The CSV file with its header, at most 500,000 characters." })
  content!: string;
  @Field(() => DateTime, { description: "Payments of this time or later …" })
  coversFrom!: Date;
  @Field(() => DateTime, { description: "… and before this time have to be in it." })
  coversUntil!: Date;
  @Field(() => String, { description: "Any text of yours, 8 to 100 characters; the same text never imports twice." })
  idempotencyKey!: string;
}

export const importSettlementReportRules = z
  .object({
    provider: z.enum(PROVIDERS, `Use one of ${PROVIDERS.join(", ")}.`),
    fileName: z.string().trim().min(1, "Give the file's name.").max(200, "A name has at most 200 characters."),
    content: z.string().max(500_000, "A report has at most 500,000 characters."),
    coversFrom: z.date(),
    coversUntil: z.date(),
    idempotencyKey: z.string().min(8, "Use 8 to 100 characters.").max(100, "Use 8 to 100 characters."),
  })
  .refine(({ coversFrom, coversUntil }) => coversFrom < coversUntil, {
    path: ["coversUntil"],
    message: "The end comes after the beginning.",
  });

@ArgsType()
export class SettlementLineArguments extends ConnectionArguments {
  @Field(() => ID)
  reportId!: string;
  @Field(() => [SettlementVerdict], { nullable: true })
  verdicts?: SettlementVerdict[] | null;
}
