import { Directive, Field, ID, ObjectType } from "type-graphql";

@ObjectType()
export class ViewerAccess {
  @Directive("@external")
  @Field(() => Boolean)
  viewScores!: boolean;

  @Directive("@external")
  @Field(() => Boolean)
  viewStudyTime!: boolean;

  @Directive("@external")
  @Field(() => Boolean)
  viewDetailedAnalytics!: boolean;

  @Directive("@external")
  @Field(() => Boolean)
  setGoals!: boolean;

  @Directive("@external")
  @Field(() => Boolean)
  accessReports!: boolean;
}

/** A person, owned by organization. What the caller may see of them comes with the reference. */
@Directive('@key(fields: "id")')
@ObjectType()
export class User {
  @Field(() => ID)
  id!: string;

  @Directive("@external")
  @Field(() => ViewerAccess)
  viewerAccess?: ViewerAccess;
}

/** A class, owned by organization, with its students when a field requires them. */
@Directive('@key(fields: "id")')
@ObjectType()
export class Class {
  @Field(() => ID)
  id!: string;

  @Directive("@external")
  @Field(() => [ID])
  studentIds?: string[];
}
