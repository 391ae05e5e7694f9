SET app.bypass = 'on';

-- The old rules are lifted while the tables change; the new ones follow below.
DROP TRIGGER "refuse_change" ON "transfers";
DROP TRIGGER "refuse_change" ON "postings";
DROP TRIGGER "refuse_change" ON "ledger_accounts";
DROP TRIGGER "open_empty" ON "ledger_accounts";
DROP TRIGGER "post_to_account" ON "postings";
DROP TRIGGER "require_balance" ON "transfers";
DROP TRIGGER "require_balance" ON "postings";
DROP FUNCTION post_to_account();
DROP FUNCTION require_balance();
DROP FUNCTION ledger_breaks();

-- CreateEnum
CREATE TYPE "HoldStatus" AS ENUM ('ACTIVE', 'CAPTURED', 'RELEASED', 'EXPIRED');

-- AlterEnum
ALTER TYPE "AccountOwnerKind" ADD VALUE 'BOOKING';

-- AlterEnum
ALTER TYPE "AccountPurpose" ADD VALUE 'REVENUE';
ALTER TYPE "AccountPurpose" ADD VALUE 'COST';
ALTER TYPE "AccountPurpose" ADD VALUE 'TAX';
ALTER TYPE "AccountPurpose" ADD VALUE 'RECEIVABLE';
ALTER TYPE "AccountPurpose" ADD VALUE 'SUSPENSE';
ALTER TYPE "AccountPurpose" ADD VALUE 'SUPPLY';
ALTER TYPE "AccountPurpose" ADD VALUE 'USAGE';

-- AlterEnum
ALTER TYPE "TransferKind" ADD VALUE 'REVERSAL';
ALTER TYPE "TransferKind" ADD VALUE 'PAYMENT';
ALTER TYPE "TransferKind" ADD VALUE 'CHARGEBACK';
ALTER TYPE "TransferKind" ADD VALUE 'SETTLEMENT';
ALTER TYPE "TransferKind" ADD VALUE 'PROVIDER_FEE';
ALTER TYPE "TransferKind" ADD VALUE 'SUBSCRIPTION';
ALTER TYPE "TransferKind" ADD VALUE 'LOAN';
ALTER TYPE "TransferKind" ADD VALUE 'CREDIT_PURCHASE';
ALTER TYPE "TransferKind" ADD VALUE 'CREDIT_ALLOCATION';
ALTER TYPE "TransferKind" ADD VALUE 'CREDIT_SALE';
ALTER TYPE "TransferKind" ADD VALUE 'CREDIT_USE';

-- DropForeignKey
ALTER TABLE "postings" DROP CONSTRAINT "postings_account_id_currency_fkey";

-- DropIndex
DROP INDEX "ledger_accounts_id_currency_key";

-- DropIndex
DROP INDEX "postings_transfer_id_account_id_key";

-- AlterTable
ALTER TABLE "ledger_accounts" ADD COLUMN     "held_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "hot" BOOLEAN NOT NULL DEFAULT false;
UPDATE "ledger_accounts" SET hot = true, allow_negative = true WHERE purpose NOT IN ('WALLET', 'ESCROW');

-- AlterTable
ALTER TABLE "postings" DROP CONSTRAINT "postings_pkey",
DROP COLUMN "id",
ADD COLUMN     "booked_at" TIMESTAMPTZ(6),
ADD COLUMN     "position" SMALLINT,
ALTER COLUMN "sequence" DROP NOT NULL,
ALTER COLUMN "balance_after_minor" DROP NOT NULL;

UPDATE "postings" p SET position = numbered.position, booked_at = numbered.created_at
FROM (
  SELECT q.account_id, q.sequence, t.created_at,
         row_number() OVER (PARTITION BY q.transfer_id ORDER BY q.account_id, q.sequence) AS position
  FROM "postings" q JOIN "transfers" t ON t.id = q.transfer_id
) numbered
WHERE numbered.account_id = p.account_id AND numbered.sequence = p.sequence;
ALTER TABLE "postings" ALTER COLUMN "position" SET NOT NULL,
ADD CONSTRAINT "postings_pkey" PRIMARY KEY ("transfer_id", "position");

