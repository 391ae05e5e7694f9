-- CreateEnum
CREATE TYPE "AccessLevel" AS ENUM ('FREE', 'PREMIUM');

-- CreateEnum
CREATE TYPE "SyncItemKind" AS ENUM ('ANSWER', 'PROGRESS', 'GAMIFICATION', 'ANALYTICS');

-- CreateEnum
CREATE TYPE "SyncPriority" AS ENUM ('HIGH', 'MEDIUM', 'LOW');

-- CreateEnum
CREATE TYPE "SyncItemStatus" AS ENUM ('PENDING', 'HELD', 'REJECTED', 'DEAD');

-- CreateEnum
CREATE TYPE "SittingVerdict" AS ENUM ('ACCEPTED', 'FLAGGED', 'REJECTED');

-- AlterTable
ALTER TABLE "tryouts" ADD COLUMN     "access_level" "AccessLevel" NOT NULL DEFAULT 'FREE';

-- CreateTable
CREATE TABLE "entitlements" (
    "user_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_until" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL,

    CONSTRAINT "entitlements_pkey" PRIMARY KEY ("user_id","code")
);

-- CreateTable
CREATE TABLE "offline_signing_keys" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "public_key" TEXT NOT NULL,
    "encrypted_private_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "offline_signing_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "offline_devices" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "user_id" UUID NOT NULL,
    "public_key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "registered_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "offline_devices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "offline_contents" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "tryout_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "content_hash" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "offline_contents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "offline_packages" (
    "id" UUID NOT NULL,
    "content_id" UUID NOT NULL,
    "device_id" UUID NOT NULL,
    "student_id" UUID NOT NULL,
    "organization_id" UUID,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "clock_offset_ms" BIGINT NOT NULL,
    "manifest" TEXT NOT NULL,

    CONSTRAINT "offline_packages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "offline_sittings" (
    "id" UUID NOT NULL,
    "package_id" UUID NOT NULL,
    "student_id" UUID NOT NULL,
    "organization_id" UUID,
    "tryout_id" UUID NOT NULL,
    "is_graded" BOOLEAN NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "verdict" "SittingVerdict",
    "reasons" TEXT[],
    "position" INTEGER,
    "progress_at" TIMESTAMPTZ(3),
    "attempt_id" UUID,

    CONSTRAINT "offline_sittings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "offline_entries" (
    "sitting_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "previous_sequence" INTEGER,
    "previous_hash" TEXT NOT NULL,
    "sync_item_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "item_id" UUID,
    "response" TEXT[],
    "elapsed_ms" INTEGER NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,
    "corrected_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "refusal" TEXT,

    CONSTRAINT "offline_entries_pkey" PRIMARY KEY ("sitting_id","sequence")
);

-- CreateTable
CREATE TABLE "sync_items" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "user_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "organization_id" UUID,
    "device_id" UUID NOT NULL,
    "kind" "SyncItemKind" NOT NULL,
    "priority" "SyncPriority" NOT NULL,
    "payload" TEXT NOT NULL,
    "sitting_id" UUID,
    "sequence" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "clock_offset_ms" BIGINT NOT NULL,
    "status" "SyncItemStatus" NOT NULL DEFAULT 'PENDING',
    "retry_count" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "sync_items_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "offline_devices_user_id_registered_at_id_idx" ON "offline_devices"("user_id", "registered_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "offline_devices_user_id_public_key_key" ON "offline_devices"("user_id", "public_key");

