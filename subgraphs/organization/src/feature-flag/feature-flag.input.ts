import { Role } from "@lentera/kit";
import { FlagBucketing, OrganizationPlan } from "@lentera/prisma/organization";
import { Field, Float, ID, InputType, Int } from "type-graphql";
import { z } from "zod";

@InputType()
export class FeatureVariantInput {
  @Field(() => String)
  name!: string;
  @Field(() => Float)
  weight!: number;
}

@InputType()
export class SaveFeatureFlagInput {
  @Field(() => String, { description: "Small letters, digits and hyphens." })
  key!: string;
  @Field(() => String)
  description!: string;
  @Field(() => Boolean)
  isEnabled!: boolean;
  @Field(() => Int)
  rolloutPercent!: number;
  @Field(() => FlagBucketing, { defaultValue: FlagBucketing.USER })
  bucketing!: FlagBucketing;
  @Field(() => [Role], { defaultValue: [] })
  roles!: Role[];
  @Field(() => [OrganizationPlan], { defaultValue: [] })
  plans!: OrganizationPlan[];
  @Field(() => [ID], { defaultValue: [] })
  organizationIds!: string[];
  @Field(() => [FeatureVariantInput], { defaultValue: [] })
  variants!: FeatureVariantInput[];
}

export const variantRules = z
  .array(
    z.object({
      name: z.string().min(1, "Name the variant.").max(50, "A name has at most 50 characters."),
      weight: z.number().positive("A weight is greater than 0.").max(1_000_000, "A weight is at most 1,000,000."),
    }),
  )
  .max(10, "An experiment has at most 10 variants.")
  .refine((variants) => new Set(variants.map(({ name }) => name)).size === variants.length, "Two have the same name.");

export const saveRules = z.object({
  key: z.string().regex(/^[a-z][a-z0-9-]{1,60}$/, "A key has 2 to 61 small letters, digits and hyphens."),
  description: z.string().trim().min(1, "Say what the feature is.").max(500, "At most 500 characters."),
  isEnabled: z.boolean(),
  rolloutPercent: z.int().min(0, "From 0 to 100.").max(100, "From 0 to 100."),
  bucketing: z.enum(FlagBucketing),
  roles: z.array(z.enum(Role)),
  plans: z.array(z.enum(OrganizationPlan)),
  organizationIds: z.array(z.uuid("This is not an id.")).max(1000, "At most 1000 organizations."),
  variants: variantRules,
});
