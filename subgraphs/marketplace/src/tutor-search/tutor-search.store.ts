import type { EachQuery } from "@lentera/kit";
import { Prisma } from "@lentera/prisma/marketplace";
import type { Transaction } from "../context.js";
import type { TutorOrder } from "./tutor-search.input.js";
import type { Criteria } from "./tutor-search.rules.js";

/** A tutor's place in the list. */
export interface Hit {
  readonly id: string;
  readonly sortValue: string;
}

const DESCENDING = { direction: Prisma.sql`desc`, beyond: Prisma.sql`<` };
const ASCENDING = { direction: Prisma.sql`asc`, beyond: Prisma.sql`>` };

/** Each has an index that ends in the tutor's id. */
const ORDERS = {
  RECOMMENDED: { column: Prisma.sql`score`, type: Prisma.sql`double precision`, ...DESCENDING },
  PRICE_ASC: { column: Prisma.sql`hourly_rate_minor`, type: Prisma.sql`bigint`, ...ASCENDING },
  PRICE_DESC: { column: Prisma.sql`hourly_rate_minor`, type: Prisma.sql`bigint`, ...DESCENDING },
  EXPERIENCE: { column: Prisma.sql`completed_lessons_count`, type: Prisma.sql`int`, ...DESCENDING },
} satisfies Record<TutorOrder, object>;

/** The tutors that meet the criteria, from the one beyond the cursor. */
export function findHits(
  tx: Transaction,
  criteria: Criteria,
  orderBy: TutorOrder,
  { take, beyond }: EachQuery,
): Promise<Hit[]> {
  const { column, type, direction, beyond: comparison } = ORDERS[orderBy];
  const start =
    beyond === null
      ? Prisma.empty
      : Prisma.sql`and (${column}, tutor_id) ${comparison} (${beyond.value}::text::${type}, ${beyond.id}::uuid)`;
  return tx.$queryRaw`
    select tutor_id as id, ${column}::text as "sortValue"
    from tutor_listings
    where ${matching(criteria)} ${start}
    order by ${column} ${direction}, tutor_id ${direction}
    limit ${take}`;
}

/** Whether any tutor has these words as they are spelt. */
export async function areKnownWords(tx: Transaction, words: readonly string[]): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ known: boolean }[]>`
    select exists (select from tutor_listings where ${saying({ words, spelling: "EXACT" })}) as known`;
  return row?.known ?? false;
}

export async function countHits(tx: Transaction, criteria: Criteria): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from tutor_listings where ${matching(criteria)}`;
  return row?.count ?? 0;
}

function matching(criteria: Criteria): Prisma.Sql {
  const { offering, city, currency, minimumRateMinor, maximumRateMinor, minimumScore, mode, isNew } = criteria;
  return Prisma.join(
    [
      Prisma.sql`true`,
      ...(criteria.words.length === 0 ? [] : [saying(criteria)]),
      ...(offering === null ? [] : [Prisma.sql`offerings @> array[${offering}::text]`]),
      ...(city === null ? [] : [Prisma.sql`city = ${city}`]),
      ...(currency === null ? [] : [Prisma.sql`currency = ${currency}`]),
      ...(minimumRateMinor === null ? [] : [Prisma.sql`hourly_rate_minor >= ${minimumRateMinor}`]),
      ...(maximumRateMinor === null ? [] : [Prisma.sql`hourly_rate_minor <= ${maximumRateMinor}`]),
      ...(minimumScore === null ? [] : [Prisma.sql`score >= ${minimumScore}::double precision`]),
      ...(mode === null ? [] : [Prisma.sql`teaching_modes @> array[${mode}::"TeachingMode"]`]),
      ...(isNew === null ? [] : [Prisma.sql`is_new = ${isNew}`]),
    ],
    " and ",
  );
}

/** All words: as beginnings of words in headline, subjects and bio, or nearly as written in headline, subjects and city. */
function saying({ words, spelling }: Pick<Criteria, "words" | "spelling">): Prisma.Sql {
  if (spelling === "EXACT")
    return Prisma.sql`words @@ to_tsquery('simple', ${words.map((word) => `${word}:*`).join(" & ")})`;
  return Prisma.join(
    words.map((word) => Prisma.sql`${word} <% text`),
    " and ",
  );
}
