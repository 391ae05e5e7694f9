-- CreateEnum
CREATE TYPE "LoanApplicationStatus" AS ENUM ('DRAFT', 'SUBMITTED', 'UNDER_REVIEW', 'DOCUMENTS_REQUESTED', 'APPROVED', 'DISBURSED', 'REJECTED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "LoanActor" AS ENUM ('APPLICANT', 'BANK', 'PLATFORM');

-- CreateEnum
CREATE TYPE "BankDelivery" AS ENUM ('NONE', 'UNKNOWN', 'RECEIVED', 'REFUSED');

-- CreateEnum
CREATE TYPE "LoanDocumentKind" AS ENUM ('IDENTITY', 'BUSINESS_LICENSE', 'FINANCIAL_STATEMENT', 'OTHER');

-- CreateEnum
CREATE TYPE "LoanDocumentStatus" AS ENUM ('ANNOUNCED', 'RECEIVED', 'VERIFIED', 'REFUSED');

-- CreateEnum
CREATE TYPE "LoanNoticeKind" AS ENUM ('DUE_SOON', 'LATE');

-- CreateEnum
CREATE TYPE "LoanAllocationPart" AS ENUM ('FEE', 'INTEREST', 'PRINCIPAL', 'WAIVED_INTEREST');

-- CreateTable
CREATE TABLE "partner_bank_connections" (
    "bank_id" UUID NOT NULL,
    "endpoint_url" TEXT NOT NULL,
    "secret_ciphertext" TEXT NOT NULL,

    CONSTRAINT "partner_bank_connections_pkey" PRIMARY KEY ("bank_id")
);

-- CreateTable
CREATE TABLE "partner_bank_nonces" (
    "bank_id" UUID NOT NULL,
    "nonce" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "partner_bank_nonces_pkey" PRIMARY KEY ("bank_id","nonce")
);

-- CreateTable
CREATE TABLE "loan_applications" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "applicant_id" UUID NOT NULL,
    "bank_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "months" INTEGER NOT NULL,
    "purpose" TEXT NOT NULL,
    "business_name" TEXT NOT NULL,
    "identity_ciphertext" TEXT NOT NULL,
    "identity_last_digits" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "status" "LoanApplicationStatus" NOT NULL DEFAULT 'DRAFT',
    "version" INTEGER NOT NULL DEFAULT 1,
    "assessment_id" UUID,
    "delivery" "BankDelivery" NOT NULL DEFAULT 'NONE',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "loan_applications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "loan_application_moves" (
    "application_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "from" "LoanApplicationStatus" NOT NULL,
    "to" "LoanApplicationStatus" NOT NULL,
    "actor" "LoanActor" NOT NULL,
    "actor_id" UUID,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "loan_application_moves_pkey" PRIMARY KEY ("application_id","version")
);

-- CreateTable
CREATE TABLE "loan_documents" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "application_id" UUID NOT NULL,
    "kind" "LoanDocumentKind" NOT NULL,
    "media_type" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "status" "LoanDocumentStatus" NOT NULL DEFAULT 'ANNOUNCED',
    "sha256" TEXT,
    "ciphertext" TEXT,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "loan_documents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "loans" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "application_id" UUID NOT NULL,
    "borrower_id" UUID NOT NULL,
    "bank_id" UUID NOT NULL,
    "principal_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "method" "RepaymentMethod" NOT NULL,
    "day_count" "DayCount" NOT NULL,
    "annual_rate_basis_points" INTEGER NOT NULL,
    "fee_minor" BIGINT NOT NULL,
    "late_fee_minor" BIGINT NOT NULL,
    "grace_days" INTEGER NOT NULL,
    "starts_on" DATE NOT NULL,
    "transfer_id" UUID NOT NULL,
    "repaid_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "loans_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "loan_instalments" (
    "loan_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "due_on" DATE NOT NULL,
    "principal_minor" BIGINT NOT NULL,
    "interest_minor" BIGINT NOT NULL,

    CONSTRAINT "loan_instalments_pkey" PRIMARY KEY ("loan_id","number")
);

