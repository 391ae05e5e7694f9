import { CURRENCIES, Decimal, toMinorUnits } from "@lentera/kit";
import { Field, InputType } from "type-graphql";
import { z } from "zod";
import { TeachingLevel, TeachingMode } from "./tutor-profile.type.js";

@InputType()
export class TutorSubjectInput {
  @Field(() => String, { description: "The slug of a subject on offer." })
  subject!: string;
  @Field(() => TeachingLevel)
  level!: TeachingLevel;
  @Field(() => Decimal, { nullable: true, description: "Instead of the profile's hourly rate, in its currency." })
  hourlyRate?: string | null;
}

@InputType({ description: "The whole profile: what is not given is not kept, but for `subjects`." })
export class UpdateTutorProfileInput {
  @Field(() => String, { description: "One line, 1 to 120 characters." })
  headline!: string;
  @Field(() => String, { description: "Plain text, at most 5000 characters." })
  bio!: string;
  @Field(() => [TeachingMode], { description: "At least one." })
  teachingModes!: TeachingMode[];
  @Field(() => String, { description: "1 to 100 characters, e.g. `Bandung`." })
  baseCity!: string;
  @Field(() => Decimal, { description: "More than zero, with at most the digits that the currency has." })
  hourlyRate!: string;
  @Field(() => String, { defaultValue: "IDR", description: "ISO 4217 code." })
  currency!: string;
  @Field(() => [TutorSubjectInput], { nullable: true, description: "At most 50; replaces all when given." })
  subjects?: TutorSubjectInput[] | null;
}

/** PostgreSQL stores every character but this one. */
const storable = (text: string): boolean => !text.includes("\u0000");

/** True for more than zero with no more digits than the currency has; what is no currency is its own field's fault. */
function isRate(amount: string, currency: string): boolean {
  try {
    return toMinorUnits(amount, currency) > 0n;
  } catch {
    return !CURRENCIES.some((known) => known === currency);
  }
}

const RATE_MESSAGE = "Give a rate above zero with at most the digits that the currency has.";

/** @param slugs of the subjects on offer */
export function updateTutorProfileRules(slugs: { has(slug: string): boolean }) {
  const subject = z.object({
    subject: z.string().refine((slug) => slugs.has(slug), "Use the slug of a subject on offer."),
    level: z.enum(TeachingLevel),
    hourlyRate: z.string().nullish(),
  });
  return z
    .object({
      headline: text(1, 120, "Write one line about what you teach."),
      bio: text(0, 5000),
      teachingModes: z
        .array(z.enum(TeachingMode))
        .min(1, "Choose at least one way of teaching.")
        .transform((modes) => [...new Set(modes)]),
      baseCity: text(1, 100, "Say in which city you live."),
      hourlyRate: z.string(),
      currency: z.enum(CURRENCIES, `Use one of ${CURRENCIES.join(", ")}.`),
      subjects: z.array(subject).max(50, "Choose at most 50 subjects.").nullish(),
    })
    .superRefine(({ hourlyRate, currency, subjects }, found) => {
      if (!isRate(hourlyRate, currency))
        found.addIssue({ code: "custom", path: ["hourlyRate"], message: RATE_MESSAGE });
      const seen = new Set<string>();
      for (const [index, offered] of (subjects ?? []).entries()) {
        const path = ["subjects", index];
        const key = `${offered.subject}/${offered.level}`;
        if (seen.has(key)) found.addIssue({ code: "custom", path, message: "Name each subject and level once." });
        seen.add(key);
        if (offered.hourlyRate != null && !isRate(offered.hourlyRate, currency))
          found.addIssue({ code: "custom", path: [...path, "hourlyRate"], message: RATE_MESSAGE });
      }
    });
}

function text(minimum: number, maximum: number, whenEmpty = "Write something.") {
  return z
    .string()
    .trim()
    .min(minimum, whenEmpty)
    .max(maximum, `This has at most ${maximum} characters.`)
    .refine(storable, "This cannot hold the character U+0000.");
}
