import { Field, Float, ID, InputType } from "type-graphql";
import { z } from "zod";
import { idempotencyKey } from "../account/account.input.js";

@InputType()
class AddressFields {
  @Field(() => String, { description: "1 to 60 characters." })
  label!: string;
  @Field(() => String)
  province!: string;
  @Field(() => String)
  city!: string;
  @Field(() => String)
  district!: string;
  @Field(() => String, { description: "1 to 500 characters." })
  detail!: string;
  @Field(() => Float, { nullable: true, description: "Degrees north, -90 to 90; only together with the longitude." })
  latitude?: number | null;
  @Field(() => Float, { nullable: true, description: "Degrees east, -180 to 180." })
  longitude?: number | null;
  @Field(() => Boolean, { defaultValue: false, description: "Takes the place of the present primary address." })
  isPrimary!: boolean;
}

@InputType()
export class AddAddressInput extends AddressFields {
  @Field(() => String, { description: "1 to 64 characters; the same key adds once." })
  idempotencyKey!: string;
}

@InputType()
export class UpdateAddressInput extends AddressFields {
  @Field(() => ID)
  addressId!: string;
}

@InputType()
export class RemoveAddressInput {
  @Field(() => ID)
  addressId!: string;
}

const text = (name: string, maximum: number) =>
  z.string().trim().min(1, `Enter the ${name}.`).max(maximum, `At most ${maximum} characters.`);
const degrees = (maximum: number) =>
  z
    .number()
    .min(-maximum, `Use degrees from -${maximum} to ${maximum}.`)
    .max(maximum, `Use degrees from -${maximum} to ${maximum}.`)
    .nullish()
    .transform((value) => value ?? null);

const fields = z.object({
  label: text("label", 60),
  province: text("province", 100),
  city: text("city", 100),
  district: text("district", 100),
  detail: text("address", 500),
  latitude: degrees(90),
  longitude: degrees(180),
  isPrimary: z.boolean(),
});
export type AddressValues = z.infer<typeof fields>;

/** Half a point is none. */
const isWholePoint = ({ latitude, longitude }: AddressValues): boolean => (latitude === null) === (longitude === null);
const HALF_POINT = { path: ["longitude"], error: "Give latitude and longitude, or neither." };

export const addAddressRules = fields.extend({ idempotencyKey }).refine(isWholePoint, HALF_POINT);
export const updateAddressRules = fields.extend({ addressId: z.string() }).refine(isWholePoint, HALF_POINT);
