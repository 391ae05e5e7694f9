-- CreateEnum
CREATE TYPE "AchievementTier" AS ENUM ('BRONZE', 'SILVER', 'GOLD');

-- CreateEnum
CREATE TYPE "PracticeEnd" AS ENUM ('PRECISION', 'CLASSIFICATION', 'LENGTH', 'EXHAUSTED', 'STUDENT');

-- CreateTable
CREATE TABLE "achievement_grants" (
    "user_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "tier" "AchievementTier" NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "achievement_grants_pkey" PRIMARY KEY ("user_id","code","tier")
);

-- CreateTable
CREATE TABLE "practice_sessions" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "student_id" UUID NOT NULL,
    "organization_id" UUID,
    "exam_type_id" UUID NOT NULL,
    "subtest" TEXT,
    "maximum_items" INTEGER NOT NULL,
    "target_error" DOUBLE PRECISION,
    "cut" DOUBLE PRECISION,
    "ineligible" UUID[],
    "ability" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "ability_error" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" "PracticeEnd",

    CONSTRAINT "practice_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "practice_items" (
    "session_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "item_id" UUID NOT NULL,
    "is_pilot" BOOLEAN NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "practice_items_pkey" PRIMARY KEY ("session_id","position")
);

-- CreateTable
CREATE TABLE "practice_answers" (
    "session_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "client_id" UUID NOT NULL,
    "response" TEXT[],
    "is_right" BOOLEAN NOT NULL,
    "ability" DOUBLE PRECISION NOT NULL,
    "ability_error" DOUBLE PRECISION NOT NULL,
    "elapsed_ms" INTEGER NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "practice_answers_pkey" PRIMARY KEY ("session_id","position")
);

-- CreateTable
CREATE TABLE "item_exposures" (
    "item_id" UUID NOT NULL,
    "ineligible" INTEGER NOT NULL DEFAULT 0,
    "given" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "item_exposures_pkey" PRIMARY KEY ("item_id")
);

-- CreateIndex
CREATE INDEX "practice_sessions_student_id_started_at_id_idx" ON "practice_sessions"("student_id", "started_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "practice_items_item_id_idx" ON "practice_items"("item_id");

-- CreateIndex
CREATE UNIQUE INDEX "practice_items_session_id_item_id_key" ON "practice_items"("session_id", "item_id");

-- CreateIndex
CREATE UNIQUE INDEX "practice_answers_session_id_client_id_key" ON "practice_answers"("session_id", "client_id");

-- AddForeignKey
ALTER TABLE "practice_sessions" ADD CONSTRAINT "practice_sessions_exam_type_id_fkey" FOREIGN KEY ("exam_type_id") REFERENCES "exam_types"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "practice_items" ADD CONSTRAINT "practice_items_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "practice_sessions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "practice_items" ADD CONSTRAINT "practice_items_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "items"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "practice_answers" ADD CONSTRAINT "practice_answers_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "practice_sessions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "practice_answers" ADD CONSTRAINT "practice_answers_session_id_position_fkey" FOREIGN KEY ("session_id", "position") REFERENCES "practice_items"("session_id", "position") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item_exposures" ADD CONSTRAINT "item_exposures_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "items"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here: rules that no wrong program can break.

CREATE TRIGGER "immutable" BEFORE UPDATE OR DELETE ON "achievement_grants" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "immutable" BEFORE UPDATE OR DELETE ON "practice_items" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "immutable" BEFORE UPDATE OR DELETE ON "practice_answers" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- One at a time for each exam type.
CREATE UNIQUE INDEX "practice_sessions_open_key" ON "practice_sessions" (student_id, exam_type_id) WHERE ended_at IS NULL;
ALTER TABLE "practice_sessions" ADD CONSTRAINT "practice_sessions_end_check"
  CHECK ((ended_at IS NULL) = (end_reason IS NULL) AND ended_at >= started_at);
ALTER TABLE "practice_sessions" ADD CONSTRAINT "practice_sessions_estimate_check"
  CHECK (maximum_items > 0 AND target_error > 0 AND ability_error > 0);
ALTER TABLE "practice_items" ADD CONSTRAINT "practice_items_position_check" CHECK (position >= 1);
ALTER TABLE "practice_answers" ADD CONSTRAINT "practice_answers_elapsed_check" CHECK (elapsed_ms >= 0);
ALTER TABLE "item_exposures" ADD CONSTRAINT "item_exposures_counts_check" CHECK (ineligible >= 0 AND given >= 0);

-- Who sees what.

ALTER TABLE "achievement_grants" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "achievement_grants" FORCE ROW LEVEL SECURITY;
CREATE POLICY "self" ON "achievement_grants" FOR SELECT USING (user_id = (SELECT app.user_id()));
CREATE POLICY "granted" ON "achievement_grants" FOR SELECT USING (user_id = ANY ((SELECT app.granted_user_ids())::uuid[]));
CREATE POLICY "system" ON "achievement_grants" USING ((SELECT app.bypass()));

-- Practice is the learner's own affair.
ALTER TABLE "practice_sessions" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "practice_sessions" FORCE ROW LEVEL SECURITY;
CREATE POLICY "self" ON "practice_sessions" FOR SELECT USING (student_id = (SELECT app.user_id()));
CREATE POLICY "system" ON "practice_sessions" USING ((SELECT app.bypass()));

ALTER TABLE "practice_items" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "practice_items" FORCE ROW LEVEL SECURITY;
CREATE POLICY "session" ON "practice_items" FOR SELECT USING (EXISTS (SELECT FROM practice_sessions s WHERE s.id = session_id));
CREATE POLICY "system" ON "practice_items" USING ((SELECT app.bypass()));

ALTER TABLE "practice_answers" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "practice_answers" FORCE ROW LEVEL SECURITY;
CREATE POLICY "session" ON "practice_answers" FOR SELECT USING (EXISTS (SELECT FROM practice_sessions s WHERE s.id = session_id));
CREATE POLICY "system" ON "practice_answers" USING ((SELECT app.bypass()));

ALTER TABLE "item_exposures" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "item_exposures" FORCE ROW LEVEL SECURITY;
CREATE POLICY "system" ON "item_exposures" USING ((SELECT app.bypass()));

-- A question is readable in a practice of one's own, too; its key is not.
CREATE POLICY "practising" ON "items" FOR SELECT USING (
  EXISTS (SELECT FROM practice_items p WHERE p.item_id = items.id));
