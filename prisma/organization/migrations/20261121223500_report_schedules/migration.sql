-- CreateEnum
CREATE TYPE "ReportFrequency" AS ENUM ('DAILY', 'WEEKLY', 'MONTHLY');

-- CreateTable
CREATE TABLE "report_schedules" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "created_by_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "format" "ReportFormat" NOT NULL,
    "language" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "frequency" "ReportFrequency" NOT NULL,
    "day_of_week" INTEGER,
    "day_of_month" INTEGER,
    "local_time" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "is_shared" BOOLEAN NOT NULL DEFAULT false,
    "shared_with_ids" UUID[],
    "is_paused" BOOLEAN NOT NULL DEFAULT false,
    "next_run_at" TIMESTAMPTZ(3) NOT NULL,
    "last_run_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "report_schedules_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "report_schedules_organization_id_created_at_id_idx" ON "report_schedules"("organization_id", "created_at", "id");

-- AddForeignKey
ALTER TABLE "report_schedules" ADD CONSTRAINT "report_schedules_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here on.

CREATE INDEX "report_schedules_due" ON "report_schedules" (next_run_at) WHERE NOT is_paused;
ALTER TABLE "report_schedules"
  ADD CONSTRAINT "report_schedules_day" CHECK (
    (frequency = 'WEEKLY') = (day_of_week IS NOT NULL) AND (frequency = 'MONTHLY') = (day_of_month IS NOT NULL)
    AND day_of_week BETWEEN 1 AND 7 AND day_of_month BETWEEN 1 AND 31),
  ADD CONSTRAINT "report_schedules_local_time" CHECK (local_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$');

ALTER TABLE "report_schedules" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "report_schedules" FORCE ROW LEVEL SECURITY;
CREATE POLICY "maker" ON "report_schedules" USING (created_by_id = (SELECT app.user_id())
  AND organization_id = (SELECT app.organization_id()));
CREATE POLICY "shared" ON "report_schedules" FOR SELECT USING (
  (SELECT app.is_staff()) AND organization_id = (SELECT app.organization_id())
  AND (is_shared OR (SELECT app.user_id()) = ANY (shared_with_ids)));
CREATE POLICY "system" ON "report_schedules" USING ((SELECT app.bypass()));

-- When a wall clock next shows a time on one of the days, after an instant. A time that a change of clocks leaves out is
-- moved on by PostgreSQL, one that comes twice is meant the second time.
CREATE FUNCTION next_run_at(
  frequency "ReportFrequency", day_of_week int, day_of_month int, local_time text, time_zone text, after timestamptz
) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = public, pg_temp
BEGIN ATOMIC
  SELECT min(candidate.at)
  FROM generate_series(
    date_trunc('day', after AT TIME ZONE time_zone) - interval '1 day', (after AT TIME ZONE time_zone) + interval '63 days', interval '1 day'
  ) AS day(start)
  CROSS JOIN LATERAL (SELECT (day.start + local_time::time) AT TIME ZONE time_zone AS at) candidate
  WHERE candidate.at > after AND CASE frequency
    WHEN 'DAILY' THEN true
    WHEN 'WEEKLY' THEN extract(isodow FROM day.start) = day_of_week
    WHEN 'MONTHLY' THEN extract(day FROM day.start) =
      least(day_of_month, extract(day FROM date_trunc('month', day.start) + interval '1 month' - interval '1 day'))
  END;
END;
