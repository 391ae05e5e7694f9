import { DateTime } from "@lentera/kit";
import { Field, ID, ObjectType } from "type-graphql";

@ObjectType({ description: "A signed URL that works without signing in, until it expires. Do not share it." })
export class FileLink {
  @Field(() => String, {
    description: "Relative to the API's address, e.g. `/files/0199…?expires=…&signature=…`.",
  })
  url!: string;
  @Field(() => DateTime)
  expiresAt!: Date;
}

@ObjectType()
export class RequestUploadPayload {
  @Field(() => ID, { description: "Names the file in the mutation that uses it, within 24 hours." })
  fileId!: string;
  @Field(() => FileLink, { description: "Where to `PUT` the bytes, once, within 15 minutes." })
  upload!: FileLink;
}
