-- CreateEnum
CREATE TYPE "ScoringMethod" AS ENUM ('IRT', 'RAW_SCORE', 'WEIGHTED');

-- CreateEnum
CREATE TYPE "ItemStatus" AS ENUM ('DRAFT', 'REVIEW', 'APPROVED', 'PUBLISHED', 'ARCHIVED');

-- CreateEnum
CREATE TYPE "TryoutKind" AS ENUM ('PRACTICE', 'SCHEDULED');

-- CreateEnum
CREATE TYPE "TryoutStatus" AS ENUM ('DRAFT', 'SCHEDULED', 'ACTIVE', 'COMPLETED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "AttemptStatus" AS ENUM ('IN_PROGRESS', 'SUBMITTED', 'SCORED');

-- CreateEnum
CREATE TYPE "LeaderboardScope" AS ENUM ('GLOBAL', 'ORGANIZATION');

-- CreateTable
CREATE TABLE "exam_types" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scoring_method" "ScoringMethod" NOT NULL DEFAULT 'IRT',
    "scale_mean" DOUBLE PRECISION NOT NULL DEFAULT 500,
    "scale_deviation" DOUBLE PRECISION NOT NULL DEFAULT 100,
    "scale_minimum" DOUBLE PRECISION NOT NULL DEFAULT 200,
    "scale_maximum" DOUBLE PRECISION NOT NULL DEFAULT 1000,

    CONSTRAINT "exam_types_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "exam_subtests" (
    "exam_type_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "item_count" INTEGER NOT NULL,
    "duration_minutes" INTEGER NOT NULL,

    CONSTRAINT "exam_subtests_pkey" PRIMARY KEY ("exam_type_id","code")
);

-- CreateTable
CREATE TABLE "passages" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "passages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "items" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "code" TEXT NOT NULL,
    "exam_type_id" UUID NOT NULL,
    "subtest" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "passage_id" UUID,
    "stem" TEXT NOT NULL,
    "options" JSONB NOT NULL,
    "cognitive_level" TEXT NOT NULL,
    "status" "ItemStatus" NOT NULL DEFAULT 'DRAFT',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "items_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item_keys" (
    "item_id" UUID NOT NULL,
    "correct" TEXT[],
    "explanation" TEXT NOT NULL,
    "discrimination" DOUBLE PRECISION NOT NULL,
    "difficulty" DOUBLE PRECISION NOT NULL,
    "guessing" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "item_keys_pkey" PRIMARY KEY ("item_id")
);

-- CreateTable
CREATE TABLE "tryouts" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "exam_type_id" UUID NOT NULL,
    "organization_id" UUID,
    "title" TEXT NOT NULL,
    "kind" "TryoutKind" NOT NULL,
    "status" "TryoutStatus" NOT NULL DEFAULT 'DRAFT',
    "position" INTEGER NOT NULL DEFAULT 0,
    "duration_minutes" INTEGER NOT NULL,
    "opens_at" TIMESTAMPTZ(3),
    "closes_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tryouts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tryout_sections" (
    "tryout_id" UUID NOT NULL,
    "subtest" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "item_count" INTEGER NOT NULL,
    "duration_minutes" INTEGER NOT NULL,

    CONSTRAINT "tryout_sections_pkey" PRIMARY KEY ("tryout_id","subtest")
);

-- CreateTable
CREATE TABLE "tryout_items" (
    "tryout_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "subtest" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "tryout_items_pkey" PRIMARY KEY ("tryout_id","item_id")
);

-- CreateTable
CREATE TABLE "attempts" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "tryout_id" UUID NOT NULL,
    "student_id" UUID NOT NULL,
    "organization_id" UUID,
    "status" "AttemptStatus" NOT NULL DEFAULT 'IN_PROGRESS',
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "deadline" TIMESTAMPTZ(3) NOT NULL,
    "submitted_at" TIMESTAMPTZ(3),

    CONSTRAINT "attempts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "answers" (
    "attempt_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "item_id" UUID NOT NULL,
    "response" TEXT[],
    "answered_at" TIMESTAMPTZ(3) NOT NULL,
    "elapsed_ms" INTEGER NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "answers_pkey" PRIMARY KEY ("attempt_id","client_id")
);

