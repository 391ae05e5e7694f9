import { DateTime, connectionOf } from "@lentera/kit";
import { Field, Float, ID, ObjectType } from "type-graphql";

@ObjectType({ description: "Where a person lives or receives things. Nobody else sees it." })
export class Address {
  @Field(() => ID)
  id!: string;
  @Field(() => String, { description: "What its owner calls it, e.g. `Rumah`." })
  label!: string;
  @Field(() => String)
  province!: string;
  @Field(() => String)
  city!: string;
  @Field(() => String)
  district!: string;
  @Field(() => String, { description: "Street, number, and how to find it." })
  detail!: string;
  @Field(() => Float, { nullable: true, description: "Degrees north; given with the longitude or not at all." })
  latitude!: number | null;
  @Field(() => Float, { nullable: true, description: "Degrees east." })
  longitude!: number | null;
  @Field(() => Boolean, { description: "At most one of a person's addresses is the primary one." })
  isPrimary!: boolean;
  @Field(() => DateTime)
  createdAt!: Date;
}

export const AddressConnection = connectionOf(Address);

@ObjectType()
export class AddAddressPayload {
  @Field(() => Address)
  address!: Address;
}

@ObjectType()
export class UpdateAddressPayload {
  @Field(() => Address)
  address!: Address;
}

@ObjectType()
export class RemoveAddressPayload {
  @Field(() => ID)
  addressId!: string;
}
