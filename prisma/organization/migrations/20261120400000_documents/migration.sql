-- CreateEnum
CREATE TYPE "StudentImportStatus" AS ENUM ('CHECKED', 'RUNNING', 'DONE', 'UNDONE');

-- CreateEnum
CREATE TYPE "StudentImportRowStatus" AS ENUM ('VALID', 'INVITED', 'SKIPPED', 'FAILED', 'UNDONE', 'KEPT');

-- CreateEnum
CREATE TYPE "ReportKind" AS ENUM ('ENROLLMENT_LIST', 'CLASS_PERFORMANCE', 'STUDENT_PROGRESS', 'SUBJECT_ANALYSIS', 'CUSTOM');

-- CreateEnum
CREATE TYPE "ReportFormat" AS ENUM ('JSON', 'CSV', 'XLSX', 'PDF');

-- CreateEnum
CREATE TYPE "ReportJobStatus" AS ENUM ('QUEUED', 'RUNNING', 'DONE', 'FAILED');

-- CreateTable
CREATE TABLE "files" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID,
    "owner_id" UUID,
    "name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "sha256" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "completed_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "files_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "file_contents" (
    "file_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "file_contents_pkey" PRIMARY KEY ("file_id","position")
);

-- CreateTable
CREATE TABLE "student_imports" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "created_by_id" UUID,
    "language" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "source_hash" BYTEA NOT NULL,
    "columns" JSONB NOT NULL,
    "academic_year" TEXT,
    "status" "StudentImportStatus" NOT NULL DEFAULT 'CHECKED',
    "row_count" INTEGER NOT NULL,
    "processed_count" INTEGER NOT NULL DEFAULT 0,
    "invited_count" INTEGER NOT NULL DEFAULT 0,
    "skipped_count" INTEGER NOT NULL DEFAULT 0,
    "failed_count" INTEGER NOT NULL DEFAULT 0,
    "kept_count" INTEGER NOT NULL DEFAULT 0,
    "error_file_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "student_imports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "student_import_rows" (
    "import_id" UUID NOT NULL,
    "row_number" INTEGER NOT NULL,
    "organization_id" UUID NOT NULL,
    "full_name" TEXT NOT NULL,
    "email" CITEXT NOT NULL,
    "student_identifier" TEXT,
    "class_name" TEXT,
    "class_id" UUID,
    "status" "StudentImportRowStatus" NOT NULL,
    "problems" JSONB NOT NULL DEFAULT '[]',
    "student_id" UUID,
    "is_new_student" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "student_import_rows_pkey" PRIMARY KEY ("import_id","row_number")
);

-- CreateTable
CREATE TABLE "report_jobs" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "requested_by_id" UUID,
    "kind" "ReportKind" NOT NULL,
    "format" "ReportFormat" NOT NULL,
    "title" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "source" JSONB NOT NULL,
    "status" "ReportJobStatus" NOT NULL DEFAULT 'QUEUED',
    "progress_percent" INTEGER NOT NULL DEFAULT 0,
    "row_count" INTEGER,
    "is_shared" BOOLEAN NOT NULL DEFAULT false,
    "shared_with_ids" UUID[],
    "file_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "report_jobs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "files_organization_id_idx" ON "files"("organization_id");

