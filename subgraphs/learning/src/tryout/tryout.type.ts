import { connectionOf } from "@lentera/kit";
import { TryoutKind, type TryoutStatus } from "@lentera/prisma/learning";
import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(TryoutKind, {
  name: "TryoutKind",
  description: "PRACTICE can be repeated as often as one likes, SCHEDULED is sat once within its window.",
});

@Directive('@key(fields: "id")')
@ObjectType({ description: "A set of items to be sat in a limited time." })
export class Tryout {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  title!: string;
  @Field(() => TryoutKind)
  kind!: TryoutKind;
  @Field(() => Int, { description: "From start to deadline." })
  durationMinutes!: number;

  examTypeId!: string;
  status!: TryoutStatus;
  position!: number;
  opensAt!: Date | null;
  closesAt!: Date | null;
}

export const TryoutConnection = connectionOf(Tryout);

@ObjectType({ description: "A part of a tryout." })
export class TryoutSubtest {
  @Field(() => String, { description: "E.g. `PU`." })
  code!: string;
  @Field(() => String)
  name!: string;
  @Field(() => Int)
  itemCount!: number;
  @Field(() => Int)
  durationMinutes!: number;
}

@InputType()
export class TryoutFilter {
  @Field(() => TryoutKind, { nullable: true })
  kind?: TryoutKind | null;
  @Field(() => String, { nullable: true, description: "Part of the title, in any case." })
  search?: string | null;
}
