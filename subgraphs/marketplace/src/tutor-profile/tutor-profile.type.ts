import { connectionOf } from "@lentera/kit";
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Subject } from "../subject/subject.type.js";

export const TeachingMode = { ONLINE: "ONLINE", OFFLINE: "OFFLINE" } as const;
export type TeachingMode = keyof typeof TeachingMode;
registerEnumType(TeachingMode, { name: "TeachingMode", description: "Over the network, or in one room." });

export const TeachingLevel = {
  SD: "SD",
  SMP: "SMP",
  SMA: "SMA",
  UNIVERSITY: "UNIVERSITY",
  PROFESSIONAL: "PROFESSIONAL",
  GENERAL: "GENERAL",
} as const;
export type TeachingLevel = keyof typeof TeachingLevel;
registerEnumType(TeachingLevel, {
  name: "TeachingLevel",
  description: "Whom a subject is taught to.",
  valuesConfig: {
    SD: { description: "Primary school, grades 1 to 6." },
    SMP: { description: "Junior secondary school, grades 7 to 9." },
    SMA: { description: "Senior secondary school, grades 10 to 12." },
  },
});

export const TutorStatus = { DRAFT: "DRAFT", ACTIVE: "ACTIVE", INACTIVE: "INACTIVE", BANNED: "BANNED" } as const;
export type TutorStatus = keyof typeof TutorStatus;
registerEnumType(TutorStatus, { name: "TutorStatus", description: "Whether a tutor takes lessons." });

export const VerificationStatus = {
  NONE: "NONE",
  PENDING: "PENDING",
  APPROVED: "APPROVED",
  REJECTED: "REJECTED",
} as const;
export type VerificationStatus = keyof typeof VerificationStatus;
registerEnumType(VerificationStatus, {
  name: "VerificationStatus",
  description: "Whether the platform has checked a tutor's documents.",
});

@Directive('@key(fields: "id")')
@ObjectType({ description: "A tutor as learners find them. Until it is active and verified only its owner sees it." })
export class TutorProfile {
  @Field(() => ID)
  id!: string;
  @Field(() => String, { description: "One line, at most 120 characters." })
  headline!: string;
  @Field(() => String, { description: "Plain text, at most 5000 characters." })
  bio!: string;
  @Field(() => [TeachingMode])
  teachingModes!: TeachingMode[];
  @Field(() => String, { description: "Where the tutor lives, e.g. `Bandung`." })
  baseCity!: string;
  @Field(() => TutorStatus)
  status!: TutorStatus;
  @Field(() => VerificationStatus)
  verificationStatus!: VerificationStatus;
  @Field(() => Int, { description: "Published reviews." })
  ratingCount!: number;
  @Field(() => Int)
  completedLessonsCount!: number;

  userId!: string;
  hourlyRateMinor!: bigint;
  currency!: string;
  ratingSum!: number;
}

@ObjectType({ description: "One subject that a tutor teaches, at one level." })
export class TutorSubject {
  @Field(() => ID)
  id!: string;
  @Field(() => Subject)
  subject!: Subject;
  @Field(() => TeachingLevel)
  level!: TeachingLevel;

  rateMinor!: bigint;
  currency!: string;
}

export const TutorProfileConnection = connectionOf(TutorProfile);

@ObjectType()
export class UpdateTutorProfilePayload {
  @Field(() => TutorProfile)
  tutorProfile!: TutorProfile;
}
