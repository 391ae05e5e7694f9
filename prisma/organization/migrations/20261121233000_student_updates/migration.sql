-- CreateEnum
CREATE TYPE "StudentImportMode" AS ENUM ('ENROLL', 'UPDATE');

-- AlterEnum
ALTER TYPE "StudentImportRowStatus" ADD VALUE 'UPDATED' BEFORE 'SKIPPED';

-- AlterTable
ALTER TABLE "student_import_rows" ADD COLUMN     "former_class_id" UUID,
ADD COLUMN     "former_identifier" TEXT;

-- AlterTable
ALTER TABLE "student_imports" ADD COLUMN     "mode" "StudentImportMode" NOT NULL DEFAULT 'ENROLL',
ADD COLUMN     "updated_count" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "student_imports"
  DROP CONSTRAINT "student_imports_counts",
  ADD CONSTRAINT "student_imports_counts" CHECK (
    row_count BETWEEN 1 AND 10000
    AND least(processed_count, invited_count, updated_count, skipped_count, failed_count, kept_count) >= 0
    AND processed_count <= row_count AND invited_count + updated_count + skipped_count + failed_count <= row_count),
  ADD CONSTRAINT "student_imports_mode" CHECK (
    CASE mode WHEN 'ENROLL' THEN updated_count = 0 WHEN 'UPDATE' THEN invited_count = 0 END);

-- As text, since a value that this migration adds cannot be used in it.
ALTER TABLE "student_import_rows"
  DROP CONSTRAINT "student_import_rows_student",
  ADD CONSTRAINT "student_import_rows_student" CHECK (
    status::text NOT IN ('INVITED', 'UPDATED', 'UNDONE', 'KEPT') OR student_id IS NOT NULL);
