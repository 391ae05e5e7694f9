import { DateTime, Role } from "@lentera/kit";
import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(Role, {
  name: "Role",
  description: "What an account is for, and inside an organization what its holder does there.",
});

@Directive('@key(fields: "id")')
@ObjectType({ description: "A person. Names are visible to everybody who is signed in; the rest is not." })
export class User {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  fullName!: string;

  @Field(() => Role)
  role!: Role;

  @Field(() => DateTime, { description: "When the account was made." })
  createdAt!: Date;
}

@ObjectType({ description: "What the caller may see of a person and do for them. All false: nothing but the name." })
export class ViewerAccess {
  @Field(() => Boolean, { description: "May open the person's page." })
  viewProfile!: boolean;
  @Field(() => Boolean)
  viewScores!: boolean;
  @Field(() => Boolean)
  viewStudyTime!: boolean;
  @Field(() => Boolean)
  viewDetailedAnalytics!: boolean;
  @Field(() => Boolean)
  setGoals!: boolean;
  @Field(() => Boolean)
  receiveNotifications!: boolean;
  @Field(() => Boolean)
  accessReports!: boolean;
}
