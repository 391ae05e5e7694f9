-- CreateEnum
CREATE TYPE "ExternalProvider" AS ENUM ('GOOGLE', 'FACEBOOK');

-- CreateTable
CREATE TABLE "external_identities" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "user_id" UUID NOT NULL,
    "provider" "ExternalProvider" NOT NULL,
    "subject" TEXT NOT NULL,
    "email" CITEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "external_identities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "external_sign_ins" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "provider" "ExternalProvider" NOT NULL,
    "user_id" UUID,
    "redirect_uri" TEXT NOT NULL,
    "sealed_secrets" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "time_zone" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "redeemed_at" TIMESTAMPTZ(3),
    "proven_user_id" UUID,

    CONSTRAINT "external_sign_ins_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "external_identities_user_id_created_at_id_idx" ON "external_identities"("user_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "external_identities_provider_subject_key" ON "external_identities"("provider", "subject");

-- CreateIndex
CREATE INDEX "external_sign_ins_expires_at_idx" ON "external_sign_ins"("expires_at");

-- AddForeignKey
ALTER TABLE "external_identities" ADD CONSTRAINT "external_identities_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here on.

ALTER TABLE "external_sign_ins" ADD CONSTRAINT "external_sign_ins_proven_after_redeemed" CHECK (
  proven_user_id IS NULL OR redeemed_at IS NOT NULL
);

ALTER TABLE "external_identities" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "external_identities" FORCE ROW LEVEL SECURITY;
CREATE POLICY "self" ON "external_identities" USING (user_id = (SELECT app.user_id()));
CREATE POLICY "system" ON "external_identities" USING ((SELECT app.bypass()));

ALTER TABLE "external_sign_ins" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "external_sign_ins" FORCE ROW LEVEL SECURITY;
CREATE POLICY "system" ON "external_sign_ins" USING ((SELECT app.bypass()));
