import { Field, ObjectType } from "type-graphql";

@ObjectType()
export class RequestEmailChangePayload {
  @Field(() => String, {
    description: "Where a letter is on its way. Says nothing about whether the address has an account already.",
  })
  newEmail!: string;
}

@ObjectType()
export class ConfirmEmailChangePayload {
  @Field(() => String, { description: "The account's address from now on." })
  email!: string;
}
