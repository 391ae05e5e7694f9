import { DateTime, connectionOf } from "@lentera/kit";
import { XpKind } from "@lentera/prisma/learning";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(XpKind, { name: "XpKind", description: "What experience points were earned by." });

@ObjectType({ description: "Experience points as they were earned. Never changed and never taken back." })
export class XpEvent {
  @Field(() => ID)
  id!: string;
  @Field(() => XpKind)
  kind!: XpKind;
  @Field(() => Int, { description: "At least 1." })
  points!: number;
  @Field(() => DateTime, { description: "When they were earned." })
  createdAt!: Date;
}

export const XpEventConnection = connectionOf(XpEvent);
