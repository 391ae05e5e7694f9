import { DateTime, Role, connectionOf } from "@lentera/kit";
import { FlagBucketing, OrganizationPlan } from "@lentera/prisma/organization";
import { Field, Float, ID, Int, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(FlagBucketing, {
  name: "FlagBucketing",
  description: "What gets a feature together: one USER, or all of an ORGANIZATION.",
});

@ObjectType({ description: "One arm of an experiment." })
export class FeatureVariant {
  @Field(() => String)
  name!: string;
  @Field(() => Float, { description: "Share among those who have the feature, relative to the other weights." })
  weight!: number;
}

@ObjectType({ description: "A feature that not everybody has yet." })
export class FeatureFlag {
  @Field(() => ID)
  key!: string;
  @Field(() => String)
  description!: string;
  @Field(() => Boolean, { description: "The kill switch: false is off for everybody." })
  isEnabled!: boolean;
  @Field(() => Int, { description: "Share of those whom the targeting admits, 0 to 100." })
  rolloutPercent!: number;
  @Field(() => FlagBucketing)
  bucketing!: FlagBucketing;
  @Field(() => [Role], { description: "For whom; empty for every role." })
  roles!: Role[];
  @Field(() => [OrganizationPlan], { description: "For organizations on these plans; empty for all." })
  plans!: OrganizationPlan[];
  @Field(() => [ID], { description: "For these organizations; empty for all." })
  organizationIds!: string[];
  @Field(() => [FeatureVariant])
  variants!: FeatureVariant[];
  @Field(() => DateTime)
  updatedAt!: Date;
}

export const FeatureFlagConnection = connectionOf(FeatureFlag);

@ObjectType({ description: "Which arm of an experiment somebody is in." })
export class Experiment {
  @Field(() => String, { description: "The key of the feature." })
  feature!: string;
  @Field(() => String)
  variant!: string;
}

@ObjectType()
export class SaveFeatureFlagPayload {
  @Field(() => FeatureFlag)
  featureFlag!: FeatureFlag;
}
