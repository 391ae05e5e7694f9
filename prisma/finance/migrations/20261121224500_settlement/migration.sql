-- CreateEnum
CREATE TYPE "SettlementVerdict" AS ENUM ('MATCHED', 'AMOUNT_DIFFERS', 'FEE_DIFFERS', 'DUPLICATE', 'UNKNOWN');

-- CreateTable
CREATE TABLE "settlement_reports" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "provider" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "covers_from" TIMESTAMPTZ(3) NOT NULL,
    "covers_until" TIMESTAMPTZ(3) NOT NULL,
    "line_count" INTEGER NOT NULL,
    "imported_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "settlement_reports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "settlement_lines" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "report_id" UUID NOT NULL,
    "line_number" INTEGER NOT NULL,
    "order_ref" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "fee_minor" BIGINT NOT NULL,
    "verdict" "SettlementVerdict" NOT NULL,
    "attempt_id" UUID,

    CONSTRAINT "settlement_lines_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "settlement_reports_created_at_id_idx" ON "settlement_reports"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "settlement_reports_provider_content_hash_key" ON "settlement_reports"("provider", "content_hash");

-- CreateIndex
CREATE INDEX "settlement_lines_attempt_id_idx" ON "settlement_lines"("attempt_id");

-- CreateIndex
CREATE UNIQUE INDEX "settlement_lines_report_id_line_number_key" ON "settlement_lines"("report_id", "line_number");

-- AddForeignKey
ALTER TABLE "settlement_lines" ADD CONSTRAINT "settlement_lines_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "settlement_reports"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here: a payment is settled once, and only the platform's finance staff see reports.

ALTER TABLE "settlement_reports" ADD CONSTRAINT "settlement_reports_period_check" CHECK (covers_from < covers_until);
ALTER TABLE "settlement_lines" ADD CONSTRAINT "settlement_lines_amount_check" CHECK (amount_minor > 0 AND fee_minor >= 0);
ALTER TABLE "settlement_lines" ADD CONSTRAINT "settlement_lines_attempt_check"
  CHECK ((verdict = 'UNKNOWN') = (attempt_id IS NULL));
CREATE UNIQUE INDEX "settlement_lines_settled_once" ON "settlement_lines" ("attempt_id")
  WHERE verdict IN ('MATCHED', 'FEE_DIFFERS');
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "settlement_reports"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_payment_fact_change();
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "settlement_lines"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_payment_fact_change();

ALTER TABLE "settlement_reports" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "settlement_reports" FORCE ROW LEVEL SECURITY;
CREATE POLICY "system" ON "settlement_reports" USING ((SELECT app.bypass()));
ALTER TABLE "settlement_lines" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "settlement_lines" FORCE ROW LEVEL SECURITY;
CREATE POLICY "system" ON "settlement_lines" USING ((SELECT app.bypass()));
