import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  audit,
  invalidField,
  paginate,
  refuseWhileImpersonating,
  requireSignedIn,
  toMinorUnits,
  validate,
} from "@lentera/kit";
import type { FinanceContext } from "../context.js";
import { simulationRules } from "../loan-simulation/loan-simulation.input.js";
import { principalOf, simulationOf, today } from "../loan-simulation/loan-simulation.service.js";
import type { LoanSimulation } from "../loan-simulation/loan-simulation.type.js";
import {
  type ConnectPartnerBankInput,
  type SaveLoanProductInput,
  type SavePartnerBankInput,
  connectPartnerBankRules,
  saveLoanProductRules,
  savePartnerBankRules,
} from "./bank-partner.input.js";
import { saveConnection } from "./bank-connection.store.js";
import { canManageBanks } from "./bank-partner.policy.js";
import * as store from "./bank-partner.store.js";
import type { LoanProduct, SaveLoanProductPayload, SavePartnerBankPayload } from "./bank-partner.type.js";

/**
 * Adds or changes a bank by its code.
 * @throws INSUFFICIENT_PERMISSIONS without `banks:manage`
 * @throws VALIDATION_ERROR for every field that is wrong
 */
export async function saveBank(ctx: FinanceContext, input: SavePartnerBankInput): Promise<SavePartnerBankPayload> {
  requireManager(ctx);
  const { organizationId = null, ...facts } = validate(savePartnerBankRules, input);
  const bank = await ctx.transaction(async (tx) => {
    const saved = await store.saveBank(tx, { ...facts, organizationId });
    const entry = { action: "partner_bank.saved", entityType: "PartnerBank", entityId: saved.id };
    await audit(tx, ctx.identity, { ...entry, organizationId: null, newValues: { ...facts, organizationId } });
    return saved;
  });
  return { bank };
}

/**
 * Adds or changes a bank's product by its name. Loans keep the terms under which they were made.
 * @throws INSUFFICIENT_PERMISSIONS without `banks:manage`
 * @throws NOT_FOUND for a bank that does not exist
 * @throws VALIDATION_ERROR for every field that is wrong
 */
export async function saveProduct(ctx: FinanceContext, input: SaveLoanProductInput): Promise<SaveLoanProductPayload> {
  requireManager(ctx);
  const { annualRatePercent, feePercent, minimum, maximum, lateFee, ...facts } = validate(saveLoanProductRules, input);
  const { currency } = facts;
  const [minimumMinor, maximumMinor] = [
    principalOf(minimum, currency, "input.minimum"),
    principalOf(maximum, currency, "input.maximum"),
  ];
  if (minimumMinor > maximumMinor)
    throw invalidField("input.maximum", "INVALID_FORMAT", "The most is not less than the least.");
  const lateFeeMinor = toMinorUnits(lateFee, currency, "input.lateFee");
  const product = await ctx.transaction(async (tx) => {
    const [bank] = await store.findBanks(tx, [facts.bankId]);
    if (bank === undefined) throw new LenteraError("NOT_FOUND");
    const rates = { annualRateBasisPoints: annualRatePercent, feeBasisPoints: feePercent };
    const saved = await store.saveProduct(tx, { ...facts, ...rates, minimumMinor, maximumMinor, lateFeeMinor });
    const entry = { action: "loan_product.saved", entityType: "LoanProduct", entityId: saved.id };
    await audit(tx, ctx.identity, { ...entry, organizationId: null, newValues: { ...facts, ...rates } });
    return saved;
  });
  return { product };
}

/** What a caller looks for; every part may be left out, an amount comes with its currency. */
export interface ProductWish {
  readonly amount?: string | null;
  readonly currency?: string | null;
  readonly months?: number | null;
}

/**
 * What banks offer for a wish, newest first. For everybody.
 * @throws VALIDATION_ERROR for an amount without a currency
 */
export async function listProducts(
  ctx: FinanceContext,
  { amount, currency, months }: ProductWish,
  args: ConnectionArguments,
): Promise<Page<LoanProduct>> {
  if (amount != null && currency == null)
    throw invalidField("currency", "REQUIRED_FIELD_MISSING", "Give the amount's currency.");
  const filter = {
    ...(currency != null && { currency }),
    ...(amount != null && currency != null && { amountMinor: principalOf(amount, currency, "amount") }),
    ...(months != null && { months }),
  };
  return paginate<LoanProduct>({
    args,
    orderBy: [{ field: "id", direction: "desc" }],
    rows: (query) => store.findProductPage(ctx.db, filter, query),
    count: () => store.countProducts(ctx.db, filter),
  });
}

/**
 * What one product would cost.
 * @throws VALIDATION_ERROR for less or more than the product allows
 */
export function simulateProduct(
  ctx: FinanceContext,
  product: LoanProduct,
  { amount, months }: { amount: string; months: number },
): LoanSimulation {
  const principalMinor = allowedPrincipal(product, { amount, months });
  const terms = { ...termsOf(product), principalMinor, months, startsOn: today(ctx) };
  const { currency, name: label } = product;
  return simulationOf({ terms, feeMinor: feeOf(product, principalMinor), currency, label });
}

/** @throws VALIDATION_ERROR for less or more than the product allows */
export function allowedPrincipal(product: LoanProduct, wish: { amount: string; months: number }, root = ""): bigint {
  const principalMinor = principalOf(wish.amount, product.currency, `${root}amount`);
  if (principalMinor < product.minimumMinor || principalMinor > product.maximumMinor)
    throw invalidField(`${root}amount`, "INVALID_FORMAT", "The bank does not lend this amount.");
  const isLong = wish.months >= product.minimumMonths && wish.months <= product.maximumMonths;
  if (!simulationRules.months.safeParse(wish.months).success || !isLong)
    throw invalidField(`${root}months`, "INVALID_FORMAT", "The bank does not lend for this time.");
  return principalMinor;
}

/** The fee of a product on a principal, down to a whole minor unit. */
export function feeOf({ feeBasisPoints }: { feeBasisPoints: number }, principalMinor: bigint): bigint {
  return (principalMinor * BigInt(feeBasisPoints)) / 10_000n;
}

/** What of a product decides the schedule. */
export function termsOf({
  annualRateBasisPoints,
  method,
  dayCount,
}: Pick<LoanProduct, "annualRateBasisPoints" | "method" | "dayCount">) {
  return { annualRateBasisPoints, method, dayCount };
}

/**
 * How a bank is reached over the signed API; the secret is stored encrypted and nobody reads it again.
 * @throws INSUFFICIENT_PERMISSIONS without `banks:manage`
 * @throws NOT_FOUND, VALIDATION_ERROR for every field that is wrong
 */
export async function connectBank(
  ctx: FinanceContext,
  input: ConnectPartnerBankInput,
): Promise<SavePartnerBankPayload> {
  requireManager(ctx);
  const { bankId, endpointUrl, secret } = validate(connectPartnerBankRules, input);
  return ctx.transaction(async (tx) => {
    const [bank] = await store.findBanks(tx, [bankId]);
    if (bank === undefined) throw new LenteraError("NOT_FOUND");
    const secretCiphertext = ctx.encryption.encrypt(secret, `partner-bank:${bankId}`);
    await saveConnection(tx, { bankId, endpointUrl, secretCiphertext });
    const entry = { action: "partner_bank.connected", entityType: "PartnerBank", entityId: bankId };
    await audit(tx, ctx.identity, { ...entry, organizationId: null, newValues: { endpointUrl } });
    return { bank };
  });
}

function requireManager(ctx: FinanceContext): void {
  requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  if (!canManageBanks(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
}