-- AlterTable
ALTER TABLE "transfers" ADD COLUMN     "idempotency_key" TEXT NOT NULL DEFAULT uuidv7(),
ADD COLUMN     "input_hash" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "reference" TEXT,
ADD COLUMN     "reverses_id" UUID;

-- CreateTable
CREATE TABLE "archived_transfers" (
    "id" UUID NOT NULL,
    "kind" "TransferKind" NOT NULL,
    "description" TEXT NOT NULL,
    "reference" TEXT,
    "idempotency_key" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "reverses_id" UUID,
    "posting_count" INTEGER NOT NULL,
    "effective_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "archived_transfers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "archived_postings" (
    "transfer_id" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "account_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "balance_after_minor" BIGINT NOT NULL,
    "booked_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "archived_postings_pkey" PRIMARY KEY ("transfer_id","position")
);

-- CreateTable
CREATE TABLE "ledger_holds" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "account_id" UUID NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "remaining_minor" BIGINT NOT NULL,
    "captured_minor" BIGINT NOT NULL DEFAULT 0,
    "status" "HoldStatus" NOT NULL DEFAULT 'ACTIVE',
    "reason" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "ledger_holds_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "archived_transfers_idempotency_key_key" ON "archived_transfers"("idempotency_key");

-- CreateIndex
CREATE UNIQUE INDEX "archived_postings_account_id_sequence_key" ON "archived_postings"("account_id", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_holds_idempotency_key_key" ON "ledger_holds"("idempotency_key");

-- CreateIndex
CREATE INDEX "ledger_holds_expires_at_idx" ON "ledger_holds"("expires_at");

-- CreateIndex
CREATE INDEX "ledger_holds_account_id_idx" ON "ledger_holds"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "transfers_idempotency_key_key" ON "transfers"("idempotency_key");

-- AddForeignKey
ALTER TABLE "ledger_holds" ADD CONSTRAINT "ledger_holds_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "ledger_accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here: the rules of the ledger, which no wrong program can break.

ALTER TABLE "ledger_accounts" DROP CONSTRAINT "ledger_accounts_balance_check";
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_balance_check"
  CHECK (allow_negative OR balance_minor >= held_minor);
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_held_check" CHECK (held_minor >= 0);
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_hot_check"
  CHECK (NOT hot OR (allow_negative AND held_minor = 0));
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_key_check" CHECK (length(idempotency_key) BETWEEN 1 AND 400);
CREATE UNIQUE INDEX "transfers_reverses_id_key" ON "transfers" (reverses_id) WHERE reverses_id IS NOT NULL;
ALTER TABLE "postings" ADD CONSTRAINT "postings_position_check" CHECK (position >= 1);
ALTER TABLE "postings" ADD CONSTRAINT "postings_booked_check" CHECK (
  (sequence IS NULL) = (balance_after_minor IS NULL) AND (sequence IS NULL OR booked_at IS NOT NULL));
ALTER TABLE "ledger_holds" ADD CONSTRAINT "ledger_holds_amount_check" CHECK (
  amount_minor > 0 AND remaining_minor >= 0 AND captured_minor >= 0 AND captured_minor + remaining_minor <= amount_minor);
ALTER TABLE "ledger_holds" ADD CONSTRAINT "ledger_holds_status_check" CHECK (
  (status = 'ACTIVE') = (remaining_minor > 0) AND (status = 'ACTIVE') = (ended_at IS NULL));
DROP INDEX "ledger_holds_expires_at_idx";
CREATE INDEX "ledger_holds_expires_at_idx" ON "ledger_holds" (expires_at) WHERE status = 'ACTIVE';

-- Facts are inserted, never changed. Balances move by the triggers below, which run one level deeper; folding and archiving
-- say so by a setting of their own functions, and ledger_breaks() proves afterwards that they were right.

CREATE FUNCTION ledger_maintenance() RETURNS text
LANGUAGE sql STABLE
RETURN coalesce(current_setting('app.ledger_maintenance', true), '');

CREATE TRIGGER "refuse_change" BEFORE UPDATE OR TRUNCATE ON "transfers"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER "refuse_delete" BEFORE DELETE ON "transfers"
  FOR EACH STATEMENT WHEN (ledger_maintenance() <> 'archive') EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER "refuse_truncate" BEFORE TRUNCATE ON "postings"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER "refuse_change" BEFORE UPDATE ON "postings"
  FOR EACH STATEMENT WHEN (ledger_maintenance() <> 'fold') EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER "refuse_other_change" BEFORE UPDATE ON "postings"
  FOR EACH ROW WHEN (old.sequence IS NOT NULL
    OR (old.transfer_id, old.position, old.account_id, old.currency, old.amount_minor)
    IS DISTINCT FROM (new.transfer_id, new.position, new.account_id, new.currency, new.amount_minor))
  EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER "refuse_delete" BEFORE DELETE ON "postings"
  FOR EACH STATEMENT WHEN (ledger_maintenance() <> 'archive') EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_accounts"
  FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0 AND ledger_maintenance() <> 'fold')
  EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER "open_empty" BEFORE INSERT ON "ledger_accounts"
  FOR EACH ROW WHEN (new.balance_minor <> 0 OR new.held_minor <> 0 OR new.posting_count <> 0)
  EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "archived_transfers"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER "refuse_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "archived_postings"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER "refuse_insert" BEFORE INSERT ON "archived_transfers"
  FOR EACH STATEMENT WHEN (ledger_maintenance() <> 'archive') EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER "refuse_insert" BEFORE INSERT ON "archived_postings"
  FOR EACH STATEMENT WHEN (ledger_maintenance() <> 'archive') EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER "refuse_delete" BEFORE DELETE OR TRUNCATE ON "ledger_holds"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER "refuse_other_change" BEFORE UPDATE ON "ledger_holds"
  FOR EACH ROW WHEN (old.status <> 'ACTIVE' OR new.remaining_minor > old.remaining_minor
    OR new.captured_minor < old.captured_minor
    OR (old.id, old.account_id, old.amount_minor, old.reason, old.idempotency_key, old.input_hash, old.created_at)
    IS DISTINCT FROM (new.id, new.account_id, new.amount_minor, new.reason, new.idempotency_key, new.input_hash, new.created_at))
  EXECUTE FUNCTION refuse_ledger_change();

-- A posting moves its account's balance in the same statement; on a hot account it only waits to be folded, so that
-- nobody waits for that account's row. Positions 1 to posting_count are all taken at commit (require_balance): no posting
-- can join a transfer later.

CREATE FUNCTION post_to_account() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
  is_hot boolean;
BEGIN
  IF new.sequence IS NOT NULL OR new.balance_after_minor IS NOT NULL THEN
    RAISE EXCEPTION 'the database numbers postings' USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT hot INTO is_hot FROM ledger_accounts WHERE id = new.account_id AND currency = new.currency;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no account % in %', new.account_id, new.currency USING ERRCODE = 'foreign_key_violation';
  END IF;
  IF new.position > (SELECT posting_count FROM transfers WHERE id = new.transfer_id) THEN
    RAISE EXCEPTION 'transfer % has no posting %', new.transfer_id, new.position USING ERRCODE = 'check_violation';
  END IF;
  IF NOT is_hot THEN
    UPDATE ledger_accounts SET balance_minor = balance_minor + new.amount_minor, posting_count = posting_count + 1
    WHERE id = new.account_id
    RETURNING balance_minor, posting_count INTO new.balance_after_minor, new.sequence;
    new.booked_at := coalesce(new.booked_at, clock_timestamp());
  END IF;
  RETURN new;
END
$$;

CREATE TRIGGER "post_to_account" BEFORE INSERT ON "postings" FOR EACH ROW EXECUTE FUNCTION post_to_account();

CREATE FUNCTION keep_held() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
BEGIN
  UPDATE ledger_accounts
  SET held_minor = held_minor + new.remaining_minor - CASE tg_op WHEN 'UPDATE' THEN old.remaining_minor ELSE 0 END
  WHERE id = new.account_id;
  RETURN NULL;
END
$$;

CREATE TRIGGER "keep_held" AFTER INSERT OR UPDATE OF remaining_minor ON "ledger_holds"
  FOR EACH ROW EXECUTE FUNCTION keep_held();

-- A transfer is taken back once, by its exact mirror, and what takes back is not taken back. An archived year is closed:
-- what was wrong in it is corrected by a transfer of the open year.

CREATE FUNCTION require_reversible() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM transfers WHERE id = new.reverses_id AND reverses_id IS NULL) THEN
    RAISE EXCEPTION 'transfer % cannot be reversed', new.reverses_id USING ERRCODE = 'LN002';
  END IF;
  RETURN new;
