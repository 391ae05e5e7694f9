-- CreateEnum
CREATE TYPE "GuardianLinkEnd" AS ENUM ('STUDENT', 'GUARDIAN', 'NOT_RECONFIRMED');

-- CreateEnum
CREATE TYPE "GuardianAttemptKind" AS ENUM ('CODE', 'REQUEST');

-- CreateEnum
CREATE TYPE "GuardianAccessKind" AS ENUM ('PROFILE', 'SCORES', 'STUDY_TIME', 'ANALYTICS', 'REPORTS');

-- CreateEnum
CREATE TYPE "ApiKeyMode" AS ENUM ('TEST', 'LIVE');

-- CreateEnum
CREATE TYPE "WebhookDeliveryStatus" AS ENUM ('PENDING', 'SUCCEEDED', 'FAILED');

-- AlterTable
ALTER TABLE "accounts" ADD COLUMN     "birth_date" DATE;

-- AlterTable
ALTER TABLE "guardian_links" ADD COLUMN     "confirm_by" TIMESTAMPTZ(3),
ADD COLUMN     "end_reason" "GuardianLinkEnd",
ADD COLUMN     "ended_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "pairing_codes" (
    "student_id" UUID NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pairing_codes_pkey" PRIMARY KEY ("student_id")
);

-- CreateTable
CREATE TABLE "guardian_attempts" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "guardian_id" UUID NOT NULL,
    "kind" "GuardianAttemptKind" NOT NULL,
    "attempted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "guardian_attempts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "guardian_accesses" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "guardian_id" UUID NOT NULL,
    "student_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "kind" "GuardianAccessKind" NOT NULL,
    "read_count" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "guardian_accesses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "previous_secret_hash" BYTEA,
    "previous_expires_at" TIMESTAMPTZ(3),
    "scopes" TEXT[],
    "mode" "ApiKeyMode" NOT NULL,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key_usage" (
    "api_key_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "request_count" INTEGER NOT NULL,
    "error_count" INTEGER NOT NULL,

    CONSTRAINT "api_key_usage_pkey" PRIMARY KEY ("api_key_id","day")
);

-- CreateTable
CREATE TABLE "api_key_deprecated_fields" (
    "api_key_id" UUID NOT NULL,
    "field" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "last_used_on" DATE NOT NULL,

    CONSTRAINT "api_key_deprecated_fields_pkey" PRIMARY KEY ("api_key_id","field")
);

-- CreateTable
CREATE TABLE "webhook_endpoints" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "description" TEXT,
    "event_types" TEXT[],
    "encrypted_secret" TEXT NOT NULL,
    "previous_encrypted_secret" TEXT,
    "previous_expires_at" TIMESTAMPTZ(3),
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "failing_since" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_endpoints_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_sequences" (
    "organization_id" UUID NOT NULL,
    "last" BIGINT NOT NULL,

    CONSTRAINT "webhook_sequences_pkey" PRIMARY KEY ("organization_id")
);

-- CreateTable
CREATE TABLE "webhook_events" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "sequence" BIGINT,
    "type" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "webhook_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_deliveries" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "status" "WebhookDeliveryStatus" NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "next_attempt_at" TIMESTAMPTZ(3),
    "last_attempt_at" TIMESTAMPTZ(3),
    "response_code" INTEGER,
    "response_body" TEXT,
    "duration_ms" INTEGER,
    "error" TEXT,

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "pairing_codes_code_hash_key" ON "pairing_codes"("code_hash");

-- CreateIndex
CREATE INDEX "guardian_attempts_guardian_id_kind_attempted_at_idx" ON "guardian_attempts"("guardian_id", "kind", "attempted_at");

-- CreateIndex
CREATE INDEX "guardian_accesses_student_id_day_id_idx" ON "guardian_accesses"("student_id", "day", "id");