-- CreateTable
CREATE TABLE "loan_notices" (
    "loan_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" "LoanNoticeKind" NOT NULL,
    "fee_minor" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "loan_notices_pkey" PRIMARY KEY ("loan_id","number","kind")
);

-- CreateTable
CREATE TABLE "loan_repayments" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "loan_id" UUID NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "transfer_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "loan_repayments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "loan_allocations" (
    "repayment_id" UUID NOT NULL,
    "loan_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "part" "LoanAllocationPart" NOT NULL,
    "amount_minor" BIGINT NOT NULL,

    CONSTRAINT "loan_allocations_pkey" PRIMARY KEY ("repayment_id","number","part")
);

-- CreateIndex
CREATE INDEX "partner_bank_nonces_seen_at_idx" ON "partner_bank_nonces"("seen_at");

-- CreateIndex
CREATE INDEX "loan_applications_applicant_id_id_idx" ON "loan_applications"("applicant_id", "id");

-- CreateIndex
CREATE INDEX "loan_applications_bank_id_id_idx" ON "loan_applications"("bank_id", "id");

-- CreateIndex
CREATE INDEX "loan_documents_application_id_idx" ON "loan_documents"("application_id");

-- CreateIndex
CREATE INDEX "loan_documents_sha256_idx" ON "loan_documents"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "loans_application_id_key" ON "loans"("application_id");

-- CreateIndex
CREATE UNIQUE INDEX "loans_transfer_id_key" ON "loans"("transfer_id");

-- CreateIndex
CREATE INDEX "loans_borrower_id_id_idx" ON "loans"("borrower_id", "id");

-- CreateIndex
CREATE INDEX "loans_bank_id_id_idx" ON "loans"("bank_id", "id");

-- CreateIndex
CREATE INDEX "loan_instalments_due_on_idx" ON "loan_instalments"("due_on");

-- CreateIndex
CREATE UNIQUE INDEX "loan_repayments_transfer_id_key" ON "loan_repayments"("transfer_id");

-- CreateIndex
CREATE INDEX "loan_repayments_loan_id_id_idx" ON "loan_repayments"("loan_id", "id");

-- CreateIndex
CREATE INDEX "loan_allocations_loan_id_number_idx" ON "loan_allocations"("loan_id", "number");

-- AddForeignKey
ALTER TABLE "partner_bank_connections" ADD CONSTRAINT "partner_bank_connections_bank_id_fkey" FOREIGN KEY ("bank_id") REFERENCES "partner_banks"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan_applications" ADD CONSTRAINT "loan_applications_bank_id_fkey" FOREIGN KEY ("bank_id") REFERENCES "partner_banks"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan_applications" ADD CONSTRAINT "loan_applications_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "loan_products"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan_applications" ADD CONSTRAINT "loan_applications_assessment_id_fkey" FOREIGN KEY ("assessment_id") REFERENCES "loan_assessments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan_application_moves" ADD CONSTRAINT "loan_application_moves_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "loan_applications"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan_documents" ADD CONSTRAINT "loan_documents_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "loan_applications"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loans" ADD CONSTRAINT "loans_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "loan_applications"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan_instalments" ADD CONSTRAINT "loan_instalments_loan_id_fkey" FOREIGN KEY ("loan_id") REFERENCES "loans"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan_notices" ADD CONSTRAINT "loan_notices_loan_id_number_fkey" FOREIGN KEY ("loan_id", "number") REFERENCES "loan_instalments"("loan_id", "number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan_repayments" ADD CONSTRAINT "loan_repayments_loan_id_fkey" FOREIGN KEY ("loan_id") REFERENCES "loans"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan_allocations" ADD CONSTRAINT "loan_allocations_repayment_id_fkey" FOREIGN KEY ("repayment_id") REFERENCES "loan_repayments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "loan_allocations" ADD CONSTRAINT "loan_allocations_loan_id_number_fkey" FOREIGN KEY ("loan_id", "number") REFERENCES "loan_instalments"("loan_id", "number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here.