END
$$;

CREATE TRIGGER "require_reversible" BEFORE INSERT ON "transfers"
  FOR EACH ROW WHEN (new.reverses_id IS NOT NULL) EXECUTE FUNCTION require_reversible();

-- At commit every transfer has the postings it announced, they add up to zero in each currency, and a reversal mirrors.

CREATE FUNCTION require_balance() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
BEGIN
  IF NOT coalesce((
      SELECT sum(number) = new.posting_count AND bool_and(total = 0)
      FROM (SELECT count(*) AS number, sum(amount_minor) AS total FROM postings WHERE transfer_id = new.id GROUP BY currency)
    ), false)
  THEN
    RAISE EXCEPTION 'the postings of transfer % do not add up', new.id USING ERRCODE = 'check_violation';
  END IF;
  IF new.reverses_id IS NOT NULL AND EXISTS (
    SELECT account_id FROM postings WHERE transfer_id IN (new.id, new.reverses_id)
    GROUP BY account_id HAVING sum(amount_minor) <> 0)
  THEN
    RAISE EXCEPTION 'transfer % does not mirror what it reverses', new.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER "require_balance" AFTER INSERT ON "transfers" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION require_balance();

-- What the application calls. Each of them may wait for others: first for an equal key, then for accounts in the order of
-- their ids, then for a hold. Whoever calls one of them once in a transaction can never be part of a deadlock.

