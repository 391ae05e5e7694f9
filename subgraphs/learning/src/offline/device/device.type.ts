import { DateTime, connectionOf } from "@lentera/kit";
import { Field, ID, ObjectType } from "type-graphql";

@ObjectType({ description: "A device on which the caller works offline, known by its key." })
export class OfflineDevice {
  @Field(() => ID)
  id!: string;
  @Field(() => String, { description: "What its owner called it." })
  name!: string;
  @Field(() => String, { description: "Ed25519, 32 bytes, base64url. The private half never leaves the device." })
  publicKey!: string;
  @Field(() => DateTime)
  registeredAt!: Date;
  @Field(() => DateTime, { nullable: true, description: "Since when what it signs no longer counts." })
  revokedAt!: Date | null;

  userId!: string;
}

export const OfflineDeviceConnection = connectionOf(OfflineDevice);

@ObjectType()
export class RegisterOfflineDevicePayload {
  @Field(() => OfflineDevice)
  device!: OfflineDevice;
}

@ObjectType()
export class RevokeOfflineDevicePayload {
  @Field(() => OfflineDevice)
  device!: OfflineDevice;
}
