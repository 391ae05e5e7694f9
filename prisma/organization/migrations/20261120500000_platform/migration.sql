-- CreateEnum
CREATE TYPE "PlatformRole" AS ENUM ('SUPER_ADMIN', 'ADMIN', 'SUPPORT', 'ANALYST');

-- CreateEnum
CREATE TYPE "PlatformDepartment" AS ENUM ('MANAGEMENT', 'SALES', 'FINANCE', 'OPERATIONS');

-- CreateEnum
CREATE TYPE "FlagBucketing" AS ENUM ('USER', 'ORGANIZATION');

-- CreateEnum
CREATE TYPE "DataExportStatus" AS ENUM ('COLLECTING', 'READY');

-- CreateTable
CREATE TABLE "platform_admins" (
    "user_id" UUID NOT NULL,
    "role" "PlatformRole" NOT NULL,
    "department" "PlatformDepartment" NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by_id" UUID,

    CONSTRAINT "platform_admins_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "impersonations" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "admin_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "impersonations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "settings" (
    "scope_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("scope_id","key")
);

-- CreateTable
CREATE TABLE "feature_flags" (
    "key" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "is_enabled" BOOLEAN NOT NULL DEFAULT false,
    "rollout_percent" INTEGER NOT NULL DEFAULT 0,
    "bucketing" "FlagBucketing" NOT NULL DEFAULT 'USER',
    "roles" "Role"[],
    "plans" "OrganizationPlan"[],
    "organization_ids" UUID[],
    "variants" JSONB NOT NULL DEFAULT '[]',
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "feature_flags_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "platform_statistics" (
    "day" DATE NOT NULL,
    "organization_count" INTEGER NOT NULL,
    "active_organization_count" INTEGER NOT NULL,
    "user_count" INTEGER NOT NULL,
    "student_count" INTEGER NOT NULL,
    "sign_in_count" INTEGER NOT NULL,

    CONSTRAINT "platform_statistics_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "data_exports" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "user_id" UUID NOT NULL,
    "status" "DataExportStatus" NOT NULL DEFAULT 'COLLECTING',
    "missing" TEXT[],
    "file_id" UUID,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "ready_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "data_exports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "data_export_parts" (
    "export_id" UUID NOT NULL,
    "subgraph" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "data_export_parts_pkey" PRIMARY KEY ("export_id","subgraph")
);

-- CreateTable
CREATE TABLE "erasures" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "user_id" UUID NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "cancelled_at" TIMESTAMPTZ(3),
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "erasures_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "platform_admins_created_at_user_id_idx" ON "platform_admins"("created_at", "user_id");

-- CreateIndex
CREATE INDEX "impersonations_user_id_started_at_id_idx" ON "impersonations"("user_id", "started_at", "id");

-- CreateIndex
CREATE INDEX "data_exports_user_id_requested_at_id_idx" ON "data_exports"("user_id", "requested_at", "id");

-- CreateIndex
CREATE INDEX "erasures_user_id_idx" ON "erasures"("user_id");

-- AddForeignKey
ALTER TABLE "platform_admins" ADD CONSTRAINT "platform_admins_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "impersonations" ADD CONSTRAINT "impersonations_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "data_exports" ADD CONSTRAINT "data_exports_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "data_export_parts" ADD CONSTRAINT "data_export_parts_export_id_fkey" FOREIGN KEY ("export_id") REFERENCES "data_exports"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here: rules that no wrong program can break.

ALTER TABLE "impersonations" ADD CONSTRAINT "impersonations_reason_check" CHECK (char_length(reason) >= 10);
ALTER TABLE "impersonations" ADD CONSTRAINT "impersonations_lifetime_check"
  CHECK (expires_at > started_at AND expires_at <= started_at + interval '30 minutes');
ALTER TABLE "impersonations" ADD CONSTRAINT "impersonations_self_check" CHECK (admin_id <> user_id);
ALTER TABLE "feature_flags" ADD CONSTRAINT "feature_flags_rollout_check" CHECK (rollout_percent BETWEEN 0 AND 100);
ALTER TABLE "feature_flags" ADD CONSTRAINT "feature_flags_variants_check" CHECK (jsonb_typeof(variants) = 'array');
ALTER TABLE "platform_statistics" ADD CONSTRAINT "platform_statistics_counts_check" CHECK (
  active_organization_count BETWEEN 0 AND organization_count AND student_count BETWEEN 0 AND user_count AND sign_in_count >= 0);
ALTER TABLE "data_exports" ADD CONSTRAINT "data_exports_ready_check" CHECK (
  (status = 'READY') = (ready_at IS NOT NULL AND expires_at IS NOT NULL));
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_outcome_check" CHECK (cancelled_at IS NULL OR erased_at IS NULL);

-- One open wish to be forgotten and one archive in the making for each person.
CREATE UNIQUE INDEX "erasures_open" ON "erasures" (user_id) WHERE cancelled_at IS NULL AND erased_at IS NULL;
CREATE UNIQUE INDEX "data_exports_open" ON "data_exports" (user_id) WHERE status = 'COLLECTING';

-- The platform is never left without an active super admin. The lock puts those who would leave at the same time in a queue.
CREATE FUNCTION refuse_last_super_admin() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
BEGIN
  IF old.role <> 'SUPER_ADMIN' OR NOT old.is_active THEN
    RETURN coalesce(new, old);
  END IF;
  IF tg_op = 'UPDATE' AND new.role = 'SUPER_ADMIN' AND new.is_active THEN
    RETURN new;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('platform_admins'));
  IF NOT EXISTS (SELECT FROM platform_admins a WHERE a.role = 'SUPER_ADMIN' AND a.is_active AND a.user_id <> old.user_id) THEN
    RAISE EXCEPTION 'the last super admin stays' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN coalesce(new, old);
