-- CreateEnum
CREATE TYPE "TeachingMode" AS ENUM ('ONLINE', 'OFFLINE');

-- CreateEnum
CREATE TYPE "TeachingLevel" AS ENUM ('SD', 'SMP', 'SMA', 'UNIVERSITY', 'PROFESSIONAL', 'GENERAL');

-- CreateEnum
CREATE TYPE "TutorStatus" AS ENUM ('DRAFT', 'ACTIVE', 'INACTIVE', 'BANNED');

-- CreateEnum
CREATE TYPE "VerificationStatus" AS ENUM ('NONE', 'PENDING', 'APPROVED', 'REJECTED');

-- CreateTable
CREATE TABLE "subject_categories" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "name" TEXT NOT NULL,

    CONSTRAINT "subject_categories_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subjects" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "category_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "subjects_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tutor_profiles" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "user_id" UUID NOT NULL,
    "headline" TEXT NOT NULL,
    "bio" TEXT NOT NULL,
    "teaching_modes" "TeachingMode"[],
    "base_city" TEXT NOT NULL,
    "hourly_rate_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'IDR',
    "verification_status" "VerificationStatus" NOT NULL DEFAULT 'NONE',
    "status" "TutorStatus" NOT NULL DEFAULT 'DRAFT',
    "rating_sum" INTEGER NOT NULL DEFAULT 0,
    "rating_count" INTEGER NOT NULL DEFAULT 0,
    "completed_lessons_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tutor_profiles_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tutor_subjects" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "tutor_id" UUID NOT NULL,
    "subject_id" UUID NOT NULL,
    "level" "TeachingLevel" NOT NULL,
    "rate_override_minor" BIGINT,

    CONSTRAINT "tutor_subjects_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tutor_listings" (
    "tutor_id" UUID NOT NULL,
    "city" TEXT NOT NULL,
    "teaching_modes" "TeachingMode"[],
    "offerings" TEXT[],
    "currency" TEXT NOT NULL,
    "hourly_rate_minor" BIGINT NOT NULL,
    "completed_lessons_count" INTEGER NOT NULL,
    "is_new" BOOLEAN NOT NULL,
    "score" DOUBLE PRECISION NOT NULL,
    "words" tsvector NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "tutor_listings_pkey" PRIMARY KEY ("tutor_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "subject_categories_name_key" ON "subject_categories"("name");

-- CreateIndex
CREATE UNIQUE INDEX "subjects_slug_key" ON "subjects"("slug");

-- CreateIndex
CREATE INDEX "subjects_category_id_idx" ON "subjects"("category_id");

-- CreateIndex
CREATE INDEX "subjects_name_id_idx" ON "subjects"("name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "tutor_profiles_user_id_key" ON "tutor_profiles"("user_id");

-- CreateIndex
CREATE INDEX "tutor_subjects_subject_id_idx" ON "tutor_subjects"("subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "tutor_subjects_tutor_id_subject_id_level_key" ON "tutor_subjects"("tutor_id", "subject_id", "level");

-- CreateIndex
CREATE INDEX "tutor_listings_score_tutor_id_idx" ON "tutor_listings"("score", "tutor_id");

-- CreateIndex
CREATE INDEX "tutor_listings_currency_hourly_rate_minor_tutor_id_idx" ON "tutor_listings"("currency", "hourly_rate_minor", "tutor_id");

-- CreateIndex
CREATE INDEX "tutor_listings_completed_lessons_count_tutor_id_idx" ON "tutor_listings"("completed_lessons_count", "tutor_id");

-- CreateIndex
CREATE INDEX "tutor_listings_city_score_tutor_id_idx" ON "tutor_listings"("city", "score", "tutor_id");

-- CreateIndex
CREATE INDEX "tutor_listings_offerings_idx" ON "tutor_listings" USING GIN ("offerings");

-- CreateIndex
CREATE INDEX "tutor_listings_words_idx" ON "tutor_listings" USING GIN ("words");

-- CreateIndex
CREATE INDEX "tutor_listings_text_idx" ON "tutor_listings" USING GIN ("text" gin_trgm_ops);

-- AddForeignKey
ALTER TABLE "subjects" ADD CONSTRAINT "subjects_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "subject_categories"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tutor_subjects" ADD CONSTRAINT "tutor_subjects_tutor_id_fkey" FOREIGN KEY ("tutor_id") REFERENCES "tutor_profiles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tutor_subjects" ADD CONSTRAINT "tutor_subjects_subject_id_fkey" FOREIGN KEY ("subject_id") REFERENCES "subjects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tutor_listings" ADD CONSTRAINT "tutor_listings_tutor_id_fkey" FOREIGN KEY ("tutor_id") REFERENCES "tutor_profiles"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand from here: rules that no wrong program can break.

ALTER TABLE "subjects" ADD CONSTRAINT "subjects_slug_check" CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$');
ALTER TABLE "tutor_profiles" ADD CONSTRAINT "tutor_profiles_text_check"
  CHECK (length(headline) BETWEEN 1 AND 120 AND length(bio) <= 5000 AND length(base_city) BETWEEN 1 AND 100);
ALTER TABLE "tutor_profiles" ADD CONSTRAINT "tutor_profiles_teaching_modes_check" CHECK (cardinality(teaching_modes) BETWEEN 1 AND 2);
ALTER TABLE "tutor_profiles" ADD CONSTRAINT "tutor_profiles_rate_check" CHECK (hourly_rate_minor > 0 AND currency ~ '^[A-Z]{3}$');
ALTER TABLE "tutor_profiles" ADD CONSTRAINT "tutor_profiles_rating_check"
  CHECK (rating_count >= 0 AND rating_sum BETWEEN rating_count AND 5 * rating_count AND completed_lessons_count >= 0);
ALTER TABLE "tutor_subjects" ADD CONSTRAINT "tutor_subjects_rate_check" CHECK (rate_override_minor > 0);

-- Tutors write their own profile, but not what others decide about it.

CREATE FUNCTION refuse_own_verdict() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
  IF row_security_active('tutor_profiles') AND NOT app.bypass()
    AND (new.status, new.verification_status, new.rating_sum, new.rating_count, new.completed_lessons_count)
      IS DISTINCT FROM (coalesce(old.status, 'DRAFT'), coalesce(old.verification_status, 'NONE'), coalesce(old.rating_sum, 0),
        coalesce(old.rating_count, 0), coalesce(old.completed_lessons_count, 0))
  THEN
    RAISE EXCEPTION 'status, verification, ratings and lessons of a profile are not its owner''s to write'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN new;
END
$$;

CREATE TRIGGER "refuse_own_verdict" BEFORE INSERT OR UPDATE ON "tutor_profiles"
  FOR EACH ROW EXECUTE FUNCTION refuse_own_verdict();

-- The listing follows profiles, their subjects and the subjects' names. It is a table of its own because everybody may read
-- all of it: where row level security filters, PostgreSQL does not search by words or trigrams before it has filtered. For
-- the same reason city is text: only an operator that can leak nothing, as that of text, lets an index give the order too.

CREATE FUNCTION without_accents(text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lower(regexp_replace(normalize($1, NFD), '[\u0300-\u036f]', '', 'g'));

-- Locking the profiles first puts two changes of one profile in a queue, so that the second sees the first.
CREATE FUNCTION refresh_tutor_listings(tutor_ids uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
BEGIN
  PERFORM FROM tutor_profiles WHERE id = ANY (tutor_ids) ORDER BY id FOR NO KEY UPDATE;
  DELETE FROM tutor_listings WHERE tutor_id = ANY (tutor_ids);
  INSERT INTO tutor_listings
    (tutor_id, city, teaching_modes, offerings, currency, hourly_rate_minor, completed_lessons_count, is_new, score, words, text)
  SELECT p.id, without_accents(p.base_city), p.teaching_modes, coalesce(taught.offerings, '{}'), p.currency, p.hourly_rate_minor,
    p.completed_lessons_count, p.rating_count < 3, (p.rating_sum + 4.3 * 5) / (p.rating_count + 5),
    to_tsvector('simple', without_accents(concat_ws(' ', p.headline, taught.names, p.bio))),
    without_accents(concat_ws(' ', p.headline, taught.names, p.base_city))
  FROM tutor_profiles p
  LEFT JOIN LATERAL (
    SELECT string_agg(DISTINCT s.name, ' ') AS names, array_agg(DISTINCT key) AS offerings
    FROM tutor_subjects t
    JOIN subjects s ON s.id = t.subject_id AND s.is_active
    CROSS JOIN LATERAL unnest(ARRAY[s.slug, s.slug || '/' || t.level, '/' || t.level]) AS key
    WHERE t.tutor_id = p.id
  ) taught ON true
  WHERE p.id = ANY (tutor_ids) AND p.status = 'ACTIVE' AND p.verification_status = 'APPROVED';
END
$$;

CREATE FUNCTION follow_tutor_profiles() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$ BEGIN PERFORM refresh_tutor_listings(ARRAY(SELECT id FROM changed)); RETURN NULL; END $$;

CREATE FUNCTION follow_tutor_subjects() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$ BEGIN PERFORM refresh_tutor_listings(ARRAY(SELECT DISTINCT tutor_id FROM changed)); RETURN NULL; END $$;

CREATE FUNCTION follow_subjects() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
BEGIN
  PERFORM refresh_tutor_listings(ARRAY(SELECT DISTINCT tutor_id FROM tutor_subjects WHERE subject_id IN (SELECT id FROM changed)));
  RETURN NULL;
END
$$;

CREATE TRIGGER "follow_insert" AFTER INSERT ON "tutor_profiles"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_tutor_profiles();
CREATE TRIGGER "follow_update" AFTER UPDATE ON "tutor_profiles"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_tutor_profiles();
CREATE TRIGGER "follow_insert" AFTER INSERT ON "tutor_subjects"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_tutor_subjects();
CREATE TRIGGER "follow_update" AFTER UPDATE ON "tutor_subjects"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_tutor_subjects();
CREATE TRIGGER "follow_delete" AFTER DELETE ON "tutor_subjects"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_tutor_subjects();
CREATE TRIGGER "follow_update" AFTER UPDATE ON "subjects"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_subjects();

-- Who sees what. Forced, so that not even the owner of a table reads past it; only app.bypass() does.

ALTER TABLE "subject_categories" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "subject_categories" FORCE ROW LEVEL SECURITY;
CREATE POLICY "everybody" ON "subject_categories" FOR SELECT USING (true);
CREATE POLICY "system" ON "subject_categories" USING ((SELECT app.bypass()));

ALTER TABLE "subjects" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "subjects" FORCE ROW LEVEL SECURITY;
CREATE POLICY "everybody" ON "subjects" FOR SELECT USING (true);
CREATE POLICY "system" ON "subjects" USING ((SELECT app.bypass()));

ALTER TABLE "tutor_profiles" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tutor_profiles" FORCE ROW LEVEL SECURITY;
CREATE POLICY "listed" ON "tutor_profiles" FOR SELECT USING (status = 'ACTIVE' AND verification_status = 'APPROVED');
CREATE POLICY "own" ON "tutor_profiles" FOR SELECT USING (user_id = (SELECT app.user_id()));
CREATE POLICY "own_insert" ON "tutor_profiles" FOR INSERT WITH CHECK (user_id = (SELECT app.user_id()));
CREATE POLICY "own_update" ON "tutor_profiles" FOR UPDATE USING (user_id = (SELECT app.user_id()));
CREATE POLICY "system" ON "tutor_profiles" USING ((SELECT app.bypass()));

ALTER TABLE "tutor_subjects" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tutor_subjects" FORCE ROW LEVEL SECURITY;
CREATE POLICY "of_visible_profile" ON "tutor_subjects" FOR SELECT USING (
  EXISTS (SELECT FROM tutor_profiles p WHERE p.id = tutor_id));
CREATE POLICY "own" ON "tutor_subjects" USING (
  EXISTS (SELECT FROM tutor_profiles p WHERE p.id = tutor_id AND p.user_id = (SELECT app.user_id())));
CREATE POLICY "system" ON "tutor_subjects" USING ((SELECT app.bypass()));

ALTER TABLE "tutor_listings" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tutor_listings" FORCE ROW LEVEL SECURITY;
CREATE POLICY "everybody" ON "tutor_listings" FOR SELECT USING (true);
CREATE POLICY "system" ON "tutor_listings" USING ((SELECT app.bypass()));
