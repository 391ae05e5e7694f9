-- CreateEnum
CREATE TYPE "EscrowStatus" AS ENUM ('AWAITING_PAYMENT', 'HELD', 'DISPUTED', 'RELEASED', 'REFUNDED', 'SPLIT');

-- CreateEnum
CREATE TYPE "PayoutStatus" AS ENUM ('REQUESTED', 'APPROVED', 'PROCESSING', 'PAID', 'FAILED', 'REJECTED', 'RETURNED');

-- CreateTable
CREATE TABLE "escrows" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "booking_id" UUID NOT NULL,
    "status" "EscrowStatus" NOT NULL DEFAULT 'AWAITING_PAYMENT',
    "payer_id" UUID,
    "payee_id" UUID,
    "currency" TEXT,
    "price_minor" BIGINT,
    "student_fee_minor" BIGINT,
    "commission_minor" BIGINT,
    "starts_at" TIMESTAMPTZ(3),
    "cancellation_policy" JSONB,
    "payment_id" UUID,
    "paid_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "cancelled_by" TEXT,
    "disputed_at" TIMESTAMPTZ(3),
    "refunded_minor" BIGINT NOT NULL DEFAULT 0,
    "released_minor" BIGINT NOT NULL DEFAULT 0,
    "fee_minor" BIGINT NOT NULL DEFAULT 0,
    "settled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "escrows_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bank_accounts" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "user_id" UUID NOT NULL,
    "bank_code" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "holder_ciphertext" TEXT NOT NULL,
    "number_ciphertext" TEXT NOT NULL,
    "last_digits" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "bank_accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payout_rules" (
    "currency" TEXT NOT NULL,
    "minimum_minor" BIGINT NOT NULL,
    "fee_minor" BIGINT NOT NULL,
    "two_approvals_above_minor" BIGINT NOT NULL,

    CONSTRAINT "payout_rules_pkey" PRIMARY KEY ("currency")
);

-- CreateTable
CREATE TABLE "payouts" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "user_id" UUID NOT NULL,
    "bank_account_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "fee_minor" BIGINT NOT NULL,
    "status" "PayoutStatus" NOT NULL DEFAULT 'REQUESTED',
    "required_approvals" SMALLINT NOT NULL DEFAULT 1,
    "hold_id" UUID NOT NULL,
    "transfer_id" UUID,
    "provider_ref" TEXT,
    "failure_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "payouts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payout_approvals" (
    "payout_id" UUID NOT NULL,
    "approver_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payout_approvals_pkey" PRIMARY KEY ("payout_id","approver_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "escrows_booking_id_key" ON "escrows"("booking_id");

-- CreateIndex
CREATE INDEX "escrows_payer_id_id_idx" ON "escrows"("payer_id", "id");

-- CreateIndex
CREATE INDEX "escrows_payee_id_id_idx" ON "escrows"("payee_id", "id");

-- CreateIndex
CREATE INDEX "bank_accounts_user_id_idx" ON "bank_accounts"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "payouts_hold_id_key" ON "payouts"("hold_id");

-- CreateIndex
CREATE INDEX "payouts_user_id_id_idx" ON "payouts"("user_id", "id");

-- AddForeignKey
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_bank_account_id_fkey" FOREIGN KEY ("bank_account_id") REFERENCES "bank_accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payout_approvals" ADD CONSTRAINT "payout_approvals_payout_id_fkey" FOREIGN KEY ("payout_id") REFERENCES "payouts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here.

-- Who gets what of an escrow is all of it; once settled it stays as it is.
ALTER TABLE "escrows" ADD CONSTRAINT "escrows_terms_check" CHECK (
  num_nulls(payer_id, payee_id, currency, price_minor, student_fee_minor, commission_minor, starts_at, cancellation_policy) IN (0, 8));
ALTER TABLE "escrows" ADD CONSTRAINT "escrows_amounts_check" CHECK (
  price_minor > 0 AND student_fee_minor >= 0 AND commission_minor BETWEEN 0 AND price_minor);
ALTER TABLE "escrows" ADD CONSTRAINT "escrows_cancelled_check" CHECK (
  (cancelled_at IS NULL) = (cancelled_by IS NULL) AND cancelled_by IN ('STUDENT', 'TUTOR', 'PLATFORM'));
ALTER TABLE "escrows" ADD CONSTRAINT "escrows_settled_check" CHECK (
  (status IN ('RELEASED', 'REFUNDED', 'SPLIT')) = (settled_at IS NOT NULL)
  AND refunded_minor >= 0 AND released_minor >= 0 AND fee_minor >= 0
  AND refunded_minor + released_minor + fee_minor = CASE WHEN settled_at IS NULL THEN 0 ELSE price_minor + student_fee_minor END);
ALTER TABLE "escrows" ADD CONSTRAINT "escrows_paid_check" CHECK (status = 'AWAITING_PAYMENT' OR (paid_at IS NOT NULL AND price_minor IS NOT NULL));

CREATE FUNCTION refuse_settled_change() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  RAISE EXCEPTION 'what is settled stays as it is' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER "refuse_settled_change" BEFORE UPDATE ON "escrows"
  FOR EACH ROW WHEN (old.settled_at IS NOT NULL
    AND (old.status, old.price_minor, old.refunded_minor, old.released_minor, old.fee_minor, old.settled_at)
    IS DISTINCT FROM (new.status, new.price_minor, new.refunded_minor, new.released_minor, new.fee_minor, new.settled_at))
  EXECUTE FUNCTION refuse_settled_change();
CREATE TRIGGER "refuse_delete" BEFORE DELETE OR TRUNCATE ON "escrows"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_settled_change();

ALTER TABLE "escrows" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "escrows" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "escrows" FOR SELECT USING (
  payer_id = (SELECT app.user_id()) OR payee_id = (SELECT app.user_id()));
CREATE POLICY "system" ON "escrows" USING ((SELECT app.bypass()));

-- Payouts.
INSERT INTO "payout_rules" (currency, minimum_minor, fee_minor, two_approvals_above_minor) VALUES ('IDR', 50000, 4000, 10000000);
ALTER TABLE "payout_rules" ADD CONSTRAINT "payout_rules_check" CHECK (
  fee_minor >= 0 AND minimum_minor > fee_minor AND two_approvals_above_minor >= 0);
ALTER TABLE "bank_accounts" ADD CONSTRAINT "bank_accounts_digits_check" CHECK (last_digits ~ '^\d{2,4}$');
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_amount_check" CHECK (fee_minor >= 0 AND amount_minor > fee_minor);
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_paid_check" CHECK ((status IN ('PAID', 'RETURNED')) = (transfer_id IS NOT NULL));
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_ended_check" CHECK (
  (status IN ('PAID', 'FAILED', 'REJECTED', 'RETURNED')) = (ended_at IS NOT NULL));
