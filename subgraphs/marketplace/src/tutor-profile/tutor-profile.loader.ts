import { LenteraError, defineLoader, inOrderOf } from "@lentera/kit";
import { z } from "zod";
import type { MarketplaceContext } from "../context.js";
import { visibleTo } from "./tutor-profile.policy.js";
import * as store from "./tutor-profile.store.js";
import type { TutorProfile, TutorSubject } from "./tutor-profile.type.js";

export const tutorProfileLoader = defineLoader<MarketplaceContext, string, TutorProfile>(async (ctx, ids) =>
  inOrderOf(
    ids,
    await store.findProfiles(
      ctx.db,
      visibleTo(ctx.viewer),
      ids.filter((id) => z.guid().safeParse(id).success),
    ),
    ({ id }) => id,
    () => new LenteraError("NOT_FOUND"),
  ),
);

/** The profile of each person; null for those who have none that the viewer may see. */
export const profileOfUserLoader = defineLoader<MarketplaceContext, string, TutorProfile | null>(async (ctx, userIds) =>
  inOrderOf(
    userIds,
    await store.findProfilesOf(
      ctx.db,
      visibleTo(ctx.viewer),
      userIds.filter((id) => z.guid().safeParse(id).success),
    ),
    ({ userId }) => userId,
    () => null,
  ),
);

export const tutorSubjectsLoader = defineLoader<MarketplaceContext, string, TutorSubject[]>(async (ctx, tutorIds) => {
  const subjects = await store.findSubjects(ctx.db, tutorIds);
  return tutorIds.map((tutorId) => subjects.get(tutorId) ?? []);
});
