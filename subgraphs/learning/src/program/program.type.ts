import { Money, connectionOf } from "@lentera/kit";
import { Directive, Field, Float, ID, Int, ObjectType, registerEnumType } from "type-graphql";

@ObjectType({ description: "An admission that is over." })
export class ProgramYear {
  @Field(() => Int)
  year!: number;
  @Field(() => Float, { description: "What the last one admitted had, in points of the scale." })
  passingScore!: number;
  @Field(() => Int, { nullable: true })
  applicants!: number | null;
  @Field(() => Int, { nullable: true })
  admitted!: number | null;
}

@ObjectType()
export class ProgramRequirement {
  @Field(() => String, { nullable: true, description: "Null: the overall score." })
  subtest!: string | null;
  @Field(() => Float, { description: "In points of the scale." })
  minimum!: number;
}

@ObjectType({ description: "What a year costs." })
export class TuitionRange {
  @Field(() => Money)
  minimum!: Money;
  @Field(() => Money)
  maximum!: Money;
}

@Directive('@key(fields: "id")')
@ObjectType({ description: "A programme of a university, as data." })
export class Program {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  universityName!: string;
  @Field(() => String)
  programName!: string;
  @Field(() => String, { nullable: true })
  faculty!: string | null;
  @Field(() => Int, { nullable: true, description: "Seats of the next admission." })
  totalQuota!: number | null;
  @Field(() => String, { nullable: true, description: "As the accrediting body writes it, 5 letters at most." })
  accreditation!: string | null;
  @Field(() => Boolean)
  isActive!: boolean;
  @Field(() => [ProgramYear], { description: "Latest first." })
  years!: ProgramYear[];
  @Field(() => [ProgramRequirement])
  requirements!: ProgramRequirement[];
  @Field(() => TuitionRange, { nullable: true })
  tuition!: TuitionRange | null;
  @Field(() => Float, {
    nullable: true,
    description: "Admitted / applicants of the latest year that says both, 0 to 1.",
  })
  acceptanceRate!: number | null;

  examTypeIds!: string[];
}

export const ProgramConnection = connectionOf(Program);

export enum AdmissionBasis {
  ESTIMATED = "ESTIMATED",
  NO_SCORE = "NO_SCORE",
  NO_HISTORY = "NO_HISTORY",
}
registerEnumType(AdmissionBasis, {
  name: "AdmissionBasis",
  description:
    "NO_SCORE: no score of an examination that the programme accepts. NO_HISTORY: no passing score of any year is known.",
});

@ObjectType()
export class RequirementChance {
  @Field(() => String, { nullable: true, description: "Null: the overall score." })
  subtest!: string | null;
  @Field(() => Float)
  minimum!: number;
  @Field(() => Float, { nullable: true, description: "The student's; null for a subtest that was not sat." })
  scaled!: number | null;
  @Field(() => Float, { description: "That the score reaches the minimum, 0 to 1." })
  probability!: number;
}

@ObjectType({
  description:
    "An estimate from the latest score, its standard error, and how passing scores moved. Not a promise, and not official.",
})
export class AdmissionChance {
  @Field(() => Program)
  program!: Program;
  @Field(() => AdmissionBasis)
  basis!: AdmissionBasis;
  @Field(() => Float, { nullable: true, description: "0 to 1; null unless ESTIMATED." })
  probability!: number | null;
  @Field(() => Float, { nullable: true, description: "Lower end of the 95 % interval." })
  low!: number | null;
  @Field(() => Float, { nullable: true })
  high!: number | null;
  @Field(() => Float, { nullable: true, description: "The score that was used." })
  scaled!: number | null;
  @Field(() => Float, { nullable: true, description: "Of `scaled`, in points." })
  standardError!: number | null;
  @Field(() => Float, { nullable: true, description: "To be expected next year." })
  passingScore!: number | null;
  @Field(() => Float, { nullable: true, description: "How far a single year lies from it, one standard deviation." })
  passingScoreDeviation!: number | null;
  @Field(() => [RequirementChance])
  requirements!: RequirementChance[];
}

@ObjectType()
export class SaveProgramPayload {
  @Field(() => Program)
  program!: Program;
}
