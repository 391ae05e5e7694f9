-- CreateEnum
CREATE TYPE "RepaymentMethod" AS ENUM ('FLAT', 'ANNUITY', 'DECLINING_BALANCE');

-- CreateEnum
CREATE TYPE "DayCount" AS ENUM ('THIRTY_360', 'ACTUAL_365');

-- CreateEnum
CREATE TYPE "LoanOutcome" AS ENUM ('APPROVE', 'REVIEW', 'DECLINE');

-- CreateTable
CREATE TABLE "partner_banks" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "organization_id" UUID,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "partner_banks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "loan_products" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "bank_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "method" "RepaymentMethod" NOT NULL,
    "day_count" "DayCount" NOT NULL,
    "annual_rate_basis_points" INTEGER NOT NULL,
    "fee_basis_points" INTEGER NOT NULL DEFAULT 0,
    "minimum_minor" BIGINT NOT NULL,
    "maximum_minor" BIGINT NOT NULL,
    "minimum_months" INTEGER NOT NULL,
    "maximum_months" INTEGER NOT NULL,
    "late_fee_minor" BIGINT NOT NULL DEFAULT 0,
    "grace_days" INTEGER NOT NULL DEFAULT 0,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "loan_products_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "loan_scorecards" (
    "version" SERIAL NOT NULL,
    "definition" JSONB NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "loan_scorecards_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "loan_assessments" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "user_id" UUID NOT NULL,
    "scorecard_version" INTEGER NOT NULL,
    "inputs" JSONB NOT NULL,
    "score" INTEGER NOT NULL,
    "outcome" "LoanOutcome" NOT NULL,
    "contributions" JSONB NOT NULL,
    "reason_codes" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "loan_assessments_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "partner_banks_code_key" ON "partner_banks"("code");

-- CreateIndex
CREATE UNIQUE INDEX "partner_banks_organization_id_key" ON "partner_banks"("organization_id");

-- CreateIndex
CREATE UNIQUE INDEX "loan_products_bank_id_name_key" ON "loan_products"("bank_id", "name");

-- CreateIndex
CREATE INDEX "loan_assessments_user_id_id_idx" ON "loan_assessments"("user_id", "id");

-- AddForeignKey
ALTER TABLE "loan_products" ADD CONSTRAINT "loan_products_bank_id_fkey" FOREIGN KEY ("bank_id") REFERENCES "partner_banks"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan_assessments" ADD CONSTRAINT "loan_assessments_scorecard_version_fkey" FOREIGN KEY ("scorecard_version") REFERENCES "loan_scorecards"("version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here.

ALTER TABLE "partner_banks" ADD CONSTRAINT "partner_banks_code_check" CHECK (code ~ '^[a-z][a-z0-9-]{2,40}$');
ALTER TABLE "loan_products" ADD CONSTRAINT "loan_products_terms_check" CHECK (
  annual_rate_basis_points BETWEEN 0 AND 10000 AND fee_basis_points BETWEEN 0 AND 9999
  AND minimum_minor > 0 AND maximum_minor >= minimum_minor
  AND minimum_months >= 1 AND maximum_months BETWEEN minimum_months AND 360
  AND late_fee_minor >= 0 AND grace_days BETWEEN 0 AND 90);

-- A version of the scorecard and what was scored by it are facts.
CREATE FUNCTION refuse_loan_fact_change() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  RAISE EXCEPTION 'what was decided stays as it is' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "loan_scorecards"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_loan_fact_change();
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "loan_assessments"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_loan_fact_change();

ALTER TABLE "partner_banks" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "partner_banks" FORCE ROW LEVEL SECURITY;
CREATE POLICY "everybody" ON "partner_banks" FOR SELECT USING (true);
CREATE POLICY "system" ON "partner_banks" USING ((SELECT app.bypass()));
ALTER TABLE "loan_products" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "loan_products" FORCE ROW LEVEL SECURITY;
CREATE POLICY "everybody" ON "loan_products" FOR SELECT USING (true);
CREATE POLICY "system" ON "loan_products" USING ((SELECT app.bypass()));
ALTER TABLE "loan_scorecards" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "loan_scorecards" FORCE ROW LEVEL SECURITY;
CREATE POLICY "everybody" ON "loan_scorecards" FOR SELECT USING (true);
CREATE POLICY "system" ON "loan_scorecards" USING ((SELECT app.bypass()));
ALTER TABLE "loan_assessments" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "loan_assessments" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "loan_assessments" USING (user_id = (SELECT app.user_id()));
CREATE POLICY "system" ON "loan_assessments" USING ((SELECT app.bypass()));

-- The first version, until the platform publishes its own.
INSERT INTO "loan_scorecards" (definition) VALUES ('{
  "basePoints": 300, "approveFrom": 620, "declineBelow": 480,
  "attributes": [
    {"attribute": "MONTHS_IN_BUSINESS", "missing": {"points": 0, "reasonCode": "BUSINESS_AGE_UNKNOWN"}, "bins": [
      {"from": null, "below": 6, "points": 0, "reasonCode": "BUSINESS_TOO_YOUNG"},
      {"from": 6, "below": 24, "points": 40, "reasonCode": "BUSINESS_YOUNG"},
      {"from": 24, "below": null, "points": 80, "reasonCode": "BUSINESS_ESTABLISHED"}]},
    {"attribute": "PROFIT_MARGIN", "missing": {"points": 0, "reasonCode": "PROFIT_UNKNOWN"}, "bins": [
      {"from": null, "below": 0.05, "points": 0, "reasonCode": "PROFIT_THIN"},
      {"from": 0.05, "below": 0.2, "points": 50, "reasonCode": "PROFIT_MODEST"},
      {"from": 0.2, "below": null, "points": 80, "reasonCode": "PROFIT_GOOD"}]},
    {"attribute": "DEBT_SERVICE_COVERAGE", "missing": {"points": 0, "reasonCode": "DEBT_UNKNOWN"}, "bins": [
      {"from": null, "below": 1, "points": -60, "reasonCode": "INSTALMENT_NOT_COVERED"},
      {"from": 1, "below": 1.5, "points": 40, "reasonCode": "INSTALMENT_BARELY_COVERED"},
      {"from": 1.5, "below": null, "points": 120, "reasonCode": "INSTALMENT_COVERED"}]},
    {"attribute": "REVENUE_TO_INSTALMENT", "missing": {"points": 0, "reasonCode": "REVENUE_UNKNOWN"}, "bins": [
      {"from": null, "below": 3, "points": 0, "reasonCode": "REVENUE_LOW"},
      {"from": 3, "below": 6, "points": 40, "reasonCode": "REVENUE_MODEST"},
      {"from": 6, "below": null, "points": 70, "reasonCode": "REVENUE_GOOD"}]},
    {"attribute": "LATE_PAYMENTS", "missing": {"points": 20, "reasonCode": "CREDIT_HISTORY_UNKNOWN"}, "bins": [
      {"from": null, "below": 1, "points": 80, "reasonCode": "CREDIT_HISTORY_GOOD"},
      {"from": 1, "below": 3, "points": 10, "reasonCode": "PAID_LATE"},
      {"from": 3, "below": null, "points": -80, "reasonCode": "PAID_LATE_OFTEN"}]}
  ]}');