-- CreateIndex
CREATE INDEX "student_imports_organization_id_created_at_id_idx" ON "student_imports"("organization_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "report_jobs_organization_id_created_at_id_idx" ON "report_jobs"("organization_id", "created_at", "id");

-- AddForeignKey
ALTER TABLE "files" ADD CONSTRAINT "files_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "file_contents" ADD CONSTRAINT "file_contents_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "files"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "student_imports" ADD CONSTRAINT "student_imports_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "student_import_rows" ADD CONSTRAINT "student_import_rows_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "student_imports"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_jobs" ADD CONSTRAINT "report_jobs_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here: rules that no wrong program can break.

ALTER TABLE "files"
  ADD CONSTRAINT "files_size" CHECK (size_bytes BETWEEN 0 AND 104857600),
  ADD CONSTRAINT "files_complete" CHECK ((completed_at IS NULL) = (sha256 IS NULL) AND (sha256 IS NULL OR octet_length(sha256) = 32)),
  ADD CONSTRAINT "files_name" CHECK (name ~ '^[^/\\[:cntrl:]]{1,200}$');

ALTER TABLE "file_contents"
  ADD CONSTRAINT "file_contents_piece" CHECK (position >= 0 AND octet_length(bytes) BETWEEN 1 AND 262144);
-- The bytes are compressed already or small: spend no time on compressing them again.
ALTER TABLE "file_contents" ALTER COLUMN bytes SET STORAGE EXTERNAL;

ALTER TABLE "student_imports"
  ADD CONSTRAINT "student_imports_counts" CHECK (
    row_count BETWEEN 1 AND 10000 AND least(processed_count, invited_count, skipped_count, failed_count, kept_count) >= 0
    AND processed_count <= row_count AND invited_count + skipped_count + failed_count <= row_count),
  ADD CONSTRAINT "student_imports_status" CHECK (
    (started_at IS NULL) = (status = 'CHECKED') AND (undone_at IS NULL) = (status <> 'UNDONE')
    AND (status NOT IN ('DONE', 'UNDONE') OR (finished_at IS NOT NULL AND processed_count = row_count)));
-- The same file read in the same way is the same import, until it has been undone.
CREATE UNIQUE INDEX "student_imports_source" ON "student_imports" (organization_id, source_hash) WHERE status <> 'UNDONE';

ALTER TABLE "student_import_rows"
  ADD CONSTRAINT "student_import_rows_number" CHECK (row_number > 0),
  ADD CONSTRAINT "student_import_rows_student" CHECK (status NOT IN ('INVITED', 'UNDONE', 'KEPT') OR student_id IS NOT NULL);

ALTER TABLE "report_jobs"
  ADD CONSTRAINT "report_jobs_progress" CHECK (progress_percent BETWEEN 0 AND 100 AND row_count >= 0),
  ADD CONSTRAINT "report_jobs_status" CHECK (
    (finished_at IS NOT NULL) = (status IN ('DONE', 'FAILED')) AND (status <> 'DONE' OR (file_id IS NOT NULL AND row_count IS NOT NULL)));

-- Row level security: the people that a row is about or for, and the system.

ALTER TABLE "files" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "files" FORCE ROW LEVEL SECURITY;
CREATE POLICY "owner" ON "files" USING (owner_id = (SELECT app.user_id()));
CREATE POLICY "system" ON "files" USING ((SELECT app.bypass()));

ALTER TABLE "file_contents" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "file_contents" FORCE ROW LEVEL SECURITY;
CREATE POLICY "system" ON "file_contents" USING ((SELECT app.bypass()));

ALTER TABLE "student_imports" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "student_imports" FORCE ROW LEVEL SECURITY;
CREATE POLICY "staff" ON "student_imports" USING (
  (SELECT app.is_staff()) AND organization_id = (SELECT app.organization_id()));
CREATE POLICY "system" ON "student_imports" USING ((SELECT app.bypass()));

ALTER TABLE "student_import_rows" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "student_import_rows" FORCE ROW LEVEL SECURITY;
CREATE POLICY "staff" ON "student_import_rows" USING (
  (SELECT app.is_staff()) AND organization_id = (SELECT app.organization_id()));
CREATE POLICY "system" ON "student_import_rows" USING ((SELECT app.bypass()));

ALTER TABLE "report_jobs" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "report_jobs" FORCE ROW LEVEL SECURITY;
CREATE POLICY "requester" ON "report_jobs" USING (requested_by_id = (SELECT app.user_id())
  AND organization_id = (SELECT app.organization_id()));
CREATE POLICY "shared" ON "report_jobs" FOR SELECT USING (
  (SELECT app.is_staff()) AND organization_id = (SELECT app.organization_id())
  AND (is_shared OR (SELECT app.user_id()) = ANY (shared_with_ids)));
CREATE POLICY "integrator" ON "report_jobs" FOR INSERT WITH CHECK (requested_by_id IS NULL
  AND (SELECT app.is_staff()) AND organization_id = (SELECT app.organization_id()));
CREATE POLICY "system" ON "report_jobs" USING ((SELECT app.bypass()));

-- Accounts by e-mail address, for the system only. Comparing citext is not leakproof, so under row level security the
-- planner may not use the index on it; the owner of this function sees the table without.
CREATE FUNCTION find_accounts(emails citext[]) RETURNS TABLE (user_id uuid, email citext, status "AccountStatus")
LANGUAGE plpgsql STABLE ROWS 1000 SECURITY DEFINER SET search_path = public, pg_temp
AS $$
#variable_conflict use_column
BEGIN
  IF NOT app.bypass() THEN
    RAISE EXCEPTION 'Only the system looks people up by their address.' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN QUERY SELECT a.user_id, a.email, a.status FROM unnest(emails) AS wanted(address) JOIN accounts a ON a.email = address;
END
$$;
