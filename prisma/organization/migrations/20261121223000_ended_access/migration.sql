-- The gateway asks every two seconds whose access has ended.
-- CreateIndex
CREATE INDEX "sessions_revoked_at_idx" ON "sessions"("revoked_at");

-- CreateIndex
CREATE INDEX "guardian_links_ended_at_idx" ON "guardian_links"("ended_at");

-- CreateIndex
CREATE INDEX "api_keys_revoked_at_idx" ON "api_keys"("revoked_at");

-- CreateIndex
CREATE INDEX "impersonations_ended_at_idx" ON "impersonations"("ended_at");
