import { DateTime } from "@lentera/kit";
import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";
import { idempotencyKey } from "../device/device.input.js";

@InputType()
export class CreateOfflinePackageInput {
  @Field(() => ID)
  tryoutId!: string;
  @Field(() => ID, { description: "A registered device of the caller." })
  deviceId!: string;
  @Field(() => String, { nullable: true, description: "Of tryouts that have one." })
  accessCode?: string | null;
  @Field(() => DateTime, { description: "What the device's clock shows as this is sent." })
  deviceTime!: Date;
  @Field(() => String, { description: "Chosen by the client; the same key gives the same package again." })
  idempotencyKey!: string;
}

export const createOfflinePackageRules = z.object({
  tryoutId: z.uuid("This is not an id."),
  deviceId: z.uuid("This is not an id."),
  accessCode: z.string().max(200, "A code has at most 200 characters.").nullish(),
  deviceTime: z.date(),
  idempotencyKey,
});