-- CreateTable
CREATE TABLE "attempt_scores" (
    "attempt_id" UUID NOT NULL,
    "ability" DOUBLE PRECISION NOT NULL,
    "ability_error" DOUBLE PRECISION NOT NULL,
    "scaled" DOUBLE PRECISION NOT NULL,
    "standard_error" DOUBLE PRECISION NOT NULL,
    "interval_low" DOUBLE PRECISION NOT NULL,
    "interval_high" DOUBLE PRECISION NOT NULL,
    "scored_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attempt_scores_pkey" PRIMARY KEY ("attempt_id")
);

-- CreateTable
CREATE TABLE "subtest_scores" (
    "attempt_id" UUID NOT NULL,
    "subtest" TEXT NOT NULL,
    "ability" DOUBLE PRECISION NOT NULL,
    "scaled" DOUBLE PRECISION NOT NULL,
    "standard_error" DOUBLE PRECISION NOT NULL,
    "correct" INTEGER NOT NULL,
    "total" INTEGER NOT NULL,

    CONSTRAINT "subtest_scores_pkey" PRIMARY KEY ("attempt_id","subtest")
);

-- CreateTable
CREATE TABLE "xp_events" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "user_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "xp_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "leaderboards" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "scope" "LeaderboardScope" NOT NULL,
    "organization_id" UUID,

    CONSTRAINT "leaderboards_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "leaderboard_entries" (
    "leaderboard_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "points" INTEGER NOT NULL,
    "reached_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "leaderboard_entries_pkey" PRIMARY KEY ("leaderboard_id","user_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "exam_types_code_key" ON "exam_types"("code");