-- CreateIndex
CREATE UNIQUE INDEX "guardian_accesses_guardian_id_student_id_day_kind_key" ON "guardian_accesses"("guardian_id", "student_id", "day", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_secret_hash_key" ON "api_keys"("secret_hash");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_previous_secret_hash_key" ON "api_keys"("previous_secret_hash");

-- CreateIndex
CREATE INDEX "api_keys_organization_id_created_at_id_idx" ON "api_keys"("organization_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhook_endpoints_organization_id_created_at_id_idx" ON "webhook_endpoints"("organization_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_events_organization_id_sequence_key" ON "webhook_events"("organization_id", "sequence");

-- CreateIndex
CREATE INDEX "webhook_deliveries_endpoint_id_created_at_id_idx" ON "webhook_deliveries"("endpoint_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhook_deliveries_event_id_idx" ON "webhook_deliveries"("event_id");

-- AddForeignKey
ALTER TABLE "pairing_codes" ADD CONSTRAINT "pairing_codes_student_id_fkey" FOREIGN KEY ("student_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guardian_attempts" ADD CONSTRAINT "guardian_attempts_guardian_id_fkey" FOREIGN KEY ("guardian_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guardian_accesses" ADD CONSTRAINT "guardian_accesses_guardian_id_fkey" FOREIGN KEY ("guardian_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guardian_accesses" ADD CONSTRAINT "guardian_accesses_student_id_fkey" FOREIGN KEY ("student_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key_usage" ADD CONSTRAINT "api_key_usage_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key_deprecated_fields" ADD CONSTRAINT "api_key_deprecated_fields_api_key_id_fkey" FOREIGN KEY ("api_key_id") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_sequences" ADD CONSTRAINT "webhook_sequences_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_events" ADD CONSTRAINT "webhook_events_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoints"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "webhook_events"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- Written by hand from here: rules that no wrong program can break.

ALTER TABLE "accounts" ADD CONSTRAINT "accounts_birth_date_check" CHECK (birth_date >= DATE '1900-01-01');
ALTER TABLE "guardian_links" ADD CONSTRAINT "guardian_links_confirm_check"
  CHECK ((confirm_by IS NOT NULL) <= (status = 'VERIFIED'));
ALTER TABLE "guardian_links" ADD CONSTRAINT "guardian_links_end_check"
  CHECK ((end_reason IS NOT NULL) <= (status = 'REVOKED' AND ended_at IS NOT NULL));
ALTER TABLE "pairing_codes" ADD CONSTRAINT "pairing_codes_hash_check" CHECK (octet_length(code_hash) = 32);
ALTER TABLE "guardian_accesses" ADD CONSTRAINT "guardian_accesses_count_check" CHECK (read_count > 0);
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_hash_check"
  CHECK (octet_length(secret_hash) = 32 AND octet_length(previous_secret_hash) = 32);
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_previous_check"
  CHECK ((previous_secret_hash IS NULL) = (previous_expires_at IS NULL));
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_name_check" CHECK (length(name) BETWEEN 1 AND 100);
ALTER TABLE "api_key_usage" ADD CONSTRAINT "api_key_usage_count_check" CHECK (request_count >= 0 AND error_count >= 0);
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_previous_check"
  CHECK ((previous_encrypted_secret IS NULL) = (previous_expires_at IS NULL));
ALTER TABLE "webhook_events" ADD CONSTRAINT "webhook_events_sequence_check" CHECK (sequence > 0);
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_attempts_check" CHECK (attempts >= 0);

-- Who sees what.

ALTER TABLE "pairing_codes" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "pairing_codes" FORCE ROW LEVEL SECURITY;
CREATE POLICY "student" ON "pairing_codes" USING (student_id = (SELECT app.user_id()));
CREATE POLICY "system" ON "pairing_codes" USING ((SELECT app.bypass()));

ALTER TABLE "guardian_attempts" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "guardian_attempts" FORCE ROW LEVEL SECURITY;
CREATE POLICY "system" ON "guardian_attempts" USING ((SELECT app.bypass()));

ALTER TABLE "guardian_accesses" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "guardian_accesses" FORCE ROW LEVEL SECURITY;
CREATE POLICY "student" ON "guardian_accesses" FOR SELECT USING (student_id = (SELECT app.user_id()));
CREATE POLICY "system" ON "guardian_accesses" USING ((SELECT app.bypass()));

ALTER TABLE "api_keys" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "api_keys" FORCE ROW LEVEL SECURITY;
CREATE POLICY "staff" ON "api_keys" USING (
  (SELECT app.is_staff()) AND organization_id = (SELECT app.organization_id()));
CREATE POLICY "system" ON "api_keys" USING ((SELECT app.bypass()));

ALTER TABLE "api_key_usage" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "api_key_usage" FORCE ROW LEVEL SECURITY;
CREATE POLICY "staff" ON "api_key_usage" FOR SELECT USING (EXISTS (SELECT FROM api_keys k WHERE k.id = api_key_id));
CREATE POLICY "system" ON "api_key_usage" USING ((SELECT app.bypass()));

ALTER TABLE "api_key_deprecated_fields" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "api_key_deprecated_fields" FORCE ROW LEVEL SECURITY;
CREATE POLICY "staff" ON "api_key_deprecated_fields" FOR SELECT USING (
  EXISTS (SELECT FROM api_keys k WHERE k.id = api_key_id));
CREATE POLICY "system" ON "api_key_deprecated_fields" USING ((SELECT app.bypass()));

ALTER TABLE "webhook_endpoints" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "webhook_endpoints" FORCE ROW LEVEL SECURITY;
CREATE POLICY "staff" ON "webhook_endpoints" USING (
  (SELECT app.is_staff()) AND organization_id = (SELECT app.organization_id()));
CREATE POLICY "system" ON "webhook_endpoints" USING ((SELECT app.bypass()));

ALTER TABLE "webhook_sequences" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "webhook_sequences" FORCE ROW LEVEL SECURITY;
CREATE POLICY "system" ON "webhook_sequences" USING ((SELECT app.bypass()));

ALTER TABLE "webhook_events" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "webhook_events" FORCE ROW LEVEL SECURITY;
CREATE POLICY "staff" ON "webhook_events" USING (
  (SELECT app.is_staff()) AND organization_id = (SELECT app.organization_id()));
CREATE POLICY "system" ON "webhook_events" USING ((SELECT app.bypass()));

ALTER TABLE "webhook_deliveries" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "webhook_deliveries" FORCE ROW LEVEL SECURITY;
CREATE POLICY "staff" ON "webhook_deliveries" USING (
  (SELECT app.is_staff()) AND organization_id = (SELECT app.organization_id()));
CREATE POLICY "system" ON "webhook_deliveries" USING ((SELECT app.bypass()));
