import type { Transaction } from "../context.js";
import type { TeachingLevel, TeachingMode, TutorProfile, TutorStatus, TutorSubject } from "./tutor-profile.type.js";

export function findProfiles(tx: Transaction, visible: object, ids: readonly string[]): Promise<TutorProfile[]> {
  return tx.tutorProfile.findMany({ where: { AND: [visible, { id: { in: [...ids] } }] } });
}

export function findProfilesOf(tx: Transaction, visible: object, userIds: readonly string[]): Promise<TutorProfile[]> {
  return tx.tutorProfile.findMany({ where: { AND: [visible, { userId: { in: [...userIds] } }] } });
}

/** What each tutor teaches, by the name of the subject; row level security leaves out whose profile is not visible. */
export async function findSubjects(tx: Transaction, tutorIds: readonly string[]): Promise<Map<string, TutorSubject[]>> {
  const offered = await tx.tutorSubject.findMany({
    where: { tutorId: { in: [...tutorIds] }, subject: { isActive: true } },
    include: { subject: { include: { category: true } }, tutor: { select: { hourlyRateMinor: true, currency: true } } },
    orderBy: [{ subject: { name: "asc" } }, { level: "asc" }],
  });
  const groups = Map.groupBy(offered, ({ tutorId }) => tutorId);
  return new Map(
    [...groups].map(([tutorId, subjects]) => [
      tutorId,
      subjects.map(({ id, subject, level, rateOverrideMinor, tutor }) => ({
        id,
        subject,
        level,
        rateMinor: rateOverrideMinor ?? tutor.hourlyRateMinor,
        currency: tutor.currency,
      })),
    ]),
  );
}

export interface ProfileValues {
  readonly headline: string;
  readonly bio: string;
  readonly teachingModes: TeachingMode[];
  readonly baseCity: string;
  readonly hourlyRateMinor: bigint;
  readonly currency: string;
}

export interface StoredProfile extends ProfileValues {
  readonly id: string;
  readonly status: TutorStatus;
}

/** The person's profile, locked until the transaction ends. */
export async function lockProfileOf(tx: Transaction, userId: string): Promise<StoredProfile | null> {
  await tx.$queryRaw`select from tutor_profiles where user_id = ${userId}::uuid for no key update`;
  return tx.tutorProfile.findFirst({ where: { userId } });
}

/** Writes the person's profile, a draft when it is their first. @returns its id */
export async function saveProfile(tx: Transaction, userId: string, values: ProfileValues): Promise<string> {
  const { id } = await tx.tutorProfile.upsert({
    where: { userId },
    create: { userId, ...values },
    update: { ...values },
    select: { id: true },
  });
  return id;
}

export interface OfferedSubject {
  readonly subjectId: string;
  readonly level: TeachingLevel;
  readonly rateOverrideMinor: bigint | null;
}

export async function replaceSubjects(
  tx: Transaction,
  tutorId: string,
  subjects: readonly OfferedSubject[],
): Promise<void> {
  await tx.tutorSubject.deleteMany({ where: { tutorId } });
  await tx.tutorSubject.createMany({ data: subjects.map((subject) => ({ ...subject, tutorId })) });
}