END
$$;
CREATE TRIGGER "last_super_admin" BEFORE UPDATE OR DELETE ON "platform_admins"
  FOR EACH ROW EXECUTE FUNCTION refuse_last_super_admin();

-- Whoever was a platform admin before there were roles of platform admins may do everything, as before.
INSERT INTO "platform_admins" (user_id, role, department)
  SELECT id, 'SUPER_ADMIN', 'MANAGEMENT' FROM "users" WHERE role = 'PLATFORM_ADMIN';

-- An organization's newest entries first, without sorting its whole history.
CREATE INDEX "audit_log_newest" ON app.audit_log (organization_id, id);
CREATE INDEX "audit_log_impersonator" ON app.audit_log (impersonator_id, id) WHERE impersonator_id IS NOT NULL;
CREATE INDEX "audit_log_action" ON app.audit_log (action, occurred_at);

-- Who sees what. Forced, so that not even the owner of a table reads past it; only app.bypass() does.

ALTER TABLE "platform_admins" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "platform_admins" FORCE ROW LEVEL SECURITY;
CREATE POLICY "self" ON "platform_admins" FOR SELECT USING (user_id = (SELECT app.user_id()));
CREATE POLICY "system" ON "platform_admins" USING ((SELECT app.bypass()));

ALTER TABLE "impersonations" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "impersonations" FORCE ROW LEVEL SECURITY;
CREATE POLICY "self" ON "impersonations" FOR SELECT USING (user_id = (SELECT app.user_id()));
CREATE POLICY "system" ON "impersonations" USING ((SELECT app.bypass()));

ALTER TABLE "settings" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "settings" FORCE ROW LEVEL SECURITY;
CREATE POLICY "platform" ON "settings" FOR SELECT USING (scope_id = '00000000-0000-0000-0000-000000000000');
CREATE POLICY "member" ON "settings" FOR SELECT USING (scope_id = (SELECT app.organization_id()));
CREATE POLICY "staff" ON "settings" USING ((SELECT app.is_staff()) AND scope_id = (SELECT app.organization_id()));
CREATE POLICY "system" ON "settings" USING ((SELECT app.bypass()));

ALTER TABLE "feature_flags" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "feature_flags" FORCE ROW LEVEL SECURITY;
CREATE POLICY "read" ON "feature_flags" FOR SELECT USING ((SELECT app.user_id()) IS NOT NULL);
CREATE POLICY "system" ON "feature_flags" USING ((SELECT app.bypass()));

ALTER TABLE "platform_statistics" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "platform_statistics" FORCE ROW LEVEL SECURITY;
CREATE POLICY "system" ON "platform_statistics" USING ((SELECT app.bypass()));

ALTER TABLE "data_exports" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "data_exports" FORCE ROW LEVEL SECURITY;
CREATE POLICY "self" ON "data_exports" USING (user_id = (SELECT app.user_id()));
CREATE POLICY "system" ON "data_exports" USING ((SELECT app.bypass()));

ALTER TABLE "data_export_parts" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "data_export_parts" FORCE ROW LEVEL SECURITY;
CREATE POLICY "system" ON "data_export_parts" USING ((SELECT app.bypass()));

ALTER TABLE "erasures" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "erasures" FORCE ROW LEVEL SECURITY;
CREATE POLICY "self" ON "erasures" USING (user_id = (SELECT app.user_id()));
CREATE POLICY "system" ON "erasures" USING ((SELECT app.bypass()));

-- The nightly job's first run; every run adds the next. Not in a scratch database, which has no queue.
DO $$
BEGIN
  IF to_regnamespace('graphile_worker') IS NOT NULL THEN
    PERFORM app.add_job('platform-statistic.record', '{}', 'platform-statistic.record',
      (date_trunc('day', now() AT TIME ZONE 'Asia/Jakarta') + interval '1 day 10 minutes') AT TIME ZONE 'Asia/Jakarta');
  END IF;
END
$$;
