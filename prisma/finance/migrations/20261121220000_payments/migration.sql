-- CreateEnum
CREATE TYPE "PaymentStatus" AS ENUM ('PENDING', 'PROCESSING', 'SUCCEEDED', 'FAILED', 'EXPIRED', 'CANCELLED', 'PARTIALLY_REFUNDED', 'REFUNDED');

-- CreateEnum
CREATE TYPE "PaymentPurpose" AS ENUM ('TOP_UP', 'PREMIUM_PACKAGE', 'PLAN_SUBSCRIPTION', 'INVOICE', 'LESSON_BOOKING', 'ORDER', 'CREDITS', 'LOAN_REPAYMENT');

-- CreateEnum
CREATE TYPE "PaymentAttemptState" AS ENUM ('SENT', 'UNKNOWN', 'LIVE', 'REFUSED', 'ABSENT', 'DEAD');

-- CreateEnum
CREATE TYPE "RefundStatus" AS ENUM ('PENDING', 'SUCCEEDED', 'FAILED');

-- CreateEnum
CREATE TYPE "DisputeStatus" AS ENUM ('OPEN', 'WON', 'LOST');

-- CreateEnum
CREATE TYPE "PaymentExceptionKind" AS ENUM ('UNKNOWN_ORDER', 'UNCONFIRMED', 'UNDERPAID', 'OVERPAID', 'WRONG_CURRENCY', 'REFUND_FAILED', 'MISSING', 'AMOUNT_DIFFERS', 'FEE_DIFFERS', 'DUPLICATE', 'UNKNOWN');

-- CreateEnum
CREATE TYPE "PaymentExceptionStatus" AS ENUM ('OPEN', 'PROPOSED', 'RESOLVED');

-- CreateEnum
CREATE TYPE "PaymentExceptionResolution" AS ENUM ('NOTE', 'ACCEPT', 'RETURN');

-- CreateTable
CREATE TABLE "payment_methods" (
    "code" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "name_id" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "description_id" TEXT NOT NULL,
    "description_en" TEXT NOT NULL,
    "icon_url" TEXT,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "minimum_minor" BIGINT NOT NULL,
    "maximum_minor" BIGINT NOT NULL,
    "fee_basis_points" INTEGER NOT NULL DEFAULT 0,
    "fee_fixed_minor" BIGINT NOT NULL DEFAULT 0,
    "expires_in_minutes" INTEGER NOT NULL,
    "sort_order" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "payment_methods_pkey" PRIMARY KEY ("code","currency")
);

-- CreateTable
CREATE TABLE "payments" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "payer_id" UUID NOT NULL,
    "organization_id" UUID,
    "purpose_kind" "PaymentPurpose" NOT NULL,
    "purpose_reference_id" UUID NOT NULL,
    "is_single" BOOLEAN NOT NULL,
    "description" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "fee_minor" BIGINT NOT NULL,
    "method" TEXT NOT NULL,
    "status" "PaymentStatus" NOT NULL DEFAULT 'PENDING',
    "destination_kind" "AccountOwnerKind" NOT NULL,
    "destination_id" UUID NOT NULL,
    "destination_purpose" "AccountPurpose" NOT NULL,
    "candidates" TEXT[],
    "payer_name" TEXT NOT NULL,
    "payer_email" TEXT NOT NULL,
    "payer_phone" TEXT NOT NULL,
    "return_url" TEXT NOT NULL,
    "refunded_minor" BIGINT NOT NULL DEFAULT 0,
    "settled_attempt_id" UUID,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "paid_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_attempts" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "payment_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "order_ref" TEXT NOT NULL,
    "state" "PaymentAttemptState" NOT NULL DEFAULT 'SENT',
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "queries" INTEGER NOT NULL DEFAULT 0,
    "is_mute" BOOLEAN NOT NULL DEFAULT false,
    "provider_ref" TEXT,
    "payment_ref" TEXT,
    "provider_status" TEXT NOT NULL DEFAULT 'pending',
    "applied_events" TEXT[],
    "is_surplus" BOOLEAN NOT NULL DEFAULT false,
    "received_minor" BIGINT,
    "expected_fee_minor" BIGINT NOT NULL,
    "payment_url" TEXT,
    "qr_text" TEXT,
    "va_number" TEXT,
    "biller_code" TEXT,
    "checked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payment_attempts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_movements" (
    "attempt_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "transfer_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payment_movements_pkey" PRIMARY KEY ("attempt_id","key")
);