-- Wallets and escrow are guarded: never negative, their row locked. All others are the books of the platform and of the
-- providers: everybody's postings meet there, and a balance below zero means something.
CREATE FUNCTION open_account(wanted_kind "AccountOwnerKind", wanted_owner uuid, wanted_purpose "AccountPurpose", wanted_currency text)
RETURNS uuid
LANGUAGE plpgsql SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
DECLARE
  found_id uuid;
BEGIN
  SELECT id INTO found_id FROM ledger_accounts
  WHERE (owner_kind, owner_id, purpose, currency) = (wanted_kind, wanted_owner, wanted_purpose, wanted_currency);
  IF found_id IS NULL THEN
    INSERT INTO ledger_accounts (owner_kind, owner_id, purpose, currency, hot, allow_negative)
    VALUES (wanted_kind, wanted_owner, wanted_purpose, wanted_currency,
      wanted_purpose NOT IN ('WALLET', 'ESCROW'), wanted_purpose NOT IN ('WALLET', 'ESCROW'))
    ON CONFLICT (owner_kind, owner_id, purpose, currency) DO NOTHING
    RETURNING id INTO found_id;
    IF found_id IS NULL THEN
      SELECT id INTO found_id FROM ledger_accounts
      WHERE (owner_kind, owner_id, purpose, currency) = (wanted_kind, wanted_owner, wanted_purpose, wanted_currency);
    END IF;
  END IF;
  RETURN found_id;
END
$$;

-- Takes what is still kept back out of a hold, whose account is locked.
CREATE FUNCTION draw_hold(wanted_hold uuid, amount bigint, ends boolean, status_at_end "HoldStatus") RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
  hold ledger_holds%rowtype;
BEGIN
  SELECT * INTO hold FROM ledger_holds WHERE id = wanted_hold FOR UPDATE;
  IF NOT FOUND OR hold.status <> 'ACTIVE' OR (amount > 0 AND hold.expires_at <= now()) OR hold.remaining_minor < amount THEN
    RAISE EXCEPTION 'hold % does not keep back %', wanted_hold, amount USING ERRCODE = 'LN003';
  END IF;
  ends := ends OR hold.remaining_minor = amount;
  UPDATE ledger_holds SET
    captured_minor = captured_minor + amount,
    remaining_minor = CASE WHEN ends THEN 0 ELSE remaining_minor - amount END,
    status = CASE WHEN NOT ends THEN 'ACTIVE' WHEN captured_minor + amount > 0 THEN 'CAPTURED' ELSE status_at_end END,
    ended_at = CASE WHEN ends THEN now() END
  WHERE id = wanted_hold;
END
$$;

