import { Field, ID, InputType } from "type-graphql";
import { z } from "zod";

@InputType()
export class RegisterOfflineDeviceInput {
  @Field(() => String, { description: "1 to 80 characters." })
  name!: string;
  @Field(() => String, { description: "Ed25519, 32 bytes, base64url." })
  publicKey!: string;
  @Field(() => String, { description: "Chosen by the client; the same key gives the same device again." })
  idempotencyKey!: string;
}

@InputType()
export class RevokeOfflineDeviceInput {
  @Field(() => ID)
  deviceId!: string;
}

export const idempotencyKey = z.string().min(1, "Give a key.").max(200, "A key has at most 200 characters.");

export const registerOfflineDeviceRules = z.object({
  name: z.string().trim().min(1, "Give the device a name.").max(80, "A name has at most 80 characters."),
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/, "An Ed25519 key is 32 bytes in base64url."),
  idempotencyKey,
});
export const revokeOfflineDeviceRules = z.object({ deviceId: z.uuid("This is not an id.") });
