import { type ConnectionArguments, type Page, invalidField, paginateEach, validate, wholePage } from "@lentera/kit";
import type { MarketplaceContext } from "../context.js";
import { visibleTo } from "../tutor-profile/tutor-profile.policy.js";
import { findProfiles } from "../tutor-profile/tutor-profile.store.js";
import type { TutorProfile } from "../tutor-profile/tutor-profile.type.js";
import { type TutorSearchArguments, tutorFilterRules } from "./tutor-search.input.js";
import { criteriaOf, isSortValue } from "./tutor-search.rules.js";
import * as store from "./tutor-search.store.js";

/** There is one list, where `paginateEach` pages many. */
const LIST = "tutors";

/**
 * The active and verified tutors that meet a filter: two statements, one for who is on the page and one for their profiles.
 * A search takes one more: words that no tutor has are taken for misspelt ones.
 * @throws VALIDATION_ERROR for every part of the filter that is wrong, and for a cursor of another order
 */
export async function searchTutors(
  ctx: MarketplaceContext,
  args: ConnectionArguments,
  { filter, orderBy }: TutorSearchArguments,
): Promise<Page<TutorProfile>> {
  const wanted = criteriaOf(validate(tutorFilterRules, filter ?? {}, "filter"), orderBy);
  const isSpeltRight = wanted.words.length === 0 || (await store.areKnownWords(ctx.db, wanted.words));
  const criteria = isSpeltRight ? wanted : { ...wanted, spelling: "NEARLY" as const };
  const [page = wholePage<TutorProfile>([])] = await paginateEach({
    args,
    parentIds: [LIST],
    rows: async (query) => {
      if (query.beyond !== null && !isSortValue(query.beyond.value, orderBy))
        throw invalidField("after", "INVALID_FORMAT", "Use a cursor that this list gave in the same order.");
      const hits = await store.findHits(ctx.db, criteria, orderBy, query);
      const profiles = await findProfiles(
        ctx.db,
        visibleTo(ctx.viewer),
        hits.map(({ id }) => id),
      );
      const profileOf = new Map(profiles.map((profile) => [profile.id, profile]));
      return hits.flatMap(({ id, sortValue }) => {
        const profile = profileOf.get(id);
        return profile === undefined ? [] : [Object.assign(profile, { sortValue })];
      });
    },
    parentOf: () => LIST,
    sortValueOf: ({ sortValue }) => sortValue,
    counts: async () => new Map([[LIST, await store.countHits(ctx.db, criteria)]]),
  });
  return page;
}
