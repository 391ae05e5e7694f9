-- CreateEnum
CREATE TYPE "TryoutSelection" AS ENUM ('AUTO', 'MANUAL', 'MIXED');

-- AlterTable
ALTER TABLE "attempts" ADD COLUMN     "seed" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "exam_subtests" ADD COLUMN     "weight" DOUBLE PRECISION NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "exam_types" ADD COLUMN     "is_active" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "launch_date" DATE,
ADD COLUMN     "universities" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "tryouts" ADD COLUMN     "access_code" TEXT,
ADD COLUMN     "allow_review" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "attempt_limit" INTEGER,
ADD COLUMN     "blueprint" JSONB,
ADD COLUMN     "created_by_id" UUID,
ADD COLUMN     "has_section_clocks" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "randomize_items" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "selection" "TryoutSelection" NOT NULL DEFAULT 'MANUAL',
ADD COLUMN     "show_results_immediately" BOOLEAN NOT NULL DEFAULT true;

-- Written by hand from here: rules that no wrong program can break.

ALTER TABLE "exam_subtests" ADD CONSTRAINT "exam_subtests_weight_check" CHECK (weight > 0);
ALTER TABLE "tryouts" ADD CONSTRAINT "tryouts_window_check" CHECK (opens_at IS NULL OR closes_at IS NULL OR opens_at < closes_at);
ALTER TABLE "tryouts" ADD CONSTRAINT "tryouts_limit_check" CHECK (attempt_limit > 0);
ALTER TABLE "tryouts" ADD CONSTRAINT "tryouts_blueprint_check" CHECK (selection = 'MANUAL' OR blueprint IS NOT NULL);

CREATE FUNCTION guard_tryout() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (('DRAFT', 'SCHEDULED'), ('DRAFT', 'CANCELLED'),
    ('SCHEDULED', 'ACTIVE'), ('SCHEDULED', 'CANCELLED'), ('ACTIVE', 'COMPLETED'), ('ACTIVE', 'CANCELLED')) THEN
    RAISE EXCEPTION 'a tryout does not go from % to %', OLD.status, NEW.status USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "guard" BEFORE UPDATE ON "tryouts" FOR EACH ROW EXECUTE FUNCTION guard_tryout();

-- A draft is nobody's but the staff's of its organization, who also compose it.
DROP POLICY "offered" ON "tryouts";
CREATE POLICY "offered" ON "tryouts" FOR SELECT USING (
  status <> 'DRAFT' AND (organization_id IS NULL OR organization_id = (SELECT app.organization_id())));
CREATE POLICY "staff" ON "tryouts" USING ((SELECT app.is_staff()) AND organization_id = (SELECT app.organization_id()));
CREATE POLICY "staff" ON "tryout_sections" USING ((SELECT app.is_staff()) AND EXISTS (
  SELECT FROM tryouts t WHERE t.id = tryout_id AND t.organization_id = (SELECT app.organization_id())));
CREATE POLICY "staff" ON "tryout_items" USING ((SELECT app.is_staff()) AND EXISTS (
  SELECT FROM tryouts t WHERE t.id = tryout_id AND t.organization_id = (SELECT app.organization_id())));
