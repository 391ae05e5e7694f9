-- CreateEnum
CREATE TYPE "ChallengeGoal" AS ENUM ('XP', 'TRYOUTS', 'ACCURACY');

-- CreateEnum
CREATE TYPE "ChallengeStatus" AS ENUM ('INVITING', 'ACTIVE', 'ENDED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "InvitationStatus" AS ENUM ('INVITED', 'ACCEPTED', 'DECLINED');

-- CreateTable
CREATE TABLE "challenges" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "creator_id" UUID NOT NULL,
    "cohort_id" UUID,
    "title" TEXT NOT NULL,
    "goal" "ChallengeGoal" NOT NULL,
    "topic" TEXT,
    "status" "ChallengeStatus" NOT NULL DEFAULT 'INVITING',
    "duration_days" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "answer_by" TIMESTAMPTZ(3) NOT NULL,
    "starts_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3),

    CONSTRAINT "challenges_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "challenge_members" (
    "challenge_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "status" "InvitationStatus" NOT NULL DEFAULT 'INVITED',
    "answered_at" TIMESTAMPTZ(3),
    "result" DOUBLE PRECISION,
    "rank" INTEGER,
    "is_winner" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "challenge_members_pkey" PRIMARY KEY ("challenge_id","user_id")
);

-- CreateIndex
CREATE INDEX "challenges_creator_id_status_idx" ON "challenges"("creator_id", "status");

-- CreateIndex
CREATE INDEX "challenge_members_user_id_challenge_id_idx" ON "challenge_members"("user_id", "challenge_id" DESC);

-- AddForeignKey
ALTER TABLE "challenges" ADD CONSTRAINT "challenges_cohort_id_fkey" FOREIGN KEY ("cohort_id") REFERENCES "cohorts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "challenge_members" ADD CONSTRAINT "challenge_members_challenge_id_fkey" FOREIGN KEY ("challenge_id") REFERENCES "challenges"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here: rules that no wrong program can break.

ALTER TABLE "challenges" ADD CONSTRAINT "challenges_time_check" CHECK (duration_days BETWEEN 1 AND 31
  AND (starts_at IS NULL) = (ends_at IS NULL) AND ends_at > starts_at AND (status IN ('ACTIVE', 'ENDED')) = (starts_at IS NOT NULL));
ALTER TABLE "challenges" ADD CONSTRAINT "challenges_topic_check" CHECK ((goal = 'ACCURACY') = (topic IS NOT NULL));
ALTER TABLE "challenge_members" ADD CONSTRAINT "challenge_members_answer_check"
  CHECK ((status = 'INVITED') = (answered_at IS NULL) AND (status = 'ACCEPTED' OR result IS NULL)
    AND (result IS NULL) = (rank IS NULL) AND (NOT is_winner OR rank = 1));

-- Above row level security, so that the two policies below do not ask each other in circles.
CREATE FUNCTION is_challenged(challenge uuid, person uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
RETURN EXISTS (SELECT FROM challenge_members m WHERE m.challenge_id = challenge AND m.user_id = person);

ALTER TABLE "challenges" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "challenges" FORCE ROW LEVEL SECURITY;
CREATE POLICY "members" ON "challenges" FOR SELECT USING (is_challenged(id, (SELECT app.user_id())));
CREATE POLICY "system" ON "challenges" USING ((SELECT app.bypass()));

ALTER TABLE "challenge_members" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "challenge_members" FORCE ROW LEVEL SECURITY;
CREATE POLICY "members" ON "challenge_members" FOR SELECT USING (is_challenged(challenge_id, (SELECT app.user_id())));
CREATE POLICY "system" ON "challenge_members" USING ((SELECT app.bypass()));
