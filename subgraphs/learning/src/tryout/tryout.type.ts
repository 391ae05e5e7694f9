import { DateTime, connectionOf } from "@lentera/kit";
import { AccessLevel, TryoutKind, TryoutSelection, TryoutStatus } from "@lentera/prisma/learning";
import { Directive, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";

registerEnumType(TryoutKind, {
  name: "TryoutKind",
  description: "PRACTICE can be repeated as often as one likes, SCHEDULED is sat once within its window.",
});

registerEnumType(TryoutStatus, {
  name: "TryoutStatus",
  description: "DRAFT, SCHEDULED, ACTIVE while it can be sat, COMPLETED when its time is over; or CANCELLED.",
});
registerEnumType(TryoutSelection, {
  name: "TryoutSelection",
  description: "Whether the items were named by hand (MANUAL), chosen by shares (AUTO), or both (MIXED).",
});
registerEnumType(AccessLevel, {
  name: "AccessLevel",
  description: "PREMIUM needs an entitlement to premium content.",
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
  @Field(() => AccessLevel)
  accessLevel!: AccessLevel;

  @Field(() => TryoutStatus)
  status!: TryoutStatus;
  @Field(() => TryoutSelection)
  selection!: TryoutSelection;
  @Field(() => DateTime, { nullable: true })
  opensAt!: Date | null;
  @Field(() => DateTime, { nullable: true })
  closesAt!: Date | null;
  @Field(() => Boolean, { description: "Each section has its own clock and no way back, see `Attempt.sections`." })
  hasSectionClocks!: boolean;
  @Field(() => Boolean, { description: "Every student meets the items in an order of their own." })
  randomizeItems!: boolean;
  @Field(() => Boolean, { description: "False: scores are given out two minutes after the tryout closes." })
  showResultsImmediately!: boolean;
  @Field(() => Boolean, { description: "Keys can be seen afterwards, see `Attempt.review`." })
  allowReview!: boolean;
  @Field(() => Int, {
    nullable: true,
    description: "Sittings of one student. Null: one when it is SCHEDULED, any number for PRACTICE.",
  })
  attemptLimit!: number | null;

  examTypeId!: string;
  organizationId!: string | null;
  position!: number;
  createdAt!: Date;
  /** Encrypted. */
  accessCode!: string | null;
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

@InputType()
export class TryoutManagementFilter {
  @Field(() => [TryoutStatus], { nullable: true })
  statuses?: TryoutStatus[] | null;
}

@ObjectType({ description: "How many students have begun a tryout and how many have finished it." })
export class TryoutProgress {
  @Field(() => ID)
  tryoutId!: string;
  @Field(() => Int)
  started!: number;
  @Field(() => Int)
  submitted!: number;
}

@ObjectType({ description: "As in `12 of 30 started`." })
export class ClassTryoutProgress {
  @Field(() => Int, { description: "Of the class." })
  students!: number;
  @Field(() => Int)
  started!: number;
  @Field(() => Int)
  submitted!: number;
}

@ObjectType()
export class CreateTryoutPayload {
  @Field(() => Tryout)
  tryout!: Tryout;
}
@ObjectType()
export class ScheduleTryoutPayload extends CreateTryoutPayload {}
@ObjectType()
export class CancelTryoutPayload extends CreateTryoutPayload {}
