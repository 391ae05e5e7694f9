-- CreateEnum
CREATE TYPE "CreditChannel" AS ENUM ('SMS', 'WHATSAPP', 'EMAIL');

-- CreateEnum
CREATE TYPE "CreditPurchaseStatus" AS ENUM ('PENDING', 'COMPLETED', 'FAILED');

-- CreateTable
CREATE TABLE "credit_vendors" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "name" TEXT NOT NULL,
    "contact" TEXT NOT NULL,
    "sms_rate" DECIMAL(10,4),
    "whatsapp_rate" DECIMAL(10,4),
    "email_rate" DECIMAL(10,4),
    "minimum_order" INTEGER NOT NULL DEFAULT 0,
    "payment_terms" TEXT NOT NULL DEFAULT '',
    "rating" DECIMAL(3,2),
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credit_vendors_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_purchases" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "vendor_id" UUID NOT NULL,
    "sms_count" BIGINT NOT NULL,
    "whatsapp_count" BIGINT NOT NULL,
    "email_count" BIGINT NOT NULL,
    "cost_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "payment_method" TEXT NOT NULL,
    "status" "CreditPurchaseStatus" NOT NULL DEFAULT 'PENDING',
    "invoice_number" TEXT NOT NULL,
    "notes" TEXT NOT NULL DEFAULT '',
    "created_by" UUID NOT NULL,
    "transfer_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credit_purchases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_prices" (
    "channel" "CreditChannel" NOT NULL,
    "rate" DECIMAL(10,4) NOT NULL,

    CONSTRAINT "credit_prices_pkey" PRIMARY KEY ("channel")
);

-- CreateTable
CREATE TABLE "credit_packages" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "name" TEXT NOT NULL,
    "channel" "CreditChannel" NOT NULL,
    "count" BIGINT NOT NULL,
    "price_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credit_packages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_wallets" (
    "organization_id" UUID NOT NULL,
    "channel" "CreditChannel" NOT NULL,
    "retail_rate" DECIMAL(10,4),
    "low_balance_threshold" BIGINT NOT NULL DEFAULT 1000,
    "auto_alert_enabled" BOOLEAN NOT NULL DEFAULT true,
    "is_low" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "credit_wallets_pkey" PRIMARY KEY ("organization_id","channel")
);

-- CreateTable
CREATE TABLE "credit_sales" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "organization_id" UUID NOT NULL,
    "channel" "CreditChannel" NOT NULL,
    "count" BIGINT NOT NULL,
    "price_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "transfer_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credit_sales_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "credit_vendors_name_key" ON "credit_vendors"("name");

-- CreateIndex
CREATE UNIQUE INDEX "credit_purchases_vendor_id_invoice_number_key" ON "credit_purchases"("vendor_id", "invoice_number");

-- CreateIndex
CREATE UNIQUE INDEX "credit_sales_transfer_id_key" ON "credit_sales"("transfer_id");

-- CreateIndex
CREATE INDEX "credit_sales_organization_id_id_idx" ON "credit_sales"("organization_id", "id");

-- AddForeignKey
ALTER TABLE "credit_purchases" ADD CONSTRAINT "credit_purchases_vendor_id_fkey" FOREIGN KEY ("vendor_id") REFERENCES "credit_vendors"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here.
ALTER TABLE "credit_vendors" ADD CONSTRAINT "credit_vendors_check" CHECK (
  length(name) BETWEEN 1 AND 200 AND sms_rate >= 0 AND whatsapp_rate >= 0 AND email_rate >= 0 AND minimum_order >= 0
  AND rating BETWEEN 0 AND 5);
ALTER TABLE "credit_purchases" ADD CONSTRAINT "credit_purchases_check" CHECK (
  sms_count >= 0 AND whatsapp_count >= 0 AND email_count >= 0 AND sms_count + whatsapp_count + email_count > 0
  AND cost_minor > 0 AND (status = 'COMPLETED') = (transfer_id IS NOT NULL));
ALTER TABLE "credit_prices" ADD CONSTRAINT "credit_prices_check" CHECK (rate > 0);
ALTER TABLE "credit_packages" ADD CONSTRAINT "credit_packages_check" CHECK (count > 0 AND price_minor > 0);
ALTER TABLE "credit_wallets" ADD CONSTRAINT "credit_wallets_check" CHECK (retail_rate > 0 AND low_balance_threshold >= 0);
ALTER TABLE "credit_sales" ADD CONSTRAINT "credit_sales_check" CHECK (count > 0 AND price_minor > 0);
INSERT INTO "credit_prices" (channel, rate) VALUES ('SMS', 450), ('WHATSAPP', 600), ('EMAIL', 25);

ALTER TABLE "credit_vendors" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "credit_vendors" FORCE ROW LEVEL SECURITY;
CREATE POLICY "system" ON "credit_vendors" USING ((SELECT app.bypass()));
ALTER TABLE "credit_purchases" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "credit_purchases" FORCE ROW LEVEL SECURITY;
CREATE POLICY "system" ON "credit_purchases" USING ((SELECT app.bypass()));
ALTER TABLE "credit_prices" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "credit_prices" FORCE ROW LEVEL SECURITY;
CREATE POLICY "everybody" ON "credit_prices" FOR SELECT USING (true);
CREATE POLICY "system" ON "credit_prices" USING ((SELECT app.bypass()));
ALTER TABLE "credit_packages" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "credit_packages" FORCE ROW LEVEL SECURITY;
CREATE POLICY "everybody" ON "credit_packages" FOR SELECT USING (true);
CREATE POLICY "system" ON "credit_packages" USING ((SELECT app.bypass()));
ALTER TABLE "credit_wallets" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "credit_wallets" FORCE ROW LEVEL SECURITY;
CREATE POLICY "staff" ON "credit_wallets" FOR SELECT USING (
  (SELECT app.is_staff()) AND organization_id = (SELECT app.organization_id()));
CREATE POLICY "system" ON "credit_wallets" USING ((SELECT app.bypass()));
ALTER TABLE "credit_sales" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "credit_sales" FORCE ROW LEVEL SECURITY;
CREATE POLICY "staff" ON "credit_sales" FOR SELECT USING (
  (SELECT app.is_staff()) AND organization_id = (SELECT app.organization_id()));
CREATE POLICY "system" ON "credit_sales" USING ((SELECT app.bypass()));
