import { CURRENCIES, Decimal } from "@lentera/kit";
import { ArgsType, Field, Float, InputType, registerEnumType } from "type-graphql";
import { z } from "zod";
import { TeachingLevel, TeachingMode } from "../tutor-profile/tutor-profile.type.js";

export const TutorOrder = {
  RECOMMENDED: "RECOMMENDED",
  PRICE_ASC: "PRICE_ASC",
  PRICE_DESC: "PRICE_DESC",
  EXPERIENCE: "EXPERIENCE",
} as const;
export type TutorOrder = keyof typeof TutorOrder;
registerEnumType(TutorOrder, {
  name: "TutorOrder",
  valuesConfig: {
    RECOMMENDED: { description: "Best reviews first; a tutor with few reviews counts as nearly average." },
    PRICE_ASC: { description: "Cheapest first, among tutors of one currency." },
    PRICE_DESC: { description: "Dearest first, among tutors of one currency." },
    EXPERIENCE: { description: "Most completed lessons first." },
  },
});

@InputType({ description: "All that is given must hold." })
export class TutorFilter {
  @Field(() => String, {
    nullable: true,
    description:
      "At most 200 characters: words that are in headline, subjects or bio, in any order; beginnings suffice and slips are forgiven.",
  })
  search?: string | null;
  @Field(() => String, { nullable: true, description: "The slug of a subject." })
  subject?: string | null;
  @Field(() => TeachingLevel, { nullable: true, description: "With `subject`: teaches that subject at this level." })
  level?: TeachingLevel | null;
  @Field(() => String, { nullable: true, description: "In small or capital letters." })
  city?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "ISO 4217 code; IDR when rates are compared and it is not given.",
  })
  currency?: string | null;
  @Field(() => Decimal, { nullable: true })
  minimumRate?: string | null;
  @Field(() => Decimal, { nullable: true })
  maximumRate?: string | null;
  @Field(() => Float, {
    nullable: true,
    description:
      "1 to 5, compared with the rating together with five reviews of 4.3, so that new tutors are not left out.",
  })
  minimumRating?: number | null;
  @Field(() => TeachingMode, { nullable: true })
  mode?: TeachingMode | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "Only tutors with fewer than three reviews, or only the others.",
  })
  isNew?: boolean | null;
}

@ArgsType()
export class TutorSearchArguments {
  @Field(() => TutorFilter, { nullable: true })
  filter?: TutorFilter | null;
  @Field(() => TutorOrder, { defaultValue: TutorOrder.RECOMMENDED })
  orderBy!: TutorOrder;
}

export const tutorFilterRules = z.object({
  search: z.string().max(200, "A search has at most 200 characters.").nullish(),
  subject: z.string().max(100, "Use the slug of a subject.").nullish(),
  level: z.enum(TeachingLevel).nullish(),
  city: z.string().trim().max(100, "A city has at most 100 characters.").nullish(),
  currency: z.enum(CURRENCIES, `Use one of ${CURRENCIES.join(", ")}.`).nullish(),
  minimumRate: z.string().nullish(),
  maximumRate: z.string().nullish(),
  minimumRating: z.number().min(1, "A rating is from 1 to 5.").max(5, "A rating is from 1 to 5.").nullish(),
  mode: z.enum(TeachingMode).nullish(),
  isNew: z.boolean().nullish(),
});