ALTER TABLE "loan_applications" ADD CONSTRAINT "loan_applications_check" CHECK (
  amount_minor > 0 AND months BETWEEN 1 AND 360 AND version >= 1 AND identity_last_digits ~ '^\d{2,4}$'
  AND (assessment_id IS NOT NULL OR status IN ('DRAFT', 'WITHDRAWN')));
ALTER TABLE "loan_documents" ADD CONSTRAINT "loan_documents_check" CHECK (
  size_bytes BETWEEN 1 AND 5242880 AND (status = 'ANNOUNCED') = (ciphertext IS NULL) AND (sha256 IS NULL) = (ciphertext IS NULL));
ALTER TABLE "loans" ADD CONSTRAINT "loans_check" CHECK (
  principal_minor > 0 AND fee_minor >= 0 AND fee_minor < principal_minor AND late_fee_minor >= 0);
ALTER TABLE "loan_instalments" ADD CONSTRAINT "loan_instalments_check" CHECK (
  number >= 1 AND principal_minor >= 0 AND interest_minor >= 0);
ALTER TABLE "loan_notices" ADD CONSTRAINT "loan_notices_check" CHECK (fee_minor >= 0 AND (fee_minor = 0 OR kind = 'LATE'));
ALTER TABLE "loan_repayments" ADD CONSTRAINT "loan_repayments_check" CHECK (amount_minor > 0);
ALTER TABLE "loan_allocations" ADD CONSTRAINT "loan_allocations_check" CHECK (amount_minor > 0);

-- What was agreed, paid and decided stays.
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "loan_application_moves"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_loan_fact_change();
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "loan_instalments"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_loan_fact_change();
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "loan_notices"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_loan_fact_change();
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "loan_repayments"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_loan_fact_change();
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "loan_allocations"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_loan_fact_change();
CREATE TRIGGER "refuse_delete" BEFORE DELETE OR TRUNCATE ON "loan_applications"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_loan_fact_change();
CREATE TRIGGER "refuse_delete" BEFORE DELETE OR TRUNCATE ON "loans"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_loan_fact_change();
CREATE TRIGGER "refuse_change" BEFORE UPDATE ON "loans" FOR EACH ROW
  WHEN (to_jsonb(old) - 'repaid_at' IS DISTINCT FROM to_jsonb(new) - 'repaid_at' OR old.repaid_at IS NOT NULL)
  EXECUTE FUNCTION refuse_loan_fact_change();

-- The legal moves of an application, each of which counts its version up by one.
CREATE FUNCTION keep_application_legal() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  IF old.status <> new.status AND (new.version <> old.version + 1
    OR (old.status::text || ' ' || new.status::text) NOT IN (
      'DRAFT SUBMITTED', 'DRAFT WITHDRAWN', 'SUBMITTED UNDER_REVIEW', 'SUBMITTED REJECTED', 'SUBMITTED WITHDRAWN',
      'UNDER_REVIEW DOCUMENTS_REQUESTED', 'UNDER_REVIEW APPROVED', 'UNDER_REVIEW REJECTED', 'UNDER_REVIEW WITHDRAWN',
      'DOCUMENTS_REQUESTED UNDER_REVIEW', 'DOCUMENTS_REQUESTED REJECTED', 'DOCUMENTS_REQUESTED WITHDRAWN',
      'APPROVED DISBURSED', 'APPROVED REJECTED', 'APPROVED WITHDRAWN'))
  THEN
    RAISE EXCEPTION 'application % cannot go from % to %', new.id, old.status, new.status USING ERRCODE = 'check_violation';
  END IF;
  RETURN new;
END
$$;
CREATE TRIGGER "keep_application_legal" BEFORE UPDATE ON "loan_applications" FOR EACH ROW EXECUTE FUNCTION keep_application_legal();

