import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  audit,
  invalidField,
  isUniqueViolation,
  mapPage,
  paginate,
  refuseWhileImpersonating,
  requireSignedIn,
  toMoney,
  validate,
} from "@lentera/kit";
import type { FinanceContext } from "../context.js";
import { organizationWallet, platformAccount, vendorAccount } from "../ledger-account/account-key.js";
import { postTransfer } from "../transfer/post-transfer.js";
import * as rules from "./credit.input.js";
import { canManageCredits } from "./credit.policy.js";
import { CHANNELS, CREDIT_CURRENCIES, CREDIT_MONEY } from "./credit.rules.js";
import * as store from "./credit.store.js";
import type * as types from "./credit.type.js";
import { alertWhenLow, getWallet } from "./credit-wallet.service.js";

/** @throws INSUFFICIENT_PERMISSIONS unless the viewer is a platform administrator with `credits:manage`, themselves */
function requireManager(ctx: FinanceContext): string {
  const { userId } = requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  if (!canManageCredits(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  return userId;
}

/** Adds or changes a vendor. @throws NOT_FOUND for an unknown id; DUPLICATE_ENTRY for a name that another has */
export async function saveVendor(
  ctx: FinanceContext,
  input: rules.SaveCreditVendorInput,
): Promise<types.SaveCreditVendorPayload> {
  requireManager(ctx);
  const { id = null, ...data } = validate(rules.saveCreditVendorRules, input);
  const fields = {
    ...data,
    smsRate: data.smsRate ?? null,
    whatsappRate: data.whatsappRate ?? null,
    emailRate: data.emailRate ?? null,
    rating: data.rating ?? null,
  };
  try {
    const vendor = await ctx.transaction(async (tx) => {
      const saved = await store.saveVendor(tx, id, fields);
      if (saved === null) throw new LenteraError("NOT_FOUND");
      const entry = { action: "credit_vendor.saved", entityType: "CreditVendor", entityId: saved.id };
      await audit(tx, ctx.identity, { ...entry, organizationId: null, newValues: data });
      return saved;
    });
    return { vendor: vendorFrom(vendor) };
  } catch (error) {
    throw isUniqueViolation(error) ? new LenteraError("DUPLICATE_ENTRY", { cause: error }) : error;
  }
}

/** Orders credits from a vendor; they are there once the purchase is settled. @throws NOT_FOUND, VALIDATION_ERROR */
export async function purchaseCredits(
  ctx: FinanceContext,
  input: rules.PurchaseCreditsInput,
): Promise<types.CreditPurchasePayload> {
  const createdBy = requireManager(ctx);
  const { idempotencyKey, cost, ...wanted } = validate(rules.purchaseCreditsRules, input);
  const once = { command: "purchaseCredits", key: idempotencyKey, input: { ...wanted, cost: String(cost) } };
  const id = await ctx.transactionOnce(once, async (tx) => {
    const vendor = await store.findVendor(tx, wanted.vendorId);
    if (vendor === null || !vendor.isActive) throw new LenteraError("NOT_FOUND");
    const ordered = wanted.smsCount + wanted.whatsappCount + wanted.emailCount;
    if (ordered < vendor.minimumOrder)
      throw invalidField("input.smsCount", "INVALID_FORMAT", `Order at least ${vendor.minimumOrder} credits.`);
    const data = { ...wanted, notes: wanted.notes ?? "", costMinor: cost, currency: CREDIT_MONEY, createdBy };
    const purchase = await store.insertPurchase(tx, data);
    const entry = { action: "credit_purchase.made", entityType: "CreditPurchase", entityId: purchase.id };
    await audit(tx, ctx.identity, { ...entry, organizationId: null, newValues: once.input });
    return purchase.id;
  });
  const purchase = await store.lockPurchase(ctx.db, id);
  if (purchase === null) throw new LenteraError("NOT_FOUND");
  return { purchase: purchaseFrom(purchase) };
}

/** Ends a purchase: its credits and its cost enter the ledger together, or nothing does. @throws NOT_FOUND, ILLEGAL_STATE */
export async function settlePurchase(
  ctx: FinanceContext,
  { purchaseId, completed }: rules.SettleCreditPurchaseInput,
): Promise<types.CreditPurchasePayload> {
  requireManager(ctx);
  const settled = await ctx.transaction(async (tx) => {
    const purchase = await store.lockPurchase(tx, purchaseId);
    if (purchase === null) throw new LenteraError("NOT_FOUND");
    if (purchase.status !== "PENDING") throw new LenteraError("ILLEGAL_STATE");
    const counts = { SMS: purchase.smsCount, WHATSAPP: purchase.whatsappCount, EMAIL: purchase.emailCount };
    const credits = CHANNELS.filter((channel) => counts[channel] > 0n).flatMap((channel) => [
      {
        account: vendorAccount(purchase.vendorId, "SUPPLY", CREDIT_CURRENCIES[channel]),
        amountMinor: -counts[channel],
      },
      { account: platformAccount("WALLET", CREDIT_CURRENCIES[channel]), amountMinor: counts[channel] },
    ]);
    const transfer = !completed
      ? null
      : await postTransfer(tx, {
          kind: "CREDIT_PURCHASE",
          description: `Messaging credits, invoice ${purchase.invoiceNumber}`,
          reference: `credit-purchase:${purchaseId}`,
          idempotencyKey: `credit-purchase:${purchaseId}`,
          postings: [
            { account: platformAccount("COST", purchase.currency), amountMinor: -purchase.costMinor },
            {
              account: vendorAccount(purchase.vendorId, "CLEARING", purchase.currency),
              amountMinor: purchase.costMinor,
            },
            ...credits,
          ],
        });
    const status = completed ? ("COMPLETED" as const) : ("FAILED" as const);
    const entry = { action: `credit_purchase.${status.toLowerCase()}`, entityType: "CreditPurchase" };
    await audit(tx, ctx.identity, { ...entry, entityId: purchaseId, organizationId: null });
    return store.updatePurchase(tx, purchaseId, { status, transferId: transfer?.id ?? null });
  });
  return { purchase: purchaseFrom(settled) };
}

/** Gives an organization credits of the platform's own. @throws INSUFFICIENT_BALANCE when the platform has fewer */
export async function allocateCredits(
  ctx: FinanceContext,
  input: rules.AllocateCreditsInput,
): Promise<types.CreditWalletPayload> {
  requireManager(ctx);
  const { idempotencyKey, organizationId, channel, count, reason } = validate(rules.allocateCreditsRules, input);
  const facts = { organizationId, channel, count: String(count), reason };
  await ctx.transactionOnce({ command: "allocateCredits", key: idempotencyKey, input: facts }, async (tx) => {
    const code = CREDIT_CURRENCIES[channel];
    const { id } = await postTransfer(tx, {
      kind: "CREDIT_ALLOCATION",
      description: reason,
      idempotencyKey: `allocateCredits:${ctx.viewer.userId}:${idempotencyKey}`,
      postings: [
        { account: platformAccount("WALLET", code), amountMinor: -count },
        { account: organizationWallet(organizationId, code), amountMinor: count },
      ],
    });
    await alertWhenLow(tx, organizationId, channel);
    const entry = { action: "credits.allocated", entityType: "Transfer", entityId: id, organizationId };
    await audit(tx, ctx.identity, { ...entry, newValues: facts });
    return id;
  });
  return { wallet: await getWallet(ctx, organizationId, channel) };
}

/** What credits cost, for one organization or for all without a price of their own. */
export async function setPrice(
  ctx: FinanceContext,
  input: rules.SetCreditPriceInput,
): Promise<types.SetCreditPricePayload> {
  requireManager(ctx);
  const { channel, rate, organizationId = null } = validate(rules.setCreditPriceRules, input);
  await ctx.transaction(async (tx) => {
    await store.setPrice(tx, channel, rate, organizationId);
    const entry = { action: "credit_price.set", entityType: "CreditPrice", entityId: channel, organizationId };
    await audit(tx, ctx.identity, { ...entry, newValues: { rate } });
  });
  return { rate };
}

/** Offers a number of credits at a price. */
export async function createPackage(
  ctx: FinanceContext,
  input: rules.CreateCreditPackageInput,
): Promise<types.CreateCreditPackagePayload> {
  requireManager(ctx);
  const { price, ...wanted } = validate(rules.createCreditPackageRules, input);
  const made = await ctx.transaction(async (tx) => {
    const row = await store.insertPackage(tx, { ...wanted, priceMinor: price, currency: CREDIT_MONEY });
    const entry = { action: "credit_package.created", entityType: "CreditPackage", entityId: row.id };
    await audit(tx, ctx.identity, { ...entry, organizationId: null, newValues: { priceMinor: String(price) } });
    return row;
  });
  return { package: packageFrom(made) };
}

/** What is for sale, newest first. */
export async function listPackages(ctx: FinanceContext, args: ConnectionArguments): Promise<Page<types.CreditPackage>> {
  const page = await paginate<PackageRow>({
    args,
    orderBy: [{ field: "id", direction: "desc" }],
    rows: (query) => store.findPackagePage(ctx.db, query),
    count: () => store.countPackages(ctx.db),
  });
  return mapPage(page, packageFrom);
}

/** @throws INSUFFICIENT_PERMISSIONS without `credits:manage` */
export async function listVendors(ctx: FinanceContext, args: ConnectionArguments): Promise<Page<types.CreditVendor>> {
  if (!canManageCredits(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  const page = await paginate<store.VendorRow>({
    args,
    orderBy: [{ field: "id", direction: "desc" }],
    rows: (query) => store.findVendorPage(ctx.db, query),
    count: () => store.countVendors(ctx.db),
  });
  return mapPage(page, vendorFrom);
}

/** @throws INSUFFICIENT_PERMISSIONS without `credits:manage` */
export async function listPurchases(
  ctx: FinanceContext,
  args: ConnectionArguments,
): Promise<Page<types.CreditPurchase>> {
  if (!canManageCredits(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  const page = await paginate<store.PurchaseRow>({
    args,
    orderBy: [{ field: "id", direction: "desc" }],
    rows: (query) => store.findPurchasePage(ctx.db, query),
    count: () => store.countPurchases(ctx.db),
  });
  return mapPage(page, purchaseFrom);
}

/** The platform's credits and their profit, from the ledger. @throws INSUFFICIENT_PERMISSIONS without `credits:manage` */
export async function getMaster(ctx: FinanceContext): Promise<types.MasterCredits> {
  if (!canManageCredits(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  const [balances, { purchasedMinor, soldMinor }] = await Promise.all([
    store.findMaster(ctx.db),
    store.findProfit(ctx.db),
  ]);
  return {
    balances,
    totalPurchased: toMoney(purchasedMinor, CREDIT_MONEY),
    totalSold: toMoney(soldMinor, CREDIT_MONEY),
    profit: toMoney(soldMinor - purchasedMinor, CREDIT_MONEY),
  };
}

type PackageRow = NonNullable<Awaited<ReturnType<typeof store.findPackage>>>;

function packageFrom({ priceMinor, currency, count, ...row }: PackageRow): types.CreditPackage {
  return { ...row, count: Number(count), price: toMoney(priceMinor, currency) };
}

function vendorFrom(row: store.VendorRow): types.CreditVendor {
  const { smsRate, whatsappRate, emailRate, rating } = row;
  const text = (value: { toString(): string } | null): string | null => value?.toString() ?? null;
  return {
    ...row,
    smsRate: text(smsRate),
    whatsappRate: text(whatsappRate),
    emailRate: text(emailRate),
    rating: text(rating),
  };
}

function purchaseFrom(row: store.PurchaseRow): types.CreditPurchase {
  const counts = {
    smsCount: Number(row.smsCount),
    whatsappCount: Number(row.whatsappCount),
    emailCount: Number(row.emailCount),
  };
  return { ...row, ...counts, cost: toMoney(row.costMinor, row.currency) };
}
