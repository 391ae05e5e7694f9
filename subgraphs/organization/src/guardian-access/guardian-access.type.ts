import { CalendarDate, DateTime, connectionOf } from "@lentera/kit";
import { GuardianAccessKind } from "@lentera/prisma/organization";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(GuardianAccessKind, {
  name: "GuardianAccessKind",
  description: "What of a student a guardian looked at.",
});

@ObjectType({ description: "A guardian looked at something of the student on one day." })
export class GuardianAccess {
  @Field(() => ID)
  id!: string;
  @Field(() => CalendarDate, { description: "By the student's calendar." })
  day!: string;
  @Field(() => GuardianAccessKind)
  kind!: GuardianAccessKind;
  @Field(() => Int, { description: "How often on that day." })
  readCount!: number;
  @Field(() => DateTime)
  firstAt!: Date;
  @Field(() => DateTime)
  lastAt!: Date;

  guardianId!: string;
}

export const GuardianAccessConnection = connectionOf(GuardianAccess);
