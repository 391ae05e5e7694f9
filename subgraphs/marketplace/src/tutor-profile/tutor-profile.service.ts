import { LenteraError, audit, requireSignedIn, toMinorUnits, validate } from "@lentera/kit";
import type { MarketplaceContext } from "../context.js";
import { findSubjectIds } from "../subject/subject.store.js";
import { type UpdateTutorProfileInput, updateTutorProfileRules } from "./tutor-profile.input.js";
import { tutorProfileLoader, tutorSubjectsLoader } from "./tutor-profile.loader.js";
import { canTeach } from "./tutor-profile.policy.js";
import * as store from "./tutor-profile.store.js";
import type { TutorProfile, UpdateTutorProfilePayload } from "./tutor-profile.type.js";

/** @throws NOT_FOUND for a profile that the viewer may not see */
export function getProfile(ctx: MarketplaceContext, id: string): Promise<TutorProfile> {
  return tutorProfileLoader(ctx).load(id);
}

/** The names of what a tutor teaches, each once, in alphabetical order. */
export async function listSubjectNames(ctx: MarketplaceContext, tutorId: string): Promise<string[]> {
  const offered = await tutorSubjectsLoader(ctx).load(tutorId);
  return [...new Set(offered.map(({ subject }) => subject.name))];
}

/**
 * Writes the viewer's own profile, a draft when it is their first.
 * @throws INSUFFICIENT_PERMISSIONS for whoever is no tutor
 * @throws VALIDATION_ERROR for every field that is wrong
 * @throws ILLEGAL_STATE for a banned tutor
 */
export async function updateProfile(
  ctx: MarketplaceContext,
  input: UpdateTutorProfileInput,
): Promise<UpdateTutorProfilePayload> {
  const { userId } = requireSignedIn(ctx.viewer);
  if (!canTeach(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  const subjectIds = await findSubjectIds(ctx.db, input.subjects?.map(({ subject }) => subject) ?? []);
  const { hourlyRate, subjects, ...texts } = validate(updateTutorProfileRules(subjectIds), input);
  const values = { ...texts, hourlyRateMinor: toMinorUnits(hourlyRate, texts.currency) };
  const id = await ctx.transaction(async (tx) => {
    const before = await store.lockProfileOf(tx, userId);
    if (before?.status === "BANNED") throw new LenteraError("ILLEGAL_STATE");
    const tutorId = await store.saveProfile(tx, userId, values);
    if (subjects != null) {
      const offered = subjects.map(({ subject, level, hourlyRate: rate }) => ({
        subjectId: subjectIds.get(subject) ?? "",
        level,
        rateOverrideMinor: rate == null ? null : toMinorUnits(rate, texts.currency),
      }));
      await store.replaceSubjects(tx, tutorId, offered);
    }
    await audit(tx, ctx.identity, {
      action: before === null ? "tutor_profile.created" : "tutor_profile.updated",
      entityType: "TutorProfile",
      entityId: tutorId,
      organizationId: null,
      oldValues: before === null ? undefined : auditable(before),
      newValues: { ...auditable(values), ...(subjects == null ? {} : { subjects }) },
    });
    return tutorId;
  });
  return { tutorProfile: await getProfile(ctx, id) };
}

/** The values as JSON, which knows no bigint. */
function auditable({ headline, bio, teachingModes, baseCity, hourlyRateMinor, currency }: store.ProfileValues): object {
  return { headline, bio, teachingModes, baseCity, hourlyRateMinor: String(hourlyRateMinor), currency };
}