CREATE FUNCTION post_transfers(wanted_transfers jsonb, wanted_postings jsonb, wanted_captures jsonb DEFAULT '[]')
RETURNS TABLE (number int, transfer_id uuid, is_new boolean)
LANGUAGE plpgsql SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
#variable_conflict use_column
DECLARE
  item record;
  transfer_ids uuid[] := array_fill(NULL::uuid, ARRAY[jsonb_array_length(wanted_transfers)]);
  account_ids uuid[];
  earlier_id uuid;
  earlier_hash text;
  new_id uuid;
BEGIN
  FOR item IN
    SELECT * FROM jsonb_to_recordset(wanted_transfers) AS t(number int, kind "TransferKind", description text, reference text,
      key text, hash text, "postingCount" int, "effectiveAt" timestamptz, "reversesId" uuid)
    ORDER BY key
  LOOP
    SELECT id, input_hash INTO earlier_id, earlier_hash FROM archived_transfers WHERE idempotency_key = item.key;
    IF NOT FOUND THEN
      INSERT INTO transfers (kind, description, reference, idempotency_key, input_hash, posting_count, effective_at, reverses_id)
      VALUES (item.kind, item.description, item.reference, item.key, item.hash, item."postingCount",
        coalesce(item."effectiveAt", now()), item."reversesId")
      ON CONFLICT (idempotency_key) DO NOTHING
      RETURNING id INTO new_id;
      IF FOUND THEN
        transfer_ids[item.number] := new_id;
        CONTINUE;
      END IF;
      SELECT id, input_hash INTO earlier_id, earlier_hash FROM transfers WHERE idempotency_key = item.key;
    END IF;
    IF earlier_hash <> item.hash THEN
      RAISE EXCEPTION 'the key % moved something else', item.key USING ERRCODE = 'LN001';
    END IF;
    RETURN QUERY SELECT item.number, earlier_id, false;
  END LOOP;
  IF array_remove(transfer_ids, NULL) = '{}' THEN
    RETURN;
  END IF;

  SELECT array_agg(coalesce("accountId", id) ORDER BY number) INTO account_ids
  FROM jsonb_to_recordset(wanted_postings) AS p(number int, "accountId" uuid, "ownerKind" "AccountOwnerKind", "ownerId" uuid,
    purpose "AccountPurpose", currency text)
  LEFT JOIN ledger_accounts a ON (a.owner_kind, a.owner_id, a.purpose, a.currency) = (p."ownerKind", p."ownerId", p.purpose, p.currency);
  IF array_position(account_ids, NULL) IS NOT NULL THEN
    -- in one order for everybody: two that open the same accounts wait for each other in one direction only
    PERFORM open_account("ownerKind", "ownerId", purpose, currency)
    FROM (
      SELECT DISTINCT "ownerKind", "ownerId", purpose, currency
      FROM jsonb_to_recordset(wanted_postings) AS p(number int, "ownerKind" "AccountOwnerKind", "ownerId" uuid,
        purpose "AccountPurpose", currency text)
      WHERE account_ids[number] IS NULL
      ORDER BY 1, 2, 3, 4
    );
    SELECT array_agg(coalesce("accountId", id) ORDER BY number) INTO account_ids
    FROM jsonb_to_recordset(wanted_postings) AS p(number int, "accountId" uuid, "ownerKind" "AccountOwnerKind", "ownerId" uuid,
      purpose "AccountPurpose", currency text)
    LEFT JOIN ledger_accounts a ON (a.owner_kind, a.owner_id, a.purpose, a.currency) = (p."ownerKind", p."ownerId", p.purpose, p.currency);
  END IF;

  IF wanted_captures <> '[]' THEN
    PERFORM FROM ledger_accounts a
    WHERE NOT hot AND (id = ANY (account_ids) OR EXISTS (
      SELECT FROM jsonb_to_recordset(wanted_captures) AS c("holdId" uuid) JOIN ledger_holds h ON h.id = c."holdId"
      WHERE h.account_id = a.id))
    ORDER BY id FOR NO KEY UPDATE;
    PERFORM draw_hold("holdId", amount, "endsHold", 'RELEASED')
    FROM (
      SELECT * FROM jsonb_to_recordset(wanted_captures) AS c(transfer int, "holdId" uuid, amount bigint, "endsHold" boolean)
      WHERE transfer_ids[transfer] IS NOT NULL
      ORDER BY "holdId"
    );
  END IF;

  INSERT INTO postings (transfer_id, position, account_id, currency, amount_minor)
  SELECT transfer_ids[transfer], position, account_ids[number], currency, amount
  FROM jsonb_to_recordset(wanted_postings) AS p(number int, transfer int, position int, currency text, amount bigint)
  WHERE transfer_ids[transfer] IS NOT NULL
  ORDER BY account_ids[number], number;
  RETURN QUERY SELECT place::int, id, true FROM unnest(transfer_ids) WITH ORDINALITY AS made(id, place) WHERE id IS NOT NULL;
