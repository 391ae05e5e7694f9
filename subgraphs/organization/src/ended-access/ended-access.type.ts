import { DateTime } from "@lentera/kit";
import { Directive, Field, ID, ObjectType } from "type-graphql";

@Directive("@inaccessible")
@ObjectType({ description: "Somebody who may not do any more what an access token still says; for the gateway." })
export class EndedAccess {
  @Field(() => String, {
    description:
      "SESSION: a sign-in or an impersonation is over. API_KEY: a key is over. USER: this person may see less than before.",
  })
  kind!: "SESSION" | "API_KEY" | "USER";
  @Field(() => ID, { description: "Of the session or impersonation, of the key, of the person." })
  id!: string;
  @Field(() => DateTime)
  endedAt!: Date;
}
