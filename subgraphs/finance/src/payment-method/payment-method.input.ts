import { CURRENCIES, Decimal } from "@lentera/kit";
import { Field, Float, InputType, Int } from "type-graphql";
import { z } from "zod";

@InputType()
export class UpdatePaymentMethodInput {
  @Field(() => String)
  code!: string;
  @Field(() => String)
  currency!: string;
  @Field(() => Boolean, { nullable: true })
  isActive?: boolean | null;
  @Field(() => Decimal, { nullable: true, description: "Above zero." })
  minimum?: string | null;
  @Field(() => Decimal, { nullable: true, description: "Not below the minimum." })
  maximum?: string | null;
  @Field(() => Float, { nullable: true, description: "0 to 100, with at most two digits after the point." })
  feePercentage?: number | null;
  @Field(() => Decimal, { nullable: true })
  feeFixed?: string | null;
  @Field(() => Int, { nullable: true, description: "1 to 43200, which is 30 days." })
  expiresInMinutes?: number | null;
}

const amount = z
  .string()
  .regex(/^\d+(\.\d+)?$/, "Give an amount that is not negative.")
  .nullish();

/** What is not said stays as it is. */
export const updatePaymentMethodRules = z.object({
  code: z.string().min(1, "Name the method."),
  currency: z.enum(CURRENCIES, `Use one of ${CURRENCIES.join(", ")}.`),
  isActive: z.boolean().nullish(),
  minimum: amount,
  maximum: amount,
  feePercentage: z
    .number()
    .min(0, "A percentage is 0 to 100.")
    .max(100, "A percentage is 0 to 100.")
    .refine((percentage) => Math.abs(percentage * 100 - Math.round(percentage * 100)) < 1e-9, "Use at most two digits.")
    .nullish(),
  feeFixed: amount,
  expiresInMinutes: z.number().int().min(1, "At least a minute.").max(43_200, "At most 30 days.").nullish(),
});