END
$$;

CREATE FUNCTION reverse_transfer(original uuid, wanted_key text, wanted_hash text, wanted_description text)
RETURNS TABLE (transfer_id uuid, is_new boolean)
LANGUAGE plpgsql SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
#variable_conflict use_column
DECLARE
  mirrored jsonb;
  reversed transfers%rowtype;
BEGIN
  SELECT * INTO reversed FROM transfers WHERE id = original;
  SELECT jsonb_agg(jsonb_build_object('number', position, 'transfer', 1, 'position', position, 'accountId', account_id,
    'currency', currency, 'amount', -amount_minor) ORDER BY position) INTO mirrored
  FROM postings WHERE transfer_id = original;
  IF mirrored IS NULL THEN
    RAISE EXCEPTION 'transfer % cannot be reversed', original USING ERRCODE = 'LN002';
  END IF;
  RETURN QUERY SELECT posted.transfer_id, posted.is_new FROM post_transfers(
    jsonb_build_array(jsonb_build_object('number', 1, 'kind', 'REVERSAL', 'description', wanted_description,
      'reference', reversed.reference, 'key', wanted_key, 'hash', wanted_hash, 'postingCount', reversed.posting_count,
      'reversesId', original)),
    mirrored) AS posted;
END
$$;

CREATE FUNCTION place_hold(wanted_account uuid, amount bigint, wanted_reason text, wanted_key text, wanted_hash text,
  wanted_expiry timestamptz) RETURNS TABLE (hold_id uuid, is_new boolean)
LANGUAGE plpgsql SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
DECLARE
  earlier ledger_holds%rowtype;
BEGIN
  INSERT INTO ledger_holds (account_id, amount_minor, remaining_minor, reason, idempotency_key, input_hash, expires_at)
  VALUES (wanted_account, amount, amount, wanted_reason, wanted_key, wanted_hash, wanted_expiry)
  ON CONFLICT (idempotency_key) DO NOTHING
  RETURNING id INTO hold_id;
  is_new := FOUND;
  IF NOT is_new THEN
    SELECT * INTO earlier FROM ledger_holds WHERE idempotency_key = wanted_key;
    IF earlier.input_hash <> wanted_hash THEN
      RAISE EXCEPTION 'the key % holds something else', wanted_key USING ERRCODE = 'LN001';
    END IF;
    hold_id := earlier.id;
  END IF;
  RETURN NEXT;
END
$$;

-- Ends holds that are still active; ends none twice. @returns how many
CREATE FUNCTION end_holds(wanted_holds uuid[], status_at_end "HoldStatus") RETURNS int
LANGUAGE plpgsql SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
DECLARE
  ended int;
BEGIN
  PERFORM FROM ledger_accounts
  WHERE id IN (SELECT account_id FROM ledger_holds WHERE id = ANY (wanted_holds)) ORDER BY id FOR NO KEY UPDATE;
  PERFORM draw_hold(id, 0, true, status_at_end) FROM (
    SELECT id FROM ledger_holds WHERE id = ANY (wanted_holds) AND status = 'ACTIVE' ORDER BY id);
  GET DIAGNOSTICS ended = ROW_COUNT;
  RETURN ended;
END
$$;