-- CreateTable
CREATE TABLE "refunds" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "payment_id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "status" "RefundStatus" NOT NULL DEFAULT 'PENDING',
    "requested_by_id" UUID,
    "provider" TEXT NOT NULL,
    "provider_ref" TEXT,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "refunds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "disputes" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "payment_id" UUID NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "status" "DisputeStatus" NOT NULL DEFAULT 'OPEN',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "disputes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dispute_evidence" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "dispute_id" UUID NOT NULL,
    "statement" TEXT NOT NULL,
    "file_ids" UUID[],
    "submitted_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dispute_evidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_deliveries" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "provider" TEXT NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "raw_body" BYTEA NOT NULL,
    "event" JSONB,
    "duplicates" INTEGER NOT NULL DEFAULT 0,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processed_at" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_exceptions" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "kind" "PaymentExceptionKind" NOT NULL,
    "provider" TEXT NOT NULL,
    "payment_id" UUID,
    "attempt_id" UUID,
    "subject" TEXT NOT NULL,
    "details" JSONB NOT NULL,
    "status" "PaymentExceptionStatus" NOT NULL DEFAULT 'OPEN',
    "resolution" "PaymentExceptionResolution",
    "note" TEXT,
    "proposed_by_id" UUID,
    "resolved_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "payment_exceptions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "payments_settled_attempt_id_key" ON "payments"("settled_attempt_id");

