-- CreateEnum
CREATE TYPE "OrganizationPlan" AS ENUM ('BASIC', 'PREMIUM', 'ENTERPRISE');

-- CreateEnum
CREATE TYPE "OnboardingStatus" AS ENUM ('DRAFT', 'SUBMITTED', 'CHANGES_REQUESTED', 'REJECTED', 'APPROVED');

-- AlterEnum
ALTER TYPE "EnrollmentStatus" ADD VALUE 'INVITED';

-- AlterTable
ALTER TABLE "classes" ADD COLUMN     "is_active" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "enrollments" ADD COLUMN     "ended_at" TIMESTAMPTZ(3),
ADD COLUMN     "target_major" TEXT,
ADD COLUMN     "target_university" TEXT;

-- AlterTable
ALTER TABLE "memberships" ADD COLUMN     "permissions" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "organizations" ADD COLUMN     "address" TEXT,
ADD COLUMN     "business_license" TEXT,
ADD COLUMN     "city" TEXT,
ADD COLUMN     "contact_email" CITEXT,
ADD COLUMN     "encrypted_tax_id" TEXT,
ADD COLUMN     "features" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "max_classes" INTEGER NOT NULL DEFAULT 10,
ADD COLUMN     "max_staff" INTEGER NOT NULL DEFAULT 10,
ADD COLUMN     "max_students" INTEGER NOT NULL DEFAULT 50,
ADD COLUMN     "phone" TEXT,
ADD COLUMN     "plan" "OrganizationPlan" NOT NULL DEFAULT 'BASIC',
ADD COLUMN     "postal_code" TEXT,
ADD COLUMN     "province" TEXT,
ADD COLUMN     "suspension_reason" TEXT;

-- CreateTable
CREATE TABLE "invitations" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "email" CITEXT NOT NULL,
    "role" "Role" NOT NULL,
    "permissions" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "token_hash" BYTEA NOT NULL,
    "invited_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "onboarding_applications" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "applicant_id" UUID NOT NULL,
    "status" "OnboardingStatus" NOT NULL DEFAULT 'DRAFT',
    "kind" "OrganizationKind" NOT NULL,
    "plan" "OrganizationPlan" NOT NULL DEFAULT 'BASIC',
    "name" TEXT NOT NULL,
    "contact_email" CITEXT,
    "phone" TEXT,
    "address" TEXT,
    "city" TEXT,
    "province" TEXT,
    "postal_code" TEXT,
    "encrypted_tax_id" TEXT,
    "business_license" TEXT,
    "note" TEXT,
    "organization_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "submitted_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "onboarding_applications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rollovers" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "from_academic_year" TEXT NOT NULL,
    "to_academic_year" TEXT NOT NULL,
    "steps" JSONB NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "applied_at" TIMESTAMPTZ(3),

    CONSTRAINT "rollovers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rollover_moves" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "rollover_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "enrollment_id" UUID NOT NULL,
    "student_id" UUID NOT NULL,
    "from_class_id" UUID NOT NULL,
    "to_class_name" TEXT,

    CONSTRAINT "rollover_moves_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "invitations_token_hash_key" ON "invitations"("token_hash");

