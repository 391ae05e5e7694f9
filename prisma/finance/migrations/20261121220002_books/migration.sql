-- CreateEnum
CREATE TYPE "BookKind" AS ENUM ('INCOME', 'EXPENSE');

-- CreateTable
CREATE TABLE "book_categories" (
    "code" TEXT NOT NULL,
    "kind" "BookKind" NOT NULL,
    "name_id" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "is_operating" BOOLEAN NOT NULL,

    CONSTRAINT "book_categories_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "book_entries" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "owner_id" UUID NOT NULL,
    "category_code" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "description" TEXT NOT NULL,
    "row_hash" TEXT,
    "voided_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "book_entries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "book_entries_owner_id_occurred_at_id_idx" ON "book_entries"("owner_id", "occurred_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "book_entries_owner_id_row_hash_key" ON "book_entries"("owner_id", "row_hash");

-- AddForeignKey
ALTER TABLE "book_entries" ADD CONSTRAINT "book_entries_category_code_fkey" FOREIGN KEY ("category_code") REFERENCES "book_categories"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here.

ALTER TABLE "book_entries" ADD CONSTRAINT "book_entries_check" CHECK (amount_minor > 0 AND currency ~ '^[A-Z]{3}$' AND length(description) <= 500);

-- An entry is a fact. It may be voided once, and forgotten words may be blanked.
CREATE TRIGGER "refuse_change" BEFORE UPDATE ON "book_entries" FOR EACH ROW
  WHEN (to_jsonb(old) - '{voided_at,description}'::text[] IS DISTINCT FROM to_jsonb(new) - '{voided_at,description}'::text[]
    OR (old.voided_at IS NOT NULL AND old.voided_at IS DISTINCT FROM new.voided_at)
    OR (new.description <> '' AND new.description IS DISTINCT FROM old.description))
  EXECUTE FUNCTION refuse_loan_fact_change();
CREATE TRIGGER "refuse_delete" BEFORE DELETE OR TRUNCATE ON "book_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_loan_fact_change();

ALTER TABLE "book_categories" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "book_categories" FORCE ROW LEVEL SECURITY;
CREATE POLICY "everybody" ON "book_categories" FOR SELECT USING (true);
CREATE POLICY "system" ON "book_categories" USING ((SELECT app.bypass()));
ALTER TABLE "book_entries" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "book_entries" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "book_entries" USING (owner_id = (SELECT app.user_id()));
CREATE POLICY "system" ON "book_entries" USING ((SELECT app.bypass()));

INSERT INTO "book_categories" (code, kind, name_id, name_en, is_operating) VALUES
  ('SALES', 'INCOME', 'Penjualan', 'Sales', true),
  ('SERVICES', 'INCOME', 'Jasa', 'Services', true),
  ('OTHER_INCOME', 'INCOME', 'Pendapatan lain', 'Other income', true),
  ('LOAN_RECEIVED', 'INCOME', 'Pinjaman diterima', 'Loan received', false),
  ('OWNER_CONTRIBUTION', 'INCOME', 'Setoran modal pemilik', 'Owner''s contribution', false),
  ('COST_OF_GOODS', 'EXPENSE', 'Harga pokok penjualan', 'Cost of goods', true),
  ('SALARIES', 'EXPENSE', 'Gaji', 'Salaries', true),
  ('RENT', 'EXPENSE', 'Sewa', 'Rent', true),
  ('UTILITIES', 'EXPENSE', 'Listrik, air, dan internet', 'Utilities', true),
  ('TRANSPORT', 'EXPENSE', 'Transportasi', 'Transport', true),
  ('MARKETING', 'EXPENSE', 'Pemasaran', 'Marketing', true),
  ('TAX', 'EXPENSE', 'Pajak', 'Tax', true),
  ('INTEREST', 'EXPENSE', 'Bunga pinjaman', 'Interest', true),
  ('OTHER_EXPENSE', 'EXPENSE', 'Beban lain', 'Other expenses', true),
  ('EQUIPMENT', 'EXPENSE', 'Peralatan', 'Equipment', false),
  ('LOAN_PRINCIPAL', 'EXPENSE', 'Pokok pinjaman', 'Loan principal', false),
  ('OWNER_WITHDRAWAL', 'EXPENSE', 'Pengambilan pemilik', 'Owner''s withdrawal', false);