-- CreateIndex
CREATE UNIQUE INDEX "offline_contents_tryout_id_version_key" ON "offline_contents"("tryout_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "offline_contents_tryout_id_content_hash_key" ON "offline_contents"("tryout_id", "content_hash");

-- CreateIndex
CREATE INDEX "offline_packages_student_id_issued_at_id_idx" ON "offline_packages"("student_id", "issued_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "offline_sittings_attempt_id_key" ON "offline_sittings"("attempt_id");

-- CreateIndex
CREATE INDEX "offline_sittings_student_id_started_at_id_idx" ON "offline_sittings"("student_id", "started_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "offline_sittings_organization_id_started_at_id_idx" ON "offline_sittings"("organization_id", "started_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "offline_sittings_package_id_idx" ON "offline_sittings"("package_id");

-- CreateIndex
CREATE UNIQUE INDEX "offline_entries_sync_item_id_key" ON "offline_entries"("sync_item_id");

-- CreateIndex
CREATE UNIQUE INDEX "offline_entries_sitting_id_sequence_hash_key" ON "offline_entries"("sitting_id", "sequence", "hash");

-- CreateIndex
CREATE INDEX "sync_items_sitting_id_sequence_idx" ON "sync_items"("sitting_id", "sequence");

-- CreateIndex
CREATE INDEX "sync_items_status_received_at_id_idx" ON "sync_items"("status", "received_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "sync_items_user_id_client_id_key" ON "sync_items"("user_id", "client_id");

-- AddForeignKey
ALTER TABLE "offline_contents" ADD CONSTRAINT "offline_contents_tryout_id_fkey" FOREIGN KEY ("tryout_id") REFERENCES "tryouts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offline_packages" ADD CONSTRAINT "offline_packages_content_id_fkey" FOREIGN KEY ("content_id") REFERENCES "offline_contents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offline_packages" ADD CONSTRAINT "offline_packages_device_id_fkey" FOREIGN KEY ("device_id") REFERENCES "offline_devices"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offline_sittings" ADD CONSTRAINT "offline_sittings_package_id_fkey" FOREIGN KEY ("package_id") REFERENCES "offline_packages"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offline_sittings" ADD CONSTRAINT "offline_sittings_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offline_entries" ADD CONSTRAINT "offline_entries_sitting_id_fkey" FOREIGN KEY ("sitting_id") REFERENCES "offline_sittings"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offline_entries" ADD CONSTRAINT "offline_entries_sync_item_id_fkey" FOREIGN KEY ("sync_item_id") REFERENCES "sync_items"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offline_entries" ADD CONSTRAINT "offline_entries_sitting_id_previous_sequence_previous_hash_fkey" FOREIGN KEY ("sitting_id", "previous_sequence", "previous_hash") REFERENCES "offline_entries"("sitting_id", "sequence", "hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here: rules that no wrong program can break.

ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_period_check" CHECK (valid_until IS NULL OR valid_until >= valid_from);
ALTER TABLE "offline_devices" ADD CONSTRAINT "offline_devices_key_check" CHECK (public_key ~ '^[A-Za-z0-9_-]{43}$');
ALTER TABLE "offline_contents" ADD CONSTRAINT "offline_contents_version_check" CHECK (version > 0);
ALTER TABLE "offline_packages" ADD CONSTRAINT "offline_packages_life_check" CHECK (expires_at = issued_at + interval '168 hours');
ALTER TABLE "offline_sittings" ADD CONSTRAINT "offline_sittings_finished_check"
  CHECK ((finished_at IS NULL) = (verdict IS NULL) AND (attempt_id IS NOT NULL) = (coalesce(verdict, 'REJECTED') <> 'REJECTED'));
ALTER TABLE "offline_sittings" ADD CONSTRAINT "offline_sittings_reasons_check"
  CHECK (cardinality(reasons) > 0 OR coalesce(verdict, 'ACCEPTED') = 'ACCEPTED');
-- A graded tryout counts once, whatever the number of devices that sat it.
CREATE UNIQUE INDEX "offline_sittings_graded_key" ON "offline_sittings" (student_id, tryout_id)
  WHERE is_graded AND attempt_id IS NOT NULL;

-- An entry starts its chain or follows the entry whose hash it names.
ALTER TABLE "offline_entries" ADD CONSTRAINT "offline_entries_link_check"
  CHECK (sequence > 0 AND previous_sequence IS NOT DISTINCT FROM nullif(sequence - 1, 0));
ALTER TABLE "offline_entries" ADD CONSTRAINT "offline_entries_kind_check"
  CHECK (kind IN ('START', 'ANSWER', 'FINISH') AND (kind = 'START') = (sequence = 1) AND (kind = 'ANSWER') = (item_id IS NOT NULL));
ALTER TABLE "offline_entries" ADD CONSTRAINT "offline_entries_elapsed_check" CHECK (elapsed_ms >= 0);
CREATE UNIQUE INDEX "offline_entries_finish_key" ON "offline_entries" (sitting_id) WHERE kind = 'FINISH';
CREATE TRIGGER "immutable" BEFORE UPDATE OR DELETE ON "offline_entries" FOR EACH ROW EXECUTE FUNCTION refuse_change();

ALTER TABLE "sync_items" ADD CONSTRAINT "sync_items_payload_check" CHECK (octet_length(payload) <= 16384);
ALTER TABLE "sync_items" ADD CONSTRAINT "sync_items_retry_check" CHECK (retry_count >= 0);
ALTER TABLE "sync_items" ADD CONSTRAINT "sync_items_settled_check" CHECK ((status = 'PENDING') = (settled_at IS NULL));
ALTER TABLE "sync_items" ADD CONSTRAINT "sync_items_reason_check" CHECK (status NOT IN ('REJECTED', 'DEAD') OR reason IS NOT NULL);

ALTER TABLE "entitlements" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "entitlements" FORCE ROW LEVEL SECURITY;
CREATE POLICY "self" ON "entitlements" FOR SELECT USING (user_id = (SELECT app.user_id()));
CREATE POLICY "system" ON "entitlements" USING ((SELECT app.bypass()));

ALTER TABLE "offline_signing_keys" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "offline_signing_keys" FORCE ROW LEVEL SECURITY;
CREATE POLICY "system" ON "offline_signing_keys" USING ((SELECT app.bypass()));

ALTER TABLE "offline_devices" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "offline_devices" FORCE ROW LEVEL SECURITY;
CREATE POLICY "self" ON "offline_devices" FOR SELECT USING (user_id = (SELECT app.user_id()));
CREATE POLICY "system" ON "offline_devices" USING ((SELECT app.bypass()));

-- Papers reach a student as part of a package that was given to them, never by themselves.
ALTER TABLE "offline_contents" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "offline_contents" FORCE ROW LEVEL SECURITY;
CREATE POLICY "package" ON "offline_contents" FOR SELECT USING (
  EXISTS (SELECT FROM offline_packages p WHERE p.content_id = offline_contents.id));
CREATE POLICY "system" ON "offline_contents" USING ((SELECT app.bypass()));

ALTER TABLE "offline_packages" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "offline_packages" FORCE ROW LEVEL SECURITY;
CREATE POLICY "self" ON "offline_packages" FOR SELECT USING (student_id = (SELECT app.user_id()));
CREATE POLICY "system" ON "offline_packages" USING ((SELECT app.bypass()));

ALTER TABLE "offline_sittings" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "offline_sittings" FORCE ROW LEVEL SECURITY;
CREATE POLICY "self" ON "offline_sittings" FOR SELECT USING (student_id = (SELECT app.user_id()));
CREATE POLICY "staff" ON "offline_sittings" FOR SELECT USING (
  (SELECT app.is_staff()) AND organization_id = (SELECT app.organization_id()));
CREATE POLICY "system" ON "offline_sittings" USING ((SELECT app.bypass()));

ALTER TABLE "offline_entries" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "offline_entries" FORCE ROW LEVEL SECURITY;
CREATE POLICY "sitting" ON "offline_entries" FOR SELECT USING (EXISTS (SELECT FROM offline_sittings s WHERE s.id = sitting_id));
CREATE POLICY "system" ON "offline_entries" USING ((SELECT app.bypass()));

ALTER TABLE "sync_items" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "sync_items" FORCE ROW LEVEL SECURITY;
CREATE POLICY "self" ON "sync_items" FOR SELECT USING (user_id = (SELECT app.user_id()));
CREATE POLICY "staff" ON "sync_items" FOR SELECT USING (
  (SELECT app.is_staff()) AND organization_id = (SELECT app.organization_id()));
CREATE POLICY "system" ON "sync_items" USING ((SELECT app.bypass()));
