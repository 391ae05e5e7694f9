-- AlterTable
ALTER TABLE "refresh_tokens" ADD COLUMN     "exchange_key_hash" BYTEA,
ADD COLUMN     "sealed_successor" TEXT;

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "organization_id" UUID;

-- CreateIndex
CREATE INDEX "sessions_organization_id_idx" ON "sessions"("organization_id");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Only of a used token can an answer have been lost, and of a session only the newest one.
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_exchange_check" CHECK (
  (exchange_key_hash IS NULL) = (sealed_successor IS NULL)
  AND (sealed_successor IS NULL OR used_at IS NOT NULL)
  AND octet_length(exchange_key_hash) = 32);
CREATE UNIQUE INDEX "refresh_tokens_one_exchange" ON "refresh_tokens" (session_id) WHERE sealed_successor IS NOT NULL;
