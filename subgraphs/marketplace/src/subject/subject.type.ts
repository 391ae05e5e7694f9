import { connectionOf } from "@lentera/kit";
import { Field, ID, ObjectType } from "type-graphql";

@ObjectType({ description: "A group of subjects, e.g. Bahasa." })
export class SubjectCategory {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  name!: string;
}

@ObjectType({ description: "What can be taught, e.g. Matematika." })
export class Subject {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  name!: string;
  @Field(() => String, { description: "Its name in filters and addresses, e.g. `bahasa-inggris`; never changes." })
  slug!: string;
  @Field(() => SubjectCategory)
  category!: SubjectCategory;
}

export const SubjectConnection = connectionOf(Subject);