-- The parts of the principal are the principal, whatever wrote them.
CREATE FUNCTION require_whole_schedule() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
BEGIN
  IF (SELECT coalesce(sum(principal_minor), 0) FROM loan_instalments WHERE loan_id = new.id) <> new.principal_minor THEN
    RAISE EXCEPTION 'the schedule of loan % is not its principal', new.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER "require_whole_schedule" AFTER INSERT ON "loans" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION require_whole_schedule();

-- A borrower sees their own; the staff of a bank see what was submitted to it.
CREATE FUNCTION is_staff_of_bank(bank uuid) RETURNS boolean
LANGUAGE sql STABLE
AS $$
  SELECT app.is_staff() AND EXISTS (SELECT FROM partner_banks b WHERE b.id = bank AND b.organization_id = app.organization_id())
$$;
ALTER TABLE "partner_bank_connections" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "partner_bank_connections" FORCE ROW LEVEL SECURITY;
CREATE POLICY "system" ON "partner_bank_connections" USING ((SELECT app.bypass()));
ALTER TABLE "partner_bank_nonces" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "partner_bank_nonces" FORCE ROW LEVEL SECURITY;
CREATE POLICY "system" ON "partner_bank_nonces" USING ((SELECT app.bypass()));
ALTER TABLE "loan_applications" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "loan_applications" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "loan_applications" USING (applicant_id = (SELECT app.user_id()));
CREATE POLICY "bank" ON "loan_applications" USING (status <> 'DRAFT' AND is_staff_of_bank(bank_id));
CREATE POLICY "system" ON "loan_applications" USING ((SELECT app.bypass()));
ALTER TABLE "loan_application_moves" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "loan_application_moves" FORCE ROW LEVEL SECURITY;
CREATE POLICY "visible" ON "loan_application_moves" USING (EXISTS (SELECT FROM loan_applications a WHERE a.id = application_id));
CREATE POLICY "system" ON "loan_application_moves" USING ((SELECT app.bypass()));
ALTER TABLE "loan_documents" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "loan_documents" FORCE ROW LEVEL SECURITY;
CREATE POLICY "visible" ON "loan_documents" USING (EXISTS (SELECT FROM loan_applications a WHERE a.id = application_id));
CREATE POLICY "system" ON "loan_documents" USING ((SELECT app.bypass()));
ALTER TABLE "loans" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "loans" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "loans" USING (borrower_id = (SELECT app.user_id()));
CREATE POLICY "bank" ON "loan_assessments" FOR SELECT USING (
  EXISTS (SELECT FROM loan_applications a WHERE a.assessment_id = loan_assessments.id));
CREATE POLICY "bank" ON "loans" USING (is_staff_of_bank(bank_id));
CREATE POLICY "system" ON "loans" USING ((SELECT app.bypass()));
ALTER TABLE "loan_instalments" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "loan_instalments" FORCE ROW LEVEL SECURITY;
CREATE POLICY "visible" ON "loan_instalments" USING (EXISTS (SELECT FROM loans l WHERE l.id = loan_id));
CREATE POLICY "system" ON "loan_instalments" USING ((SELECT app.bypass()));
ALTER TABLE "loan_notices" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "loan_notices" FORCE ROW LEVEL SECURITY;
CREATE POLICY "visible" ON "loan_notices" USING (EXISTS (SELECT FROM loans l WHERE l.id = loan_id));
CREATE POLICY "system" ON "loan_notices" USING ((SELECT app.bypass()));
ALTER TABLE "loan_repayments" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "loan_repayments" FORCE ROW LEVEL SECURITY;
CREATE POLICY "visible" ON "loan_repayments" USING (EXISTS (SELECT FROM loans l WHERE l.id = loan_id));
CREATE POLICY "system" ON "loan_repayments" USING ((SELECT app.bypass()));
ALTER TABLE "loan_allocations" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "loan_allocations" FORCE ROW LEVEL SECURITY;
CREATE POLICY "visible" ON "loan_allocations" USING (EXISTS (SELECT FROM loans l WHERE l.id = loan_id));
CREATE POLICY "system" ON "loan_allocations" USING ((SELECT app.bypass()));
