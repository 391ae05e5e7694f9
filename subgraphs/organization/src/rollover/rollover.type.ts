import { DateTime, connectionOf } from "@lentera/kit";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { RolloverConflict as Conflict, RolloverConflictCode, RolloverStep } from "./rollover.rules.js";

const RolloverConflictCodes: Record<RolloverConflictCode, RolloverConflictCode> = {
  CLASS_FULL: "CLASS_FULL",
  CLASS_OVER: "CLASS_OVER",
  TOO_MANY_CLASSES: "TOO_MANY_CLASSES",
};
registerEnumType(RolloverConflictCodes, { name: "RolloverConflictCode" });

@ObjectType({ description: "What becomes of one class." })
export class RolloverClass implements RolloverStep {
  @Field(() => ID)
  classId!: string;
  @Field(() => String)
  name!: string;
  @Field(() => Int)
  studentCount!: number;
  @Field(() => String, { nullable: true, description: "The next year's class; null when the students graduate." })
  toName!: string | null;
  @Field(() => String, { nullable: true })
  toGradeLevel!: string | null;

  toCapacity!: number | null;
}

@ObjectType({ description: "Why a rollover cannot be applied as it is." })
export class RolloverConflict implements Conflict {
  @Field(() => RolloverConflictCodes)
  code!: RolloverConflictCode;
  @Field(() => String, { nullable: true })
  className!: string | null;
  @Field(() => String)
  message!: string;
}

@ObjectType({ description: "What becomes of one student." })
export class RolloverMove {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  fromClassId!: string;
  @Field(() => String, { nullable: true, description: "The next year's class; null for a student who graduates." })
  toClassName!: string | null;

  studentId!: string;
}

@ObjectType({ description: "What a change of the academic year does to classes and students." })
export class Rollover {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  fromAcademicYear!: string;
  @Field(() => String)
  toAcademicYear!: string;
  @Field(() => [RolloverClass], { description: "The active classes of the old year, by name." })
  classes!: RolloverClass[];
  @Field(() => [RolloverConflict], { description: "What stood in the way when the preview was made." })
  conflicts!: RolloverConflict[];
  @Field(() => DateTime)
  createdAt!: Date;
  @Field(() => DateTime, { nullable: true, description: "Null for a preview." })
  appliedAt!: Date | null;
}

export const RolloverMoveConnection = connectionOf(RolloverMove);

@ObjectType()
export class PreviewRolloverPayload {
  @Field(() => Rollover)
  rollover!: Rollover;
}
@ObjectType()
export class ApplyRolloverPayload extends PreviewRolloverPayload {}
