-- CreateEnum
CREATE TYPE "ReportKind" AS ENUM ('WEEKLY', 'MONTHLY');

-- CreateTable
CREATE TABLE "guardian_follows" (
    "link_id" UUID NOT NULL,
    "guardian_id" UUID NOT NULL,
    "student_id" UUID NOT NULL,
    "verified_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "guardian_follows_pkey" PRIMARY KEY ("link_id")
);

-- CreateTable
CREATE TABLE "guardian_reports" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "guardian_id" UUID NOT NULL,
    "student_id" UUID NOT NULL,
    "kind" "ReportKind" NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "time_zone" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "guardian_reports_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "guardian_follows_guardian_id_idx" ON "guardian_follows"("guardian_id");

-- CreateIndex
CREATE INDEX "guardian_reports_guardian_id_student_id_created_at_id_idx" ON "guardian_reports"("guardian_id", "student_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "guardian_reports_guardian_id_student_id_kind_starts_on_key" ON "guardian_reports"("guardian_id", "student_id", "kind", "starts_on");

-- Written by hand from here: rules that no wrong program can break.

ALTER TABLE "guardian_reports" ADD CONSTRAINT "guardian_reports_period_check" CHECK (ends_on = CASE kind
  WHEN 'WEEKLY' THEN starts_on + 6 ELSE (starts_on + interval '1 month' - interval '1 day')::date END);
ALTER TABLE "guardian_reports" ADD CONSTRAINT "guardian_reports_start_check" CHECK (
  CASE kind WHEN 'WEEKLY' THEN extract(isodow FROM starts_on) = 1 ELSE extract(day FROM starts_on) = 1 END);

-- What was told stays told.
CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'read_at' <> to_jsonb(OLD) - 'read_at' OR OLD.read_at <> NEW.read_at OR (OLD.read_at IS NOT NULL AND NEW.read_at IS NULL) THEN
    RAISE EXCEPTION 'a report is not rewritten' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "immutable" BEFORE UPDATE ON "guardian_reports" FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();

-- Who sees what.

ALTER TABLE "guardian_follows" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "guardian_follows" FORCE ROW LEVEL SECURITY;
CREATE POLICY "system" ON "guardian_follows" USING ((SELECT app.bypass()));

ALTER TABLE "guardian_reports" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "guardian_reports" FORCE ROW LEVEL SECURITY;
CREATE POLICY "guardian" ON "guardian_reports" FOR SELECT USING (guardian_id = (SELECT app.user_id()));
CREATE POLICY "system" ON "guardian_reports" USING ((SELECT app.bypass()));
