-- CreateEnum
CREATE TYPE "GoalKind" AS ENUM ('TARGET_SCORE', 'STUDY_HOURS', 'TRYOUT_FREQUENCY', 'UNIVERSITY_TARGET');

-- CreateEnum
CREATE TYPE "GoalStatus" AS ENUM ('ACTIVE', 'PAUSED', 'COMPLETED', 'CANCELLED');

-- CreateTable
CREATE TABLE "programs" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "university_name" TEXT NOT NULL,
    "program_name" TEXT NOT NULL,
    "faculty" TEXT,
    "total_quota" INTEGER,
    "accreditation" TEXT,
    "tuition_currency" TEXT,
    "tuition_minimum_minor" BIGINT,
    "tuition_maximum_minor" BIGINT,
    "is_active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "programs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "program_exam_types" (
    "program_id" UUID NOT NULL,
    "exam_type_id" UUID NOT NULL,

    CONSTRAINT "program_exam_types_pkey" PRIMARY KEY ("program_id","exam_type_id")
);

-- CreateTable
CREATE TABLE "program_requirements" (
    "program_id" UUID NOT NULL,
    "subtest" TEXT NOT NULL,
    "minimum" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "program_requirements_pkey" PRIMARY KEY ("program_id","subtest")
);

-- CreateTable
CREATE TABLE "program_years" (
    "program_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "passing_score" DOUBLE PRECISION NOT NULL,
    "applicants" INTEGER,
    "admitted" INTEGER,

    CONSTRAINT "program_years_pkey" PRIMARY KEY ("program_id","year")
);

-- CreateTable
CREATE TABLE "goals" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "student_id" UUID NOT NULL,
    "created_by_id" UUID NOT NULL,
    "kind" "GoalKind" NOT NULL,
    "title" TEXT NOT NULL,
    "target" DOUBLE PRECISION NOT NULL,
    "exam_type_id" UUID,
    "program_id" UUID,
    "status" "GoalStatus" NOT NULL DEFAULT 'ACTIVE',
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "reward_note" TEXT,
    "reward_claimed_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "goals_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "programs_university_name_program_name_key" ON "programs"("university_name", "program_name");

-- CreateIndex
CREATE INDEX "program_exam_types_exam_type_id_idx" ON "program_exam_types"("exam_type_id");

-- CreateIndex
CREATE INDEX "goals_student_id_created_at_id_idx" ON "goals"("student_id", "created_at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "program_exam_types" ADD CONSTRAINT "program_exam_types_program_id_fkey" FOREIGN KEY ("program_id") REFERENCES "programs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "program_exam_types" ADD CONSTRAINT "program_exam_types_exam_type_id_fkey" FOREIGN KEY ("exam_type_id") REFERENCES "exam_types"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "program_requirements" ADD CONSTRAINT "program_requirements_program_id_fkey" FOREIGN KEY ("program_id") REFERENCES "programs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "program_years" ADD CONSTRAINT "program_years_program_id_fkey" FOREIGN KEY ("program_id") REFERENCES "programs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "goals" ADD CONSTRAINT "goals_exam_type_id_fkey" FOREIGN KEY ("exam_type_id") REFERENCES "exam_types"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "goals" ADD CONSTRAINT "goals_program_id_fkey" FOREIGN KEY ("program_id") REFERENCES "programs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here: rules that no wrong program can break.

ALTER TABLE "programs" ADD CONSTRAINT "programs_facts_check" CHECK (total_quota >= 0 AND length(accreditation) BETWEEN 1 AND 5);
ALTER TABLE "programs" ADD CONSTRAINT "programs_tuition_check" CHECK (
  num_nulls(tuition_currency, tuition_minimum_minor, tuition_maximum_minor) IN (0, 3)
  AND tuition_minimum_minor >= 0 AND tuition_maximum_minor >= tuition_minimum_minor);
ALTER TABLE "program_requirements" ADD CONSTRAINT "program_requirements_minimum_check" CHECK (minimum >= 0);
ALTER TABLE "program_years" ADD CONSTRAINT "program_years_facts_check" CHECK (
  passing_score >= 0 AND applicants >= 0 AND admitted >= 0 AND admitted <= applicants);
ALTER TABLE "goals" ADD CONSTRAINT "goals_target_check" CHECK (target > 0 AND ends_at > starts_at);
ALTER TABLE "goals" ADD CONSTRAINT "goals_kind_check" CHECK (
  (kind = 'TARGET_SCORE') = (exam_type_id IS NOT NULL) AND (kind = 'UNIVERSITY_TARGET') = (program_id IS NOT NULL));
ALTER TABLE "goals" ADD CONSTRAINT "goals_reward_check" CHECK (
  (status = 'COMPLETED') = (completed_at IS NOT NULL)
  AND (reward_claimed_at IS NULL OR (status = 'COMPLETED' AND reward_note IS NOT NULL)));
CREATE INDEX "goals_active_idx" ON "goals" (id) WHERE status = 'ACTIVE';

-- Who sees what.

ALTER TABLE "programs" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "programs" FORCE ROW LEVEL SECURITY;
CREATE POLICY "everybody" ON "programs" FOR SELECT USING (true);
CREATE POLICY "system" ON "programs" USING ((SELECT app.bypass()));

ALTER TABLE "program_exam_types" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "program_exam_types" FORCE ROW LEVEL SECURITY;
CREATE POLICY "everybody" ON "program_exam_types" FOR SELECT USING (true);
CREATE POLICY "system" ON "program_exam_types" USING ((SELECT app.bypass()));

ALTER TABLE "program_requirements" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "program_requirements" FORCE ROW LEVEL SECURITY;
CREATE POLICY "everybody" ON "program_requirements" FOR SELECT USING (true);
CREATE POLICY "system" ON "program_requirements" USING ((SELECT app.bypass()));

ALTER TABLE "program_years" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "program_years" FORCE ROW LEVEL SECURITY;
CREATE POLICY "everybody" ON "program_years" FOR SELECT USING (true);
CREATE POLICY "system" ON "program_years" USING ((SELECT app.bypass()));

-- The student, and whoever the student's owner lets set goals.
ALTER TABLE "goals" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "goals" FORCE ROW LEVEL SECURITY;
CREATE POLICY "self" ON "goals" FOR SELECT USING (student_id = (SELECT app.user_id()));
CREATE POLICY "granted" ON "goals" FOR SELECT USING (student_id = ANY ((SELECT app.granted_user_ids())::uuid[]));
CREATE POLICY "system" ON "goals" USING ((SELECT app.bypass()));
