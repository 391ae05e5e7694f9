import { DateTime } from "@lentera/kit";
import { Field, ObjectType, registerEnumType } from "type-graphql";
import { Json } from "../json.js";
import type { SettingKey } from "./setting.catalogue.js";

export const SettingScope = { PLATFORM: "PLATFORM", ORGANIZATION: "ORGANIZATION" } as const;
export type SettingScope = keyof typeof SettingScope;
registerEnumType(SettingScope, {
  name: "SettingScope",
  description: "PLATFORM: one value for all; ORGANIZATION: one for the organization for which the caller acts.",
});

@ObjectType({ description: "Something that can be set, with its value for the caller." })
export class Setting {
  @Field(() => String)
  key!: SettingKey;
  @Field(() => SettingScope)
  scope!: SettingScope;
  @Field(() => Json)
  value!: unknown;
  @Field(() => Json, { description: "The value while nobody has set another one." })
  defaultValue!: unknown;
  @Field(() => String)
  description!: string;
  @Field(() => DateTime, { nullable: true, description: "When it was last set; null for a default." })
  updatedAt!: Date | null;
  @Field(() => Boolean)
  viewerCanUpdate!: boolean;
}

@ObjectType()
export class UpdateSettingPayload {
  @Field(() => Setting)
  setting!: Setting;
}