-- CreateIndex
CREATE INDEX "payments_payer_id_created_at_id_idx" ON "payments"("payer_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "payments_organization_id_created_at_id_idx" ON "payments"("organization_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "payments_purpose_kind_purpose_reference_id_idx" ON "payments"("purpose_kind", "purpose_reference_id");

-- CreateIndex
CREATE INDEX "payments_created_at_id_idx" ON "payments"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "payment_attempts_order_ref_key" ON "payment_attempts"("order_ref");

-- CreateIndex
CREATE INDEX "payment_attempts_provider_created_at_idx" ON "payment_attempts"("provider", "created_at");

-- CreateIndex
CREATE INDEX "payment_attempts_provider_payment_ref_idx" ON "payment_attempts"("provider", "payment_ref");

-- CreateIndex
CREATE UNIQUE INDEX "payment_attempts_payment_id_provider_key" ON "payment_attempts"("payment_id", "provider");

-- CreateIndex
CREATE UNIQUE INDEX "payment_movements_transfer_id_key" ON "payment_movements"("transfer_id");

-- CreateIndex
CREATE INDEX "refunds_payment_id_created_at_id_idx" ON "refunds"("payment_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "refunds_attempt_id_provider_ref_key" ON "refunds"("attempt_id", "provider_ref");

-- CreateIndex
CREATE INDEX "disputes_payment_id_created_at_id_idx" ON "disputes"("payment_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "dispute_evidence_dispute_id_created_at_id_idx" ON "dispute_evidence"("dispute_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhook_deliveries_received_at_id_idx" ON "webhook_deliveries"("received_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "webhook_deliveries_provider_dedupe_key_key" ON "webhook_deliveries"("provider", "dedupe_key");

-- CreateIndex
CREATE INDEX "payment_exceptions_status_created_at_id_idx" ON "payment_exceptions"("status", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "payment_exceptions_provider_kind_subject_key" ON "payment_exceptions"("provider", "kind", "subject");

-- AddForeignKey
ALTER TABLE "payment_attempts" ADD CONSTRAINT "payment_attempts_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_movements" ADD CONSTRAINT "payment_movements_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "payment_attempts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "payment_attempts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dispute_evidence" ADD CONSTRAINT "dispute_evidence_dispute_id_fkey" FOREIGN KEY ("dispute_id") REFERENCES "disputes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here: wrong states that no program can reach, and who sees what.

ALTER TABLE "payment_methods" ADD CONSTRAINT "payment_methods_limits_check"
  CHECK (minimum_minor > 0 AND minimum_minor <= maximum_minor);
ALTER TABLE "payment_methods" ADD CONSTRAINT "payment_methods_fee_check"
  CHECK (fee_basis_points BETWEEN 0 AND 10000 AND fee_fixed_minor >= 0);
ALTER TABLE "payment_methods" ADD CONSTRAINT "payment_methods_expiry_check" CHECK (expires_in_minutes BETWEEN 1 AND 43200);
ALTER TABLE "payments" ADD CONSTRAINT "payments_currency_check" CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE "payments" ADD CONSTRAINT "payments_amount_check" CHECK (amount_minor > 0 AND fee_minor >= 0);
ALTER TABLE "payments" ADD CONSTRAINT "payments_refunded_check"
  CHECK (refunded_minor BETWEEN 0 AND amount_minor + fee_minor);
ALTER TABLE "payments" ADD CONSTRAINT "payments_paid_check"
  CHECK (status NOT IN ('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED') OR (paid_at IS NOT NULL AND settled_attempt_id IS NOT NULL));
ALTER TABLE "payments" ADD CONSTRAINT "payments_description_check" CHECK (length(description) BETWEEN 1 AND 200);
-- A thing that can be paid once is paid once, however many payments race for it.
CREATE UNIQUE INDEX "payments_paid_once" ON "payments" ("purpose_kind", "purpose_reference_id")
  WHERE is_single AND status IN ('SUCCEEDED', 'PARTIALLY_REFUNDED');
ALTER TABLE "payment_attempts" ADD CONSTRAINT "payment_attempts_provider_check"
  CHECK (provider IN ('midtrans', 'xendit', 'razorpay', 'cashfree'));
ALTER TABLE "payment_attempts" ADD CONSTRAINT "payment_attempts_order_ref_check" CHECK (order_ref ~ '^[A-Za-z0-9_-]{3,40}$');
-- C-01: a second provider may be asked only when the first has certainly not taken the payment.
CREATE UNIQUE INDEX "payment_attempts_one_open" ON "payment_attempts" ("payment_id") WHERE state IN ('SENT', 'UNKNOWN');
ALTER TABLE "payment_movements" ADD CONSTRAINT "payment_movements_amount_check" CHECK (amount_minor > 0);
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_amount_check" CHECK (amount_minor > 0);
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_completed_check" CHECK ((status = 'PENDING') = (completed_at IS NULL));
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_amount_check" CHECK (amount_minor > 0);
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_resolved_check" CHECK ((status = 'OPEN') = (resolved_at IS NULL));
CREATE UNIQUE INDEX "disputes_one_open" ON "disputes" ("payment_id") WHERE status = 'OPEN';
ALTER TABLE "dispute_evidence" ADD CONSTRAINT "dispute_evidence_statement_check" CHECK (length(statement) BETWEEN 1 AND 5000);
ALTER TABLE "payment_exceptions" ADD CONSTRAINT "payment_exceptions_resolved_check"
  CHECK ((status = 'RESOLVED') = (resolved_at IS NOT NULL AND resolved_by_id IS NOT NULL AND resolution IS NOT NULL AND note IS NOT NULL));
-- What moves money is proposed by one person and approved by another.
ALTER TABLE "payment_exceptions" ADD CONSTRAINT "payment_exceptions_two_persons_check"
  CHECK (status <> 'RESOLVED' OR resolution = 'NOTE' OR (proposed_by_id IS NOT NULL AND proposed_by_id <> resolved_by_id));
ALTER TABLE "payment_exceptions" ADD CONSTRAINT "payment_exceptions_proposed_check"
  CHECK (status <> 'PROPOSED' OR (proposed_by_id IS NOT NULL AND resolution IN ('ACCEPT', 'RETURN') AND note IS NOT NULL));

-- Evidence, bookings and deliveries are facts.

CREATE FUNCTION refuse_payment_fact_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION 'this is a fact and does not change' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "dispute_evidence"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_payment_fact_change();
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "payment_movements"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_payment_fact_change();
CREATE TRIGGER "refuse_change" BEFORE UPDATE OF raw_body, provider, dedupe_key, event ON "webhook_deliveries"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_payment_fact_change();

-- Ways to pay, as the providers' own limits and the usual prices have them; platform administrators change them.

INSERT INTO "payment_methods"
  (code, currency, name_id, name_en, description_id, description_en, minimum_minor, maximum_minor, fee_basis_points, fee_fixed_minor, expires_in_minutes, sort_order)
VALUES
  ('QRIS', 'IDR', 'QRIS', 'QRIS', 'Pindai kode QR dengan aplikasi bank atau dompet digital apa pun.', 'Scan a QR code with any bank or wallet app.', 10000, 10000000, 70, 0, 15, 10),
  ('GOPAY', 'IDR', 'GoPay', 'GoPay', 'Bayar dengan saldo GoPay.', 'Pay from your GoPay balance.', 10000, 20000000, 200, 0, 15, 20),
  ('SHOPEEPAY', 'IDR', 'ShopeePay', 'ShopeePay', 'Bayar dengan saldo ShopeePay.', 'Pay from your ShopeePay balance.', 10000, 20000000, 200, 0, 15, 30),
  ('DANA', 'IDR', 'DANA', 'DANA', 'Bayar dengan saldo DANA.', 'Pay from your DANA balance.', 10000, 20000000, 150, 0, 15, 40),
  ('BCA_VA', 'IDR', 'BCA Virtual Account', 'BCA virtual account', 'Transfer ke nomor virtual account BCA.', 'Transfer to a BCA virtual account number.', 10000, 50000000, 0, 4440, 1440, 50),
  ('BNI_VA', 'IDR', 'BNI Virtual Account', 'BNI virtual account', 'Transfer ke nomor virtual account BNI.', 'Transfer to a BNI virtual account number.', 10000, 50000000, 0, 4440, 1440, 60),
  ('BRI_VA', 'IDR', 'BRI Virtual Account', 'BRI virtual account', 'Transfer ke nomor virtual account BRI.', 'Transfer to a BRI virtual account number.', 10000, 50000000, 0, 4440, 1440, 70),
  ('MANDIRI_VA', 'IDR', 'Mandiri Bill Payment', 'Mandiri bill payment', 'Bayar tagihan Mandiri dengan kode perusahaan dan kode tagihan.', 'Pay a Mandiri bill by company code and bill key.', 10000, 50000000, 0, 4440, 1440, 80),
  ('PERMATA_VA', 'IDR', 'Permata Virtual Account', 'Permata virtual account', 'Transfer ke nomor virtual account Permata.', 'Transfer to a Permata virtual account number.', 10000, 50000000, 0, 4440, 1440, 90),
  ('CARD', 'IDR', 'Kartu kredit atau debit', 'Credit or debit card', 'Bayar di halaman aman penyedia pembayaran.', 'Pay on the secure page of the payment provider.', 10000, 50000000, 322, 2220, 60, 100),
  ('UPI', 'INR', 'UPI', 'UPI', 'Bayar dengan aplikasi UPI apa pun.', 'Pay with any UPI app.', 100, 10000000, 0, 0, 30, 10),
  ('CARD', 'INR', 'Kartu kredit atau debit', 'Credit or debit card', 'Bayar di halaman aman penyedia pembayaran.', 'Pay on the secure page of the payment provider.', 100, 50000000, 0, 0, 30, 20),
  ('NET_BANKING', 'INR', 'Net banking', 'Net banking', 'Bayar lewat situs bank Anda.', 'Pay through the site of your bank.', 100, 50000000, 0, 0, 30, 30),
  ('WALLET', 'INR', 'Dompet digital', 'Wallet', 'Bayar dengan saldo dompet digital.', 'Pay from the balance of a wallet.', 100, 1000000, 0, 0, 30, 40);

ALTER TABLE "payment_methods" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "payment_methods" FORCE ROW LEVEL SECURITY;
CREATE POLICY "public" ON "payment_methods" FOR SELECT USING (true);
CREATE POLICY "system" ON "payment_methods" USING ((SELECT app.bypass()));

-- Only the system writes payments; which of an organization's staff read its payments, the policy of the application decides.

ALTER TABLE "payments" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "payments" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "payments" FOR SELECT USING (payer_id = (SELECT app.user_id()));
CREATE POLICY "staff" ON "payments" FOR SELECT USING (
  (SELECT app.is_staff()) AND organization_id = (SELECT app.organization_id()));
CREATE POLICY "system" ON "payments" USING ((SELECT app.bypass()));

ALTER TABLE "payment_attempts" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "payment_attempts" FORCE ROW LEVEL SECURITY;
CREATE POLICY "of_visible_payment" ON "payment_attempts" FOR SELECT USING (
  EXISTS (SELECT FROM payments p WHERE p.id = payment_id));
CREATE POLICY "system" ON "payment_attempts" USING ((SELECT app.bypass()));

ALTER TABLE "payment_movements" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "payment_movements" FORCE ROW LEVEL SECURITY;
CREATE POLICY "system" ON "payment_movements" USING ((SELECT app.bypass()));

ALTER TABLE "refunds" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "refunds" FORCE ROW LEVEL SECURITY;
CREATE POLICY "of_visible_payment" ON "refunds" FOR SELECT USING (EXISTS (SELECT FROM payments p WHERE p.id = payment_id));
CREATE POLICY "system" ON "refunds" USING ((SELECT app.bypass()));

ALTER TABLE "disputes" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "disputes" FORCE ROW LEVEL SECURITY;
CREATE POLICY "of_visible_payment" ON "disputes" FOR SELECT USING (EXISTS (SELECT FROM payments p WHERE p.id = payment_id));
CREATE POLICY "system" ON "disputes" USING ((SELECT app.bypass()));

-- What is said to the payer's bank is not the payer's to read.
ALTER TABLE "dispute_evidence" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "dispute_evidence" FORCE ROW LEVEL SECURITY;
CREATE POLICY "system" ON "dispute_evidence" USING ((SELECT app.bypass()));

ALTER TABLE "webhook_deliveries" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "webhook_deliveries" FORCE ROW LEVEL SECURITY;
CREATE POLICY "system" ON "webhook_deliveries" USING ((SELECT app.bypass()));

ALTER TABLE "payment_exceptions" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "payment_exceptions" FORCE ROW LEVEL SECURITY;
CREATE POLICY "system" ON "payment_exceptions" USING ((SELECT app.bypass()));
