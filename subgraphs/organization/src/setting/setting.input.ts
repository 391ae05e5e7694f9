import { Field, InputType } from "type-graphql";
import { Json } from "../json.js";

@InputType()
export class UpdateSettingInput {
  @Field(() => String)
  key!: string;
  @Field(() => Json, { description: "Of the type that the setting's default has." })
  value!: unknown;
}
