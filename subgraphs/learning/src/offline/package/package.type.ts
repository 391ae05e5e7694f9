import { DateTime, connectionOf } from "@lentera/kit";
import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { Tryout } from "../../tryout/tryout.type.js";

@ObjectType({
  description: "A tryout to be sat without a network: its paper, for one student on one device, for 7 days.",
})
export class OfflinePackage {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  deviceId!: string;
  @Field(() => Int, { description: "Of the content, from 1 for each tryout. Another version is another download." })
  version!: number;
  @Field(() => String, { description: "SHA-256 of the uncompressed content, base64url." })
  contentHash!: string;
  @Field(() => Int, { description: "Of the compressed content." })
  sizeBytes!: number;
  @Field(() => Float, { description: "`sizeBytes` / 1024 / 1024." })
  sizeMegabytes!: number;
  @Field(() => DateTime)
  issuedAt!: Date;
  @Field(() => DateTime, { description: "7 days after `issuedAt`, by the server's clock." })
  expiresAt!: Date;
  @Field(() => Boolean, { description: "False once it has expired." })
  isActive!: boolean;
  @Field(() => String, {
    description:
      "Compact JWS (EdDSA, `typ` lentera-package, key of `offlineSigningKeys`) over packageId, studentId, deviceId, devicePublicKey, tryoutId, title, version, contentHash, sizeBytes, durationMinutes, isGraded, issuedAt and expiresAt.",
  })
  manifest!: string;

  tryoutId!: string;
  contentId!: string;
  studentId!: string;
}

export const OfflinePackageConnection = connectionOf(OfflinePackage);

@ObjectType()
export class CreateOfflinePackagePayload {
  @Field(() => OfflinePackage)
  package!: OfflinePackage;
  @Field(() => Tryout)
  tryout!: Tryout;
}

@ObjectType({ description: "A public key of the server for checking packages and receipts." })
export class OfflineSigningKey {
  @Field(() => ID, { description: "The `kid` of what it signed." })
  id!: string;
  @Field(() => String, { description: "Ed25519, 32 bytes, base64url." })
  publicKey!: string;
}
