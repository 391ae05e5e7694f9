-- CreateEnum
CREATE TYPE "AccountOwnerKind" AS ENUM ('USER', 'ORGANIZATION', 'PLATFORM', 'PROVIDER');

-- CreateEnum
CREATE TYPE "AccountPurpose" AS ENUM ('WALLET', 'ESCROW', 'FEES', 'CLEARING', 'FUNDING');

-- CreateEnum
CREATE TYPE "TransferKind" AS ENUM ('FUNDING', 'ADJUSTMENT', 'ESCROW_HOLD', 'RELEASE_TO_TUTOR', 'PLATFORM_FEE', 'REFUND', 'WITHDRAWAL');

-- CreateTable
CREATE TABLE "ledger_accounts" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "owner_kind" "AccountOwnerKind" NOT NULL,
    "owner_id" UUID NOT NULL,
    "purpose" "AccountPurpose" NOT NULL,
    "currency" TEXT NOT NULL,
    "allow_negative" BOOLEAN NOT NULL DEFAULT false,
    "balance_minor" BIGINT NOT NULL DEFAULT 0,
    "posting_count" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ledger_accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "transfers" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "kind" "TransferKind" NOT NULL,
    "description" TEXT NOT NULL,
    "posting_count" INTEGER NOT NULL,
    "effective_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "transfers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "postings" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "transfer_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "balance_after_minor" BIGINT NOT NULL,

    CONSTRAINT "postings_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ledger_accounts_owner_kind_owner_id_purpose_currency_key" ON "ledger_accounts"("owner_kind", "owner_id", "purpose", "currency");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_accounts_id_currency_key" ON "ledger_accounts"("id", "currency");

-- CreateIndex
CREATE UNIQUE INDEX "postings_transfer_id_account_id_key" ON "postings"("transfer_id", "account_id");

-- CreateIndex
CREATE UNIQUE INDEX "postings_account_id_sequence_key" ON "postings"("account_id", "sequence");

-- AddForeignKey
ALTER TABLE "postings" ADD CONSTRAINT "postings_transfer_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "transfers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "postings" ADD CONSTRAINT "postings_account_id_currency_fkey" FOREIGN KEY ("account_id", "currency") REFERENCES "ledger_accounts"("id", "currency") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here: the rules of the ledger, which no wrong program can break.

ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_platform_check"
  CHECK ((owner_kind = 'PLATFORM') = (owner_id = '00000000-0000-0000-0000-000000000000'));
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_currency_check" CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_balance_check" CHECK (allow_negative OR balance_minor >= 0);
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_posting_count_check" CHECK (posting_count >= 2);
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_description_check" CHECK (length(description) BETWEEN 1 AND 500);
ALTER TABLE "postings" ADD CONSTRAINT "postings_amount_check" CHECK (amount_minor <> 0);

-- Facts are inserted, never changed. Only the triggers below, which run one level deeper, may move a balance.

CREATE FUNCTION refuse_ledger_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is append-only: correct it with another transfer' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "transfers"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "postings"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_accounts"
  FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER "open_empty" BEFORE INSERT ON "ledger_accounts"
  FOR EACH ROW WHEN (new.balance_minor <> 0 OR new.posting_count <> 0) EXECUTE FUNCTION refuse_ledger_change();

-- A posting moves its account's balance in the same statement. Whoever inserts several has locked their accounts in the
-- order of their ids, so that two transfers never wait for each other.

CREATE FUNCTION post_to_account() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
BEGIN
  UPDATE ledger_accounts SET balance_minor = balance_minor + new.amount_minor, posting_count = posting_count + 1
  WHERE id = new.account_id
  RETURNING balance_minor, posting_count INTO new.balance_after_minor, new.sequence;
  RETURN new;
END
$$;

CREATE TRIGGER "post_to_account" BEFORE INSERT ON "postings" FOR EACH ROW EXECUTE FUNCTION post_to_account();

-- At commit every transfer has the postings it announced, and they add up to zero in each currency.

CREATE FUNCTION require_balance() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
DECLARE
  checked_id uuid;
BEGIN
  IF tg_table_name = 'transfers' THEN checked_id := new.id; ELSE checked_id := new.transfer_id; END IF;
  IF (SELECT posting_count FROM transfers WHERE id = checked_id) <> (SELECT count(*) FROM postings WHERE transfer_id = checked_id)
    OR EXISTS (SELECT FROM postings WHERE transfer_id = checked_id GROUP BY currency HAVING sum(amount_minor) <> 0)
  THEN
    RAISE EXCEPTION 'the postings of transfer % do not add up', checked_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER "require_balance" AFTER INSERT ON "transfers" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION require_balance();
CREATE CONSTRAINT TRIGGER "require_balance" AFTER INSERT ON "postings" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION require_balance();

-- Whatever disagrees in the whole ledger; an unharmed one returns no row.

CREATE FUNCTION ledger_breaks() RETURNS TABLE (entity_id uuid, reason text)
LANGUAGE sql STABLE SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
  SELECT a.id, 'has a balance of ' || a.balance_minor || ' and postings of ' || coalesce(sum(p.amount_minor), 0)
  FROM ledger_accounts a LEFT JOIN postings p ON p.account_id = a.id
  GROUP BY a.id
  HAVING a.balance_minor <> coalesce(sum(p.amount_minor), 0) OR a.posting_count <> count(p.id)
  UNION ALL
  SELECT id, 'says ' || balance_after_minor || ' where the postings so far add up to ' || expected
  FROM (
    SELECT id, balance_after_minor, sum(amount_minor) OVER (PARTITION BY account_id ORDER BY sequence) AS expected
    FROM postings
  ) statement
  WHERE balance_after_minor <> expected
  UNION ALL
  SELECT t.id, 'has ' || count(p.id) || ' postings instead of ' || t.posting_count
  FROM transfers t LEFT JOIN postings p ON p.transfer_id = t.id
  GROUP BY t.id
  HAVING count(p.id) <> t.posting_count
  UNION ALL
  SELECT transfer_id, 'adds up to ' || sum(amount_minor) || ' minor units of ' || currency || ' instead of 0'
  FROM postings
  GROUP BY transfer_id, currency
  HAVING sum(amount_minor) <> 0
$$;

-- Who sees what. Forced, so that not even the owner of a table reads past it; only app.bypass() does. An organization's
-- staff see its accounts here; which of them may, the policy of the application decides.

ALTER TABLE "ledger_accounts" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "ledger_accounts" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "ledger_accounts" FOR SELECT USING (
  owner_kind = 'USER' AND owner_id = (SELECT app.user_id()));
CREATE POLICY "staff" ON "ledger_accounts" FOR SELECT USING (
  (SELECT app.is_staff()) AND owner_kind = 'ORGANIZATION' AND owner_id = (SELECT app.organization_id()));
CREATE POLICY "system" ON "ledger_accounts" USING ((SELECT app.bypass()));

ALTER TABLE "postings" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "postings" FORCE ROW LEVEL SECURITY;
CREATE POLICY "of_visible_account" ON "postings" FOR SELECT USING (
  EXISTS (SELECT FROM ledger_accounts a WHERE a.id = account_id));
CREATE POLICY "system" ON "postings" USING ((SELECT app.bypass()));

ALTER TABLE "transfers" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "transfers" FORCE ROW LEVEL SECURITY;
CREATE POLICY "with_visible_posting" ON "transfers" FOR SELECT USING (
  EXISTS (SELECT FROM postings p WHERE p.transfer_id = transfers.id));
CREATE POLICY "system" ON "transfers" USING ((SELECT app.bypass()));
