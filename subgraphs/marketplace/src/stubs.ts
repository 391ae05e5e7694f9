import { Directive, Field, ID, ObjectType } from "type-graphql";

/** A person, owned by organization. */
@Directive('@key(fields: "id")')
@ObjectType()
export class User {
  @Field(() => ID)
  id!: string;
}