-- CreateIndex
CREATE UNIQUE INDEX "exam_subtests_exam_type_id_position_key" ON "exam_subtests"("exam_type_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "passages_code_key" ON "passages"("code");

-- CreateIndex
CREATE UNIQUE INDEX "items_code_key" ON "items"("code");

-- CreateIndex
CREATE INDEX "items_exam_type_id_subtest_status_idx" ON "items"("exam_type_id", "subtest", "status");

-- CreateIndex
CREATE INDEX "tryouts_position_id_idx" ON "tryouts"("position", "id");

-- CreateIndex
CREATE UNIQUE INDEX "tryout_items_tryout_id_position_key" ON "tryout_items"("tryout_id", "position");

-- CreateIndex
CREATE INDEX "attempts_student_id_started_at_id_idx" ON "attempts"("student_id", "started_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "attempts_tryout_id_student_id_idx" ON "attempts"("tryout_id", "student_id");

-- CreateIndex
CREATE INDEX "attempts_organization_id_started_at_idx" ON "attempts"("organization_id", "started_at");

-- CreateIndex
CREATE INDEX "attempts_started_at_idx" ON "attempts"("started_at");

-- CreateIndex
CREATE UNIQUE INDEX "xp_events_user_id_source_key" ON "xp_events"("user_id", "source");

-- CreateIndex
CREATE INDEX "leaderboard_entries_leaderboard_id_points_reached_at_user_i_idx" ON "leaderboard_entries"("leaderboard_id", "points" DESC, "reached_at", "user_id");

-- AddForeignKey
ALTER TABLE "exam_subtests" ADD CONSTRAINT "exam_subtests_exam_type_id_fkey" FOREIGN KEY ("exam_type_id") REFERENCES "exam_types"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "items" ADD CONSTRAINT "items_exam_type_id_fkey" FOREIGN KEY ("exam_type_id") REFERENCES "exam_types"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "items" ADD CONSTRAINT "items_passage_id_fkey" FOREIGN KEY ("passage_id") REFERENCES "passages"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_keys" ADD CONSTRAINT "item_keys_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "items"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tryouts" ADD CONSTRAINT "tryouts_exam_type_id_fkey" FOREIGN KEY ("exam_type_id") REFERENCES "exam_types"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tryout_sections" ADD CONSTRAINT "tryout_sections_tryout_id_fkey" FOREIGN KEY ("tryout_id") REFERENCES "tryouts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tryout_items" ADD CONSTRAINT "tryout_items_tryout_id_fkey" FOREIGN KEY ("tryout_id") REFERENCES "tryouts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tryout_items" ADD CONSTRAINT "tryout_items_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "items"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_tryout_id_fkey" FOREIGN KEY ("tryout_id") REFERENCES "tryouts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answers" ADD CONSTRAINT "answers_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt_scores" ADD CONSTRAINT "attempt_scores_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subtest_scores" ADD CONSTRAINT "subtest_scores_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leaderboard_entries" ADD CONSTRAINT "leaderboard_entries_leaderboard_id_fkey" FOREIGN KEY ("leaderboard_id") REFERENCES "leaderboards"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here: rules that no wrong program can break.

-- One sitting at a time.
CREATE UNIQUE INDEX "attempts_in_progress_key" ON "attempts" (student_id, tryout_id) WHERE status = 'IN_PROGRESS';
CREATE UNIQUE INDEX "leaderboards_scope_key" ON "leaderboards" (scope, coalesce(organization_id, '00000000-0000-0000-0000-000000000000'));
CREATE INDEX "attempts_unscored_idx" ON "attempts" (id) WHERE status = 'SUBMITTED';

ALTER TABLE "attempts" ADD CONSTRAINT "attempts_deadline_check" CHECK (deadline > started_at);
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_submitted_check" CHECK ((status = 'IN_PROGRESS') = (submitted_at IS NULL));
ALTER TABLE "answers" ADD CONSTRAINT "answers_elapsed_check" CHECK (elapsed_ms >= 0);
ALTER TABLE "item_keys" ADD CONSTRAINT "item_keys_parameters_check"
  CHECK (discrimination > 0 AND guessing >= 0 AND guessing < 1 AND cardinality(correct) > 0);
ALTER TABLE "xp_events" ADD CONSTRAINT "xp_events_points_check" CHECK (points > 0);

-- Answers, scores and earned points are facts: inserted, never changed.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "immutable" BEFORE UPDATE OR DELETE ON "answers" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "immutable" BEFORE UPDATE OR DELETE ON "attempt_scores" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "immutable" BEFORE UPDATE OR DELETE ON "subtest_scores" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "immutable" BEFORE UPDATE OR DELETE ON "xp_events" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Who sees what.

ALTER TABLE "exam_types" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "exam_types" FORCE ROW LEVEL SECURITY;
CREATE POLICY "everybody" ON "exam_types" FOR SELECT USING (true);
CREATE POLICY "system" ON "exam_types" USING ((SELECT app.bypass()));

ALTER TABLE "exam_subtests" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "exam_subtests" FORCE ROW LEVEL SECURITY;
CREATE POLICY "everybody" ON "exam_subtests" FOR SELECT USING (true);
CREATE POLICY "system" ON "exam_subtests" USING ((SELECT app.bypass()));

-- Tryouts of an organization are for its students and staff, the others for everybody.
ALTER TABLE "tryouts" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tryouts" FORCE ROW LEVEL SECURITY;
CREATE POLICY "offered" ON "tryouts" FOR SELECT USING (
  organization_id IS NULL OR organization_id = (SELECT app.organization_id()));
CREATE POLICY "system" ON "tryouts" USING ((SELECT app.bypass()));

ALTER TABLE "tryout_sections" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tryout_sections" FORCE ROW LEVEL SECURITY;
CREATE POLICY "offered" ON "tryout_sections" FOR SELECT USING (EXISTS (SELECT FROM tryouts t WHERE t.id = tryout_id));
CREATE POLICY "system" ON "tryout_sections" USING ((SELECT app.bypass()));

-- Attempts and all that hangs on them: the student, staff of the organization, and whoever the student's owner granted.
ALTER TABLE "attempts" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "attempts" FORCE ROW LEVEL SECURITY;
CREATE POLICY "self" ON "attempts" USING (student_id = (SELECT app.user_id()));
CREATE POLICY "staff" ON "attempts" FOR SELECT USING (
  (SELECT app.is_staff()) AND organization_id = (SELECT app.organization_id()));
CREATE POLICY "granted" ON "attempts" FOR SELECT USING (student_id = ANY ((SELECT app.granted_user_ids())::uuid[]));
CREATE POLICY "system" ON "attempts" USING ((SELECT app.bypass()));

ALTER TABLE "answers" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "answers" FORCE ROW LEVEL SECURITY;
CREATE POLICY "attempt" ON "answers" FOR SELECT USING (EXISTS (SELECT FROM attempts a WHERE a.id = attempt_id));
CREATE POLICY "self" ON "answers" FOR INSERT WITH CHECK (
  EXISTS (SELECT FROM attempts a WHERE a.id = attempt_id AND a.student_id = (SELECT app.user_id())));
CREATE POLICY "system" ON "answers" USING ((SELECT app.bypass()));

ALTER TABLE "attempt_scores" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "attempt_scores" FORCE ROW LEVEL SECURITY;
CREATE POLICY "attempt" ON "attempt_scores" FOR SELECT USING (EXISTS (SELECT FROM attempts a WHERE a.id = attempt_id));
CREATE POLICY "system" ON "attempt_scores" USING ((SELECT app.bypass()));

ALTER TABLE "subtest_scores" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "subtest_scores" FORCE ROW LEVEL SECURITY;
CREATE POLICY "attempt" ON "subtest_scores" FOR SELECT USING (EXISTS (SELECT FROM attempts a WHERE a.id = attempt_id));
CREATE POLICY "system" ON "subtest_scores" USING ((SELECT app.bypass()));

-- Questions are readable only in a sitting of one's own; keys never by a viewer.
ALTER TABLE "tryout_items" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tryout_items" FORCE ROW LEVEL SECURITY;
CREATE POLICY "sitting" ON "tryout_items" FOR SELECT USING (
  EXISTS (SELECT FROM attempts a WHERE a.tryout_id = tryout_items.tryout_id AND a.student_id = (SELECT app.user_id())));
CREATE POLICY "system" ON "tryout_items" USING ((SELECT app.bypass()));

ALTER TABLE "items" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "items" FORCE ROW LEVEL SECURITY;
CREATE POLICY "sitting" ON "items" FOR SELECT USING (EXISTS (SELECT FROM tryout_items t WHERE t.item_id = id));
CREATE POLICY "system" ON "items" USING ((SELECT app.bypass()));

ALTER TABLE "passages" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "passages" FORCE ROW LEVEL SECURITY;
CREATE POLICY "sitting" ON "passages" FOR SELECT USING (EXISTS (SELECT FROM items i WHERE i.passage_id = passages.id));
CREATE POLICY "system" ON "passages" USING ((SELECT app.bypass()));

ALTER TABLE "item_keys" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "item_keys" FORCE ROW LEVEL SECURITY;
CREATE POLICY "system" ON "item_keys" USING ((SELECT app.bypass()));

ALTER TABLE "xp_events" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "xp_events" FORCE ROW LEVEL SECURITY;
CREATE POLICY "self" ON "xp_events" FOR SELECT USING (user_id = (SELECT app.user_id()));
CREATE POLICY "granted" ON "xp_events" FOR SELECT USING (user_id = ANY ((SELECT app.granted_user_ids())::uuid[]));
CREATE POLICY "system" ON "xp_events" USING ((SELECT app.bypass()));

ALTER TABLE "leaderboards" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "leaderboards" FORCE ROW LEVEL SECURITY;
CREATE POLICY "members" ON "leaderboards" FOR SELECT USING (
  (SELECT app.user_id()) IS NOT NULL AND (organization_id IS NULL OR organization_id = (SELECT app.organization_id())));
CREATE POLICY "system" ON "leaderboards" USING ((SELECT app.bypass()));

ALTER TABLE "leaderboard_entries" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "leaderboard_entries" FORCE ROW LEVEL SECURITY;
CREATE POLICY "members" ON "leaderboard_entries" FOR SELECT USING (
  EXISTS (SELECT FROM leaderboards l WHERE l.id = leaderboard_id));
CREATE POLICY "system" ON "leaderboard_entries" USING ((SELECT app.bypass()));