-- CreateIndex
CREATE INDEX "invitations_organization_id_created_at_id_idx" ON "invitations"("organization_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "onboarding_applications_organization_id_key" ON "onboarding_applications"("organization_id");

-- CreateIndex
CREATE INDEX "onboarding_applications_applicant_id_created_at_id_idx" ON "onboarding_applications"("applicant_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "onboarding_applications_status_created_at_id_idx" ON "onboarding_applications"("status", "created_at", "id");

-- CreateIndex
CREATE INDEX "rollovers_organization_id_created_at_id_idx" ON "rollovers"("organization_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "rollovers_id_organization_id_key" ON "rollovers"("id", "organization_id");

-- CreateIndex
CREATE INDEX "rollover_moves_rollover_id_id_idx" ON "rollover_moves"("rollover_id", "id");

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "onboarding_applications" ADD CONSTRAINT "onboarding_applications_applicant_id_fkey" FOREIGN KEY ("applicant_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "onboarding_applications" ADD CONSTRAINT "onboarding_applications_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollovers" ADD CONSTRAINT "rollovers_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rollover_moves" ADD CONSTRAINT "rollover_moves_rollover_id_organization_id_fkey" FOREIGN KEY ("rollover_id", "organization_id") REFERENCES "rollovers"("id", "organization_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here: rules that no wrong program can break.

ALTER TABLE "organizations" ADD CONSTRAINT "organizations_limits_check"
  CHECK (max_students >= 0 AND max_staff >= 1 AND max_classes >= 0);
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_features_check" CHECK (jsonb_typeof(features) = 'object');
ALTER TABLE "organizations" ADD CONSTRAINT "organizations_suspension_check"
  CHECK ((status = 'SUSPENDED') >= (suspension_reason IS NOT NULL));
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_role_check"
  CHECK (role IN ('OWNER', 'ADMIN', 'TEACHER', 'STAFF', 'VIEWER'));
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_role_check"
  CHECK (role IN ('OWNER', 'ADMIN', 'TEACHER', 'STAFF', 'VIEWER'));
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_hash_check" CHECK (octet_length(token_hash) = 32);
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_end_check" CHECK (accepted_at IS NULL OR revoked_at IS NULL);
CREATE UNIQUE INDEX "invitations_open_key" ON "invitations" (organization_id, email)
  WHERE accepted_at IS NULL AND revoked_at IS NULL;
ALTER TABLE "onboarding_applications" ADD CONSTRAINT "onboarding_applications_approved_check"
  CHECK ((status = 'APPROVED') = (organization_id IS NOT NULL));
ALTER TABLE "onboarding_applications" ADD CONSTRAINT "onboarding_applications_decided_check"
  CHECK ((status IN ('APPROVED', 'REJECTED')) <= (decided_at IS NOT NULL));
ALTER TABLE "rollovers" ADD CONSTRAINT "rollovers_years_check" CHECK (from_academic_year <> to_academic_year);

-- The quota of an organization and the capacity of a class count active enrollments. Whoever adds one holds the
-- organization's row until the end of the transaction, so that two never take the same seat. Each statement is judged as a whole.
CREATE FUNCTION enforce_enrollment_limits() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
DECLARE
  newly_counted uuid[];
  newly_seated uuid[];
BEGIN
  IF tg_op = 'INSERT' THEN
    SELECT array_agg(DISTINCT organization_id), array_agg(DISTINCT class_id) INTO newly_counted, newly_seated
    FROM arrived WHERE status = 'ACTIVE';
  ELSE
    SELECT array_agg(DISTINCT n.organization_id) FILTER (WHERE o.status <> 'ACTIVE'), array_agg(DISTINCT n.class_id)
    INTO newly_counted, newly_seated
    FROM arrived n JOIN departed o USING (id)
    WHERE n.status = 'ACTIVE' AND (o.status <> 'ACTIVE' OR n.class_id IS DISTINCT FROM o.class_id);
  END IF;
  IF newly_seated IS NULL THEN
    RETURN NULL;
  END IF;
  PERFORM FROM organizations
  WHERE id IN (SELECT organization_id FROM arrived) ORDER BY id FOR NO KEY UPDATE;
  IF EXISTS (
    SELECT FROM organizations o WHERE o.id = ANY (newly_counted)
      AND o.max_students < (SELECT count(*) FROM enrollments e WHERE e.organization_id = o.id AND e.status = 'ACTIVE')
  ) THEN
    RAISE EXCEPTION 'The organization has more active students than its quota allows.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'enrollments_quota_check', TABLE = 'enrollments';
  END IF;
  IF EXISTS (
    SELECT FROM classes c WHERE c.id = ANY (newly_seated)
      AND c.capacity < (SELECT count(*) FROM enrollments e WHERE e.class_id = c.id AND e.status = 'ACTIVE')
  ) THEN
    RAISE EXCEPTION 'The class has more active students than fit.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'enrollments_capacity_check', TABLE = 'enrollments';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "limits_of_insert" AFTER INSERT ON "enrollments" REFERENCING NEW TABLE AS arrived
  FOR EACH STATEMENT EXECUTE FUNCTION enforce_enrollment_limits();
CREATE TRIGGER "limits_of_update" AFTER UPDATE ON "enrollments" REFERENCING NEW TABLE AS arrived OLD TABLE AS departed
  FOR EACH STATEMENT EXECUTE FUNCTION enforce_enrollment_limits();

-- An organization that has an owner never loses the last one.
CREATE FUNCTION keep_an_owner() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
BEGIN
  PERFORM FROM organizations WHERE id = old.organization_id FOR NO KEY UPDATE;
  IF NOT EXISTS (SELECT FROM memberships WHERE organization_id = old.organization_id AND role = 'OWNER') THEN
    RAISE EXCEPTION 'An organization keeps at least one owner.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'memberships_owner_check', TABLE = 'memberships';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "owner_stays_on_delete" AFTER DELETE ON "memberships"
  FOR EACH ROW WHEN (old.role = 'OWNER') EXECUTE FUNCTION keep_an_owner();
CREATE TRIGGER "owner_stays_on_update" AFTER UPDATE ON "memberships"
  FOR EACH ROW WHEN (old.role = 'OWNER' AND (new.role <> 'OWNER' OR new.organization_id <> old.organization_id))
  EXECUTE FUNCTION keep_an_owner();

-- What an organization may do is decided by the platform, not by its own staff.
CREATE FUNCTION keep_platform_columns() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  IF NOT app.bypass() THEN
    RAISE EXCEPTION 'Only the platform changes status, kind, plan, limits and features.'
      USING ERRCODE = 'insufficient_privilege', TABLE = 'organizations';
  END IF;
  RETURN new;
END
$$;
CREATE TRIGGER "platform_columns"
  BEFORE UPDATE OF status, kind, plan, max_students, max_staff, max_classes, features, suspension_reason ON "organizations"
  FOR EACH ROW
  WHEN ((new.status, new.kind, new.plan, new.max_students, new.max_staff, new.max_classes, new.features, new.suspension_reason)
    IS DISTINCT FROM
    (old.status, old.kind, old.plan, old.max_students, old.max_staff, old.max_classes, old.features, old.suspension_reason))
  EXECUTE FUNCTION keep_platform_columns();

-- The person with this address, made when there is none: the one thing about people whom they do not know yet that an
-- organization's staff may do. Such an account has no password until its holder sets one.
CREATE FUNCTION register_student(student_email citext, student_name text) RETURNS TABLE (user_id uuid, is_new boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
#variable_conflict use_column
DECLARE
  known uuid;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('account ' || lower(student_email::text), 0));
  SELECT a.user_id INTO known FROM accounts a WHERE a.email = student_email;
  IF known IS NOT NULL THEN
    RETURN QUERY SELECT known, false;
    RETURN;
  END IF;
  INSERT INTO users (full_name, role) VALUES (student_name, 'STUDENT') RETURNING id INTO known;
  INSERT INTO accounts (user_id, email, password_hash) VALUES (known, student_email, '!');
  RETURN QUERY SELECT known, true;
END
$$;

-- Who sees what.

CREATE POLICY "staff" ON "organizations" FOR UPDATE USING (
  (SELECT app.is_staff()) AND id = (SELECT app.organization_id()));

DROP POLICY "staff" ON "accounts";
-- As text: a value that this transaction has added to the type cannot be named before it commits.
CREATE POLICY "staff" ON "accounts" FOR SELECT USING (
  (SELECT app.is_staff()) AND (
    EXISTS (SELECT FROM enrollments e
      WHERE e.student_id = user_id AND e.organization_id = (SELECT app.organization_id()) AND e.status::text <> 'INVITED')
    OR EXISTS (SELECT FROM memberships m WHERE m.user_id = accounts.user_id AND m.organization_id = (SELECT app.organization_id()))
  )
);

ALTER TABLE "invitations" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "invitations" FORCE ROW LEVEL SECURITY;
CREATE POLICY "staff" ON "invitations" USING (
  (SELECT app.is_staff()) AND organization_id = (SELECT app.organization_id()));
CREATE POLICY "system" ON "invitations" USING ((SELECT app.bypass()));

ALTER TABLE "onboarding_applications" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "onboarding_applications" FORCE ROW LEVEL SECURITY;
CREATE POLICY "applicant_reads" ON "onboarding_applications" FOR SELECT USING (applicant_id = (SELECT app.user_id()));
CREATE POLICY "applicant_applies" ON "onboarding_applications" FOR INSERT
  WITH CHECK (applicant_id = (SELECT app.user_id()) AND status = 'DRAFT');
CREATE POLICY "applicant_edits" ON "onboarding_applications" FOR UPDATE
  USING (applicant_id = (SELECT app.user_id()) AND status IN ('DRAFT', 'CHANGES_REQUESTED'))
  WITH CHECK (applicant_id = (SELECT app.user_id()) AND status IN ('DRAFT', 'CHANGES_REQUESTED', 'SUBMITTED'));
CREATE POLICY "system" ON "onboarding_applications" USING ((SELECT app.bypass()));

ALTER TABLE "rollovers" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "rollovers" FORCE ROW LEVEL SECURITY;
CREATE POLICY "staff" ON "rollovers" USING (
  (SELECT app.is_staff()) AND organization_id = (SELECT app.organization_id()));
CREATE POLICY "system" ON "rollovers" USING ((SELECT app.bypass()));

ALTER TABLE "rollover_moves" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "rollover_moves" FORCE ROW LEVEL SECURITY;
CREATE POLICY "staff" ON "rollover_moves" USING (
  (SELECT app.is_staff()) AND organization_id = (SELECT app.organization_id()));
CREATE POLICY "system" ON "rollover_moves" USING ((SELECT app.bypass()));