CREATE INDEX "payouts_processing_idx" ON "payouts" (id) WHERE status IN ('APPROVED', 'PROCESSING');

-- How many people approve follows from the rules, whatever the program says.
CREATE FUNCTION set_required_approvals() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
DECLARE
  rule payout_rules%rowtype;
BEGIN
  SELECT * INTO rule FROM payout_rules WHERE currency = new.currency;
  IF NOT FOUND OR new.amount_minor < rule.minimum_minor OR new.fee_minor <> rule.fee_minor OR new.status <> 'REQUESTED' THEN
    RAISE EXCEPTION 'a payout keeps to the rules of its currency' USING ERRCODE = 'check_violation';
  END IF;
  new.required_approvals := CASE WHEN new.amount_minor > rule.two_approvals_above_minor THEN 2 ELSE 1 END;
  RETURN new;
END
$$;
CREATE TRIGGER "set_required_approvals" BEFORE INSERT ON "payouts" FOR EACH ROW EXECUTE FUNCTION set_required_approvals();

-- The legal moves; and nothing is approved without enough people, none of them the one who gets the money.
CREATE FUNCTION keep_payout_legal() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
BEGIN
  IF (old.id, old.user_id, old.bank_account_id, old.currency, old.amount_minor, old.fee_minor, old.required_approvals, old.hold_id)
    IS DISTINCT FROM (new.id, new.user_id, new.bank_account_id, new.currency, new.amount_minor, new.fee_minor, new.required_approvals, new.hold_id)
    OR (old.status <> new.status AND (old.status::text || ' ' || new.status::text) NOT IN (
      'REQUESTED APPROVED', 'REQUESTED REJECTED', 'APPROVED PROCESSING', 'PROCESSING PAID', 'PROCESSING FAILED', 'PAID RETURNED'))
    OR (new.status = 'APPROVED' AND old.status = 'REQUESTED'
      AND (SELECT count(*) FROM payout_approvals WHERE payout_id = new.id) < new.required_approvals)
  THEN
    RAISE EXCEPTION 'payout % cannot go from % to %', new.id, old.status, new.status USING ERRCODE = 'check_violation';
  END IF;
  RETURN new;
END
$$;
CREATE TRIGGER "keep_payout_legal" BEFORE UPDATE ON "payouts" FOR EACH ROW EXECUTE FUNCTION keep_payout_legal();
CREATE TRIGGER "refuse_delete" BEFORE DELETE OR TRUNCATE ON "payouts"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_settled_change();

CREATE FUNCTION require_other_approver() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM payouts WHERE id = new.payout_id AND user_id <> new.approver_id AND status = 'REQUESTED') THEN
    RAISE EXCEPTION 'nobody approves a payout of their own' USING ERRCODE = 'check_violation';
  END IF;
  RETURN new;
END
$$;
CREATE TRIGGER "require_other_approver" BEFORE INSERT ON "payout_approvals"
  FOR EACH ROW EXECUTE FUNCTION require_other_approver();
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "payout_approvals"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_settled_change();

ALTER TABLE "bank_accounts" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "bank_accounts" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "bank_accounts" USING (user_id = (SELECT app.user_id()));
CREATE POLICY "system" ON "bank_accounts" USING ((SELECT app.bypass()));
ALTER TABLE "payout_rules" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "payout_rules" FORCE ROW LEVEL SECURITY;
CREATE POLICY "everybody" ON "payout_rules" FOR SELECT USING (true);
CREATE POLICY "system" ON "payout_rules" USING ((SELECT app.bypass()));
ALTER TABLE "payouts" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "payouts" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "payouts" USING (user_id = (SELECT app.user_id()));
CREATE POLICY "system" ON "payouts" USING ((SELECT app.bypass()));
ALTER TABLE "payout_approvals" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "payout_approvals" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "payout_approvals" FOR SELECT USING (
  EXISTS (SELECT FROM payouts p WHERE p.id = payout_id));
CREATE POLICY "system" ON "payout_approvals" USING ((SELECT app.bypass()));
