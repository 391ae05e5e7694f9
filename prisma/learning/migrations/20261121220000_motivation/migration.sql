-- CreateEnum
CREATE TYPE "LeaderboardPeriod" AS ENUM ('WEEK', 'MONTH', 'ALL_TIME');

-- CreateEnum
CREATE TYPE "XpKind" AS ENUM ('TRYOUT', 'PRACTICE', 'ACHIEVEMENT', 'CHALLENGE');

-- CreateEnum
CREATE TYPE "StudySource" AS ENUM ('TRYOUT', 'PRACTICE', 'OFFLINE');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "LeaderboardScope" ADD VALUE 'CLASS';
ALTER TYPE "LeaderboardScope" ADD VALUE 'GROUP';

-- AlterTable
ALTER TABLE "leaderboard_entries" ADD COLUMN     "listed" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "leaderboards" ADD COLUMN     "cohort_id" UUID,
ADD COLUMN     "period" "LeaderboardPeriod" NOT NULL DEFAULT 'ALL_TIME',
ADD COLUMN     "starts_on" DATE,
ADD COLUMN     "time_zone" TEXT NOT NULL DEFAULT 'Asia/Jakarta';

-- AlterTable
ALTER TABLE "xp_events" ADD COLUMN     "kind" "XpKind" NOT NULL DEFAULT 'TRYOUT',
ADD COLUMN     "organization_id" UUID;

-- CreateTable
CREATE TABLE "learners" (
    "user_id" UUID NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'Asia/Jakarta',
    "time_zone_at" TIMESTAMPTZ(3),
    "listed" BOOLEAN NOT NULL DEFAULT true,
    "xp" INTEGER NOT NULL DEFAULT 0,
    "streak" INTEGER NOT NULL DEFAULT 0,
    "longest_streak" INTEGER NOT NULL DEFAULT 0,
    "freezes" INTEGER NOT NULL DEFAULT 0,
    "last_study_day" DATE,
    "day_ends_at" TIMESTAMPTZ(3),

    CONSTRAINT "learners_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "study_days" (
    "user_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "time_zone" TEXT NOT NULL,
    "source" "StudySource" NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "study_days_pkey" PRIMARY KEY ("user_id","day")
);

-- CreateTable
CREATE TABLE "levels" (
    "level" INTEGER NOT NULL,
    "points" INTEGER NOT NULL,

    CONSTRAINT "levels_pkey" PRIMARY KEY ("level")
);

