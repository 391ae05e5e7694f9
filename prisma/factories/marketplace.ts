import { randomUUID } from "node:crypto";
import type pg from "pg";

/** A pool or a connection of the owner of the tables, who stands above row level security. */
type Database = Pick<pg.ClientBase, "query">;

export interface BuiltSubject {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

/** A subject on offer, in the category Akademik. */
export async function buildSubject(db: Database, parts: { name?: string; slug?: string } = {}): Promise<BuiltSubject> {
  const id = randomUUID();
  const { slug = `subject-${id}`, name = `Mata pelajaran ${id}` } = parts;
  await db.query(
    `with category as (
       insert into subject_categories (name) values ('Akademik') on conflict (name) do update set name = excluded.name returning id
     )
     insert into subjects (id, category_id, name, slug) select $1, category.id, $2, $3 from category`,
    [id, name, slug],
  );
  return { id, slug, name };
}

export interface BuiltTutorProfile {
  readonly id: string;
  readonly userId: string;
}

/** A tutor's profile, active and verified unless told; with one subject for each that is given. */
export async function buildTutorProfile(
  db: Database,
  parts: {
    userId?: string;
    headline?: string;
    bio?: string;
    teachingModes?: readonly string[];
    baseCity?: string;
    hourlyRateMinor?: number;
    currency?: string;
    status?: string;
    verificationStatus?: string;
    ratings?: readonly number[];
    completedLessonsCount?: number;
    subjects?: readonly { subject: BuiltSubject; level?: string; rateOverrideMinor?: number }[];
  } = {},
): Promise<BuiltTutorProfile> {
  const {
    userId = randomUUID(),
    headline = "Guru privat",
    bio = "",
    teachingModes = ["ONLINE"],
    baseCity = "Bandung",
  } = parts;
  const { hourlyRateMinor = 100_000, currency = "IDR", status = "ACTIVE", verificationStatus = "APPROVED" } = parts;
  const { ratings = [], completedLessonsCount = 0, subjects = [] } = parts;
  const id = randomUUID();
  await db.query(
    `insert into tutor_profiles (id, user_id, headline, bio, teaching_modes, base_city, hourly_rate_minor, currency, status,
       verification_status, rating_sum, rating_count, completed_lessons_count, updated_at)
     values ($1, $2, $3, $4, $5::"TeachingMode"[], $6, $7, $8, $9, $10, $11, $12, $13, now())`,
    [
      id,
      userId,
      headline,
      bio,
      teachingModes,
      baseCity,
      hourlyRateMinor,
      currency,
      status,
      verificationStatus,
      ratings.reduce((sum, rating) => sum + rating, 0),
      ratings.length,
      completedLessonsCount,
    ],
  );
  for (const { subject, level = "SMA", rateOverrideMinor = null } of subjects)
    await db.query(
      "insert into tutor_subjects (tutor_id, subject_id, level, rate_override_minor) values ($1, $2, $3, $4)",
      [id, subject.id, level, rateOverrideMinor],
    );
  return { id, userId };
}