-- Gives the postings that wait on hot accounts their place and moves the balances. @returns how many
CREATE FUNCTION fold_postings(wanted_accounts uuid[] DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SET search_path = public, pg_temp SET app.bypass = 'on' SET app.ledger_maintenance = 'fold'
AS $$
DECLARE
  account ledger_accounts%rowtype;
  folded bigint;
  total bigint := 0;
BEGIN
  FOR account IN
    SELECT * FROM ledger_accounts a
    WHERE hot AND (wanted_accounts IS NULL OR id = ANY (wanted_accounts))
      AND EXISTS (SELECT FROM postings p WHERE p.account_id = a.id AND p.sequence IS NULL)
    ORDER BY id FOR NO KEY UPDATE
  LOOP
    WITH waiting AS (
      SELECT transfer_id, position, row_number() OVER statement AS number, sum(amount_minor) OVER statement AS total
      FROM postings WHERE account_id = account.id AND sequence IS NULL
      WINDOW statement AS (ORDER BY booked_at NULLS LAST, transfer_id, position)
    ), numbered AS (
      UPDATE postings p SET sequence = account.posting_count + w.number, balance_after_minor = account.balance_minor + w.total,
        booked_at = coalesce(p.booked_at, clock_timestamp())
      FROM waiting w WHERE p.transfer_id = w.transfer_id AND p.position = w.position
      RETURNING p.amount_minor
    )
    UPDATE ledger_accounts SET balance_minor = balance_minor + moved.total, posting_count = posting_count + moved.number
    FROM (SELECT sum(amount_minor) AS total, count(*) AS number FROM numbered) moved
    WHERE id = account.id
    RETURNING moved.number INTO folded;
    total := total + coalesce(folded, 0);
  END LOOP;
  RETURN total;
END
$$;

-- Live and archived together.

CREATE VIEW ledger_postings WITH (security_invoker = true) AS
  SELECT transfer_id, position, account_id, currency, amount_minor, sequence, balance_after_minor, booked_at FROM postings
  UNION ALL
  SELECT transfer_id, position, account_id, currency, amount_minor, sequence, balance_after_minor, booked_at FROM archived_postings;
CREATE VIEW ledger_transfers WITH (security_invoker = true) AS
  SELECT id, kind, description, reference, idempotency_key, input_hash, reverses_id, posting_count, effective_at, created_at FROM transfers
  UNION ALL
  SELECT id, kind, description, reference, idempotency_key, input_hash, reverses_id, posting_count, effective_at, created_at FROM archived_transfers;

-- Moves the transfers that were booked in a year that is over into the archive. Balances stand in the accounts and stay.
CREATE FUNCTION archive_ledger(before timestamptz) RETURNS bigint
LANGUAGE plpgsql SET search_path = public, pg_temp SET app.bypass = 'on' SET app.ledger_maintenance = 'archive'
AS $$
DECLARE
  moved bigint;
BEGIN
  IF before > now() - interval '1 year' THEN
    RAISE EXCEPTION 'only what is older than a year is archived' USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM fold_postings();
  INSERT INTO archived_transfers (id, kind, description, reference, idempotency_key, input_hash, reverses_id, posting_count, effective_at, created_at)
  SELECT id, kind, description, reference, idempotency_key, input_hash, reverses_id, posting_count, effective_at, created_at
  FROM transfers WHERE created_at < before;
  GET DIAGNOSTICS moved = ROW_COUNT;
  INSERT INTO archived_postings (transfer_id, position, account_id, currency, amount_minor, sequence, balance_after_minor, booked_at)
  SELECT transfer_id, position, account_id, currency, amount_minor, sequence, balance_after_minor, booked_at
  FROM postings WHERE transfer_id IN (SELECT id FROM transfers WHERE created_at < before);
  DELETE FROM postings WHERE transfer_id IN (SELECT id FROM transfers WHERE created_at < before);
  DELETE FROM transfers WHERE created_at < before;
  RETURN moved;
END
$$;

-- The last place in an account's statement that was taken before an instant: a bisection, as places have no gaps and were
-- taken in the order of time. 0 when there is none.
CREATE FUNCTION statement_position(wanted_account uuid, before timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp
AS $$
DECLARE
  low bigint := 0;
  high bigint := coalesce((SELECT posting_count FROM ledger_accounts WHERE id = wanted_account), 0);
  middle bigint;
BEGIN
  WHILE low < high LOOP
    middle := (low + high + 1) / 2;
    IF (SELECT booked_at FROM ledger_postings WHERE account_id = wanted_account AND sequence = middle) < before
    THEN low := middle; ELSE high := middle - 1; END IF;
  END LOOP;
  RETURN low;
END
$$;

-- What all accounts of a kind hold together; each currency adds up to zero.
CREATE FUNCTION trial_balance() RETURNS TABLE (owner_kind "AccountOwnerKind", purpose "AccountPurpose", currency text, accounts bigint, balance_minor numeric)
LANGUAGE sql STABLE SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
  SELECT a.owner_kind, a.purpose, a.currency, count(*), sum(a.balance_minor + coalesce(waiting.amount_minor, 0))
  FROM ledger_accounts a
  LEFT JOIN LATERAL (
    SELECT sum(p.amount_minor) AS amount_minor FROM postings p WHERE a.hot AND p.account_id = a.id AND p.sequence IS NULL
  ) waiting ON true
  GROUP BY a.owner_kind, a.purpose, a.currency
$$;

-- Whatever disagrees in the whole ledger; an unharmed one returns no row.
CREATE FUNCTION ledger_breaks() RETURNS TABLE (entity_id uuid, reason text)
LANGUAGE sql STABLE SET search_path = public, pg_temp SET app.bypass = 'on'
AS $$
  SELECT a.id, 'has a balance of ' || a.balance_minor || ' and postings of ' || coalesce(sum(p.amount_minor), 0)
  FROM ledger_accounts a LEFT JOIN ledger_postings p ON p.account_id = a.id AND p.sequence IS NOT NULL
  GROUP BY a.id
  HAVING a.balance_minor <> coalesce(sum(p.amount_minor), 0) OR a.posting_count <> count(p.sequence)
    OR a.posting_count <> coalesce(max(p.sequence), 0)
  UNION ALL
  SELECT a.id, 'keeps back ' || a.held_minor || ' and has holds of ' || coalesce(sum(h.remaining_minor), 0)
  FROM ledger_accounts a LEFT JOIN ledger_holds h ON h.account_id = a.id
  GROUP BY a.id
  HAVING a.held_minor <> coalesce(sum(h.remaining_minor), 0)
  UNION ALL
  SELECT transfer_id, 'says ' || balance_after_minor || ' where the postings so far add up to ' || expected
  FROM (
    SELECT transfer_id, balance_after_minor, sum(amount_minor) OVER (PARTITION BY account_id ORDER BY sequence) AS expected
    FROM ledger_postings WHERE sequence IS NOT NULL
  ) statement
  WHERE balance_after_minor <> expected
  UNION ALL
  SELECT account_id, 'has no account'
  FROM ledger_postings p WHERE NOT EXISTS (SELECT FROM ledger_accounts a WHERE a.id = p.account_id AND a.currency = p.currency)
  UNION ALL
  SELECT id, 'is below zero' FROM ledger_accounts WHERE NOT allow_negative AND balance_minor < 0
  UNION ALL
  SELECT t.id, 'has ' || count(p.position) || ' postings instead of ' || t.posting_count
  FROM ledger_transfers t LEFT JOIN ledger_postings p ON p.transfer_id = t.id
  GROUP BY t.id, t.posting_count
  HAVING count(p.position) <> t.posting_count
  UNION ALL
  SELECT transfer_id, 'adds up to ' || sum(amount_minor) || ' minor units of ' || currency || ' instead of 0'
  FROM ledger_postings
  GROUP BY transfer_id, currency
  HAVING sum(amount_minor) <> 0
$$;

-- Who sees what, as for the live tables.

ALTER TABLE "archived_postings" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "archived_postings" FORCE ROW LEVEL SECURITY;
CREATE POLICY "of_visible_account" ON "archived_postings" FOR SELECT USING (
  EXISTS (SELECT FROM ledger_accounts a WHERE a.id = account_id));
CREATE POLICY "system" ON "archived_postings" USING ((SELECT app.bypass()));

ALTER TABLE "archived_transfers" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "archived_transfers" FORCE ROW LEVEL SECURITY;
CREATE POLICY "with_visible_posting" ON "archived_transfers" FOR SELECT USING (
  EXISTS (SELECT FROM archived_postings p WHERE p.transfer_id = archived_transfers.id));
CREATE POLICY "system" ON "archived_transfers" USING ((SELECT app.bypass()));

ALTER TABLE "ledger_holds" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "ledger_holds" FORCE ROW LEVEL SECURITY;
CREATE POLICY "of_visible_account" ON "ledger_holds" FOR SELECT USING (
  EXISTS (SELECT FROM ledger_accounts a WHERE a.id = account_id));
CREATE POLICY "system" ON "ledger_holds" USING ((SELECT app.bypass()));

RESET app.bypass;
