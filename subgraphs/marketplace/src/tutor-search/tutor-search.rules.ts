import { toMinorUnits } from "@lentera/kit";
import type { z } from "zod";
import type { TeachingMode } from "../tutor-profile/tutor-profile.type.js";
import type { TutorOrder, tutorFilterRules } from "./tutor-search.input.js";

/** What a listing must have; null does not matter. */
export interface Criteria {
  /** Words without accents in small letters; every one must be there. */
  readonly words: readonly string[];
  /** How: as the beginning of a word, or nearly as it is written. */
  readonly spelling: "EXACT" | "NEARLY";
  /** As listings hold them: `slug`, `slug/LEVEL` or `/LEVEL`. */
  readonly offering: string | null;
  readonly city: string | null;
  readonly currency: string | null;
  readonly minimumRateMinor: bigint | null;
  readonly maximumRateMinor: bigint | null;
  readonly minimumScore: number | null;
  readonly mode: TeachingMode | null;
  readonly isNew: boolean | null;
}

const MAXIMUM_WORDS = 8;

/** A validated filter as criteria. @throws VALIDATION_ERROR for a rate with more digits than its currency has */
export function criteriaOf(filter: z.output<typeof tutorFilterRules>, orderBy: TutorOrder): Criteria {
  const { search, subject, level, city, minimumRate, maximumRate, minimumRating, mode, isNew } = filter;
  const comparesRates =
    minimumRate != null || maximumRate != null || orderBy === "PRICE_ASC" || orderBy === "PRICE_DESC";
  const currency = filter.currency ?? (comparesRates ? "IDR" : null);
  const minorUnits = (rate: string | null | undefined, path: string): bigint | null =>
    rate == null ? null : toMinorUnits(rate, currency ?? "IDR", path);
  return {
    words: wordsOf(search ?? ""),
    spelling: "EXACT",
    offering: level == null ? (subject ?? null) : `${subject ?? ""}/${level}`,
    city: city == null ? null : withoutAccents(city),
    currency,
    minimumRateMinor: minorUnits(minimumRate, "filter.minimumRate"),
    maximumRateMinor: minorUnits(maximumRate, "filter.maximumRate"),
    minimumScore: minimumRating ?? null,
    mode: mode ?? null,
    isNew: isNew ?? null,
  };
}

/** The first eight words as listings hold them. */
export function wordsOf(search: string): string[] {
  return (withoutAccents(search).match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, MAXIMUM_WORDS);
}

/** In small letters without accents. The database has a function of the same name that does the same. */
function withoutAccents(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .toLowerCase();
}

/** True for a cursor's sort value that a list in this order can have given. */
export function isSortValue(value: string, orderBy: TutorOrder): boolean {
  return orderBy === "RECOMMENDED" ? /^[1-5](\.\d{1,20})?$/.test(value) : /^\d{1,18}$/.test(value);
}