-- CreateTable
CREATE TABLE "cohorts" (
    "id" UUID NOT NULL,
    "scope" "LeaderboardScope" NOT NULL,
    "organization_id" UUID,

    CONSTRAINT "cohorts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cohort_members" (
    "cohort_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,
    "left_at" TIMESTAMPTZ(3),

    CONSTRAINT "cohort_members_pkey" PRIMARY KEY ("cohort_id","user_id")
);

-- CreateTable
CREATE TABLE "ranking_counts" (
    "leaderboard_id" UUID NOT NULL,
    "level" INTEGER NOT NULL,
    "bucket" INTEGER NOT NULL,
    "members" INTEGER NOT NULL,

    CONSTRAINT "ranking_counts_pkey" PRIMARY KEY ("leaderboard_id","level","bucket")
);

-- CreateTable
CREATE TABLE "ranking_changes" (
    "id" BIGSERIAL NOT NULL,
    "leaderboard_id" UUID NOT NULL,
    "points" INTEGER NOT NULL,
    "delta" INTEGER NOT NULL,

    CONSTRAINT "ranking_changes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "levels_points_key" ON "levels"("points");

-- CreateIndex
CREATE INDEX "cohort_members_user_id_idx" ON "cohort_members"("user_id");

-- CreateIndex
CREATE INDEX "ranking_changes_leaderboard_id_points_idx" ON "ranking_changes"("leaderboard_id", "points");

-- CreateIndex
CREATE INDEX "leaderboard_entries_user_id_idx" ON "leaderboard_entries"("user_id");

-- CreateIndex
CREATE INDEX "xp_events_user_id_created_at_id_idx" ON "xp_events"("user_id", "created_at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "cohort_members" ADD CONSTRAINT "cohort_members_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohorts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leaderboards" ADD CONSTRAINT "leaderboards_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohorts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ranking_counts" ADD CONSTRAINT "ranking_counts_leaderboard_id_fkey" FOREIGN KEY ("leaderboard_id") REFERENCES "leaderboards"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ranking_changes" ADD CONSTRAINT "ranking_changes_leaderboard_id_fkey" FOREIGN KEY ("leaderboard_id") REFERENCES "leaderboards"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- CreateIndex
CREATE INDEX "leaderboards_organization_id_period_starts_on_idx" ON "leaderboards"("organization_id", "period", "starts_on");

-- CreateIndex
CREATE INDEX "leaderboards_cohort_id_period_starts_on_idx" ON "leaderboards"("cohort_id", "period", "starts_on");

-- Written by hand from here: rules that no wrong program can break.

DROP INDEX "leaderboards_scope_key";
CREATE UNIQUE INDEX "leaderboards_scope_key" ON "leaderboards" (scope,
  coalesce(organization_id, '00000000-0000-0000-0000-000000000000'),
  coalesce(cohort_id, '00000000-0000-0000-0000-000000000000'), period, coalesce(starts_on, '-infinity'));
ALTER TABLE "leaderboards" ADD CONSTRAINT "leaderboards_period_check" CHECK ((period = 'ALL_TIME') = (starts_on IS NULL));
ALTER TABLE "leaderboard_entries" ADD CONSTRAINT "leaderboard_entries_points_check" CHECK (points >= 0);
ALTER TABLE "learners" ADD CONSTRAINT "learners_counters_check"
  CHECK (xp >= 0 AND streak >= 0 AND longest_streak >= streak AND freezes BETWEEN 0 AND 2
    AND (last_study_day IS NULL) = (day_ends_at IS NULL) AND (streak = 0) = (last_study_day IS NULL));
ALTER TABLE "cohort_members" ADD CONSTRAINT "cohort_members_time_check" CHECK (left_at >= joined_at);
ALTER TABLE "levels" ADD CONSTRAINT "levels_points_check" CHECK (level >= 1 AND points >= 0);
-- What a device says about the past is believed for as long as a package lives, and no instant is in the future.
ALTER TABLE "study_days" ADD CONSTRAINT "study_days_window_check"
  CHECK (at <= recorded_at AND (source <> 'OFFLINE' OR at >= recorded_at - interval '7 days'));
CREATE TRIGGER "immutable" BEFORE UPDATE OR DELETE ON "study_days" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "immutable_all" BEFORE TRUNCATE ON "study_days" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "immutable_all" BEFORE TRUNCATE ON "xp_events" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Level n takes 50 n (n - 1) points: each level takes 100 points more than the one before.
INSERT INTO "levels" (level, points) SELECT n, 50 * n * (n - 1) FROM generate_series(1, 100) AS n;

-- The first day of the week (Monday) or month in which an instant lies in a zone; null for all time.
CREATE FUNCTION period_start(period "LeaderboardPeriod", at timestamptz, zone text) RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE period
  WHEN 'WEEK' THEN date_trunc('week', at AT TIME ZONE zone)::date
  WHEN 'MONTH' THEN date_trunc('month', at AT TIME ZONE zone)::date
END;

-- Which points stand on which leaderboard: the one definition that updates and reconciliation share.
CREATE VIEW "leaderboard_facts" WITH (security_invoker) AS
SELECT l.id AS leaderboard_id, e.id AS event_id, e.user_id, e.points, e.created_at
FROM xp_events e
JOIN leaderboards l ON l.organization_id IS NULL AND l.cohort_id IS NULL
  AND l.starts_on IS NOT DISTINCT FROM period_start(l.period, e.created_at, l.time_zone)
UNION ALL
SELECT l.id, e.id, e.user_id, e.points, e.created_at
FROM xp_events e
JOIN leaderboards l ON l.organization_id = e.organization_id AND l.cohort_id IS NULL
  AND l.starts_on IS NOT DISTINCT FROM period_start(l.period, e.created_at, l.time_zone)
UNION ALL
SELECT l.id, e.id, e.user_id, e.points, e.created_at
FROM xp_events e
JOIN cohort_members m ON m.user_id = e.user_id AND m.left_at IS NULL AND e.created_at >= m.joined_at
JOIN leaderboards l ON l.cohort_id = m.cohort_id
  AND l.starts_on IS NOT DISTINCT FROM period_start(l.period, e.created_at, l.time_zone);

-- Ranks. Every change of an entry is noted as -1 at the old and +1 at the new points; notes are only inserted, so that two
-- learners never wait for each other. A job folds them into counts by 1, 256 and 65,536 points.
CREATE FUNCTION note_ranking_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ranking_changes (leaderboard_id, points, delta)
  SELECT leaderboard_id, points, count(*) FROM new_entries WHERE listed GROUP BY 1, 2;
  RETURN NULL;
END $$;
CREATE FUNCTION note_ranking_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ranking_changes (leaderboard_id, points, delta)
  SELECT leaderboard_id, points, -count(*) FROM old_entries WHERE listed GROUP BY 1, 2;
  RETURN NULL;
END $$;
CREATE FUNCTION note_ranking_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ranking_changes (leaderboard_id, points, delta)
  SELECT leaderboard_id, points, sum(delta)
  FROM (
    SELECT leaderboard_id, points, -1 AS delta FROM old_entries WHERE listed
    UNION ALL
    SELECT leaderboard_id, points, 1 FROM new_entries WHERE listed
  ) AS change
  GROUP BY 1, 2 HAVING sum(delta) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER "ranking_insert" AFTER INSERT ON "leaderboard_entries" REFERENCING NEW TABLE AS new_entries
  FOR EACH STATEMENT EXECUTE FUNCTION note_ranking_insert();
CREATE TRIGGER "ranking_delete" AFTER DELETE ON "leaderboard_entries" REFERENCING OLD TABLE AS old_entries
  FOR EACH STATEMENT EXECUTE FUNCTION note_ranking_delete();
CREATE TRIGGER "ranking_update" AFTER UPDATE ON "leaderboard_entries" REFERENCING OLD TABLE AS old_entries NEW TABLE AS new_entries
  FOR EACH STATEMENT EXECUTE FUNCTION note_ranking_update();

-- 1 + how many listed entries of the leaderboard have more points. Above row level security, as it tells no more than a
-- number about a leaderboard whose id the caller was given.
CREATE FUNCTION leaderboard_rank(board uuid, than int) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
RETURN 1
  + (SELECT coalesce(sum(members), 0) FROM ranking_counts WHERE leaderboard_id = board AND level = 2 AND bucket > than >> 16)
  + (SELECT coalesce(sum(members), 0) FROM ranking_counts WHERE leaderboard_id = board AND level = 1
      AND bucket > than >> 8 AND bucket <= (than >> 8) | 255)
  + (SELECT coalesce(sum(members), 0) FROM ranking_counts WHERE leaderboard_id = board AND level = 0
      AND bucket > than AND bucket <= than | 255)
  + (SELECT coalesce(sum(delta), 0) FROM ranking_changes WHERE leaderboard_id = board AND points > than);

INSERT INTO ranking_changes (leaderboard_id, points, delta)
SELECT leaderboard_id, points, count(*) FROM leaderboard_entries GROUP BY 1, 2;

-- Who sees what.

ALTER TABLE "learners" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "learners" FORCE ROW LEVEL SECURITY;
CREATE POLICY "self" ON "learners" FOR SELECT USING (user_id = (SELECT app.user_id()));
CREATE POLICY "granted" ON "learners" FOR SELECT USING (user_id = ANY ((SELECT app.granted_user_ids())::uuid[]));
CREATE POLICY "system" ON "learners" USING ((SELECT app.bypass()));

ALTER TABLE "study_days" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "study_days" FORCE ROW LEVEL SECURITY;
CREATE POLICY "self" ON "study_days" FOR SELECT USING (user_id = (SELECT app.user_id()));
CREATE POLICY "granted" ON "study_days" FOR SELECT USING (user_id = ANY ((SELECT app.granted_user_ids())::uuid[]));
CREATE POLICY "system" ON "study_days" USING ((SELECT app.bypass()));

ALTER TABLE "levels" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "levels" FORCE ROW LEVEL SECURITY;
CREATE POLICY "everybody" ON "levels" FOR SELECT USING (true);
CREATE POLICY "system" ON "levels" USING ((SELECT app.bypass()));

ALTER TABLE "cohort_members" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "cohort_members" FORCE ROW LEVEL SECURITY;
CREATE POLICY "self" ON "cohort_members" FOR SELECT USING (user_id = (SELECT app.user_id()));
CREATE POLICY "system" ON "cohort_members" USING ((SELECT app.bypass()));

ALTER TABLE "cohorts" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "cohorts" FORCE ROW LEVEL SECURITY;
CREATE POLICY "members" ON "cohorts" FOR SELECT USING (id IN (
  SELECT cohort_id FROM cohort_members WHERE user_id = (SELECT app.user_id()) AND left_at IS NULL));
CREATE POLICY "staff" ON "cohorts" FOR SELECT USING (
  (SELECT app.is_staff()) AND organization_id = (SELECT app.organization_id()));
CREATE POLICY "system" ON "cohorts" USING ((SELECT app.bypass()));

-- Of everybody: whoever is signed in. Of an organization: who acts there. Of a class or group: its members, a class's staff.
DROP POLICY "members" ON "leaderboards";
CREATE POLICY "members" ON "leaderboards" FOR SELECT USING ((SELECT app.user_id()) IS NOT NULL AND CASE
  WHEN cohort_id IS NOT NULL THEN EXISTS (SELECT FROM cohorts c WHERE c.id = cohort_id)
  ELSE organization_id IS NULL OR organization_id = (SELECT app.organization_id()) END);

-- Who does not want to be seen is seen by nobody else.
DROP POLICY "members" ON "leaderboard_entries";
CREATE POLICY "members" ON "leaderboard_entries" FOR SELECT USING (
  (listed OR user_id = (SELECT app.user_id())) AND EXISTS (SELECT FROM leaderboards l WHERE l.id = leaderboard_id));

ALTER TABLE "ranking_counts" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "ranking_counts" FORCE ROW LEVEL SECURITY;
CREATE POLICY "system" ON "ranking_counts" USING ((SELECT app.bypass()));

ALTER TABLE "ranking_changes" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "ranking_changes" FORCE ROW LEVEL SECURITY;
CREATE POLICY "system" ON "ranking_changes" USING ((SELECT app.bypass()));
