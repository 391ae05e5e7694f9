import {
  type Language,
  LenteraError,
  audit,
  invalidField,
  refuseWhileImpersonating,
  requireSignedIn,
  toMinorUnits,
  toMoney,
  validate,
} from "@lentera/kit";
import type { PaymentMethod as MethodRow } from "@lentera/prisma/finance";
import type { FinanceContext } from "../context.js";
import { managesPayments } from "../payment/payment.policy.js";
import { OFFERS, type PaymentMethod as MethodCode } from "../provider/provider.js";
import { type UpdatePaymentMethodInput, updatePaymentMethodRules } from "./payment-method.input.js";
import { isWithinLimits, processingFee } from "./payment-method.rules.js";
import * as store from "./payment-method.store.js";
import type { PaymentMethod } from "./payment-method.type.js";

/**
 * The ways to pay this amount: active, within their limits and offered by a provider that we have.
 * @throws VALIDATION_ERROR for an amount that the currency cannot have
 */
export async function listPaymentMethods(
  ctx: FinanceContext,
  amount: string,
  currency: string,
): Promise<PaymentMethod[]> {
  const amountMinor = toMinorUnits(amount, currency, "amount");
  const methods = await store.findMethods(ctx.db, currency);
  return methods
    .filter((method) => isWithinLimits(method, amountMinor) && isOffered(ctx, method))
    .map((method) => asMethod(method, ctx.identity.language, amountMinor));
}

function isOffered(ctx: FinanceContext, { code, currency }: MethodRow): boolean {
  return ctx.payments.usable.some(
    (name) => OFFERS[name].currency === currency && OFFERS[name].methods.some((method: MethodCode) => method === code),
  );
}

/**
 * Changes a way to pay; payments that are open keep theirs.
 * @throws INSUFFICIENT_PERMISSIONS unless the viewer is a platform administrator with `payments:create`
 * @throws NOT_FOUND for a method that does not exist, VALIDATION_ERROR for limits that contradict each other
 */
export async function updatePaymentMethod(
  ctx: FinanceContext,
  input: UpdatePaymentMethodInput,
): Promise<{ paymentMethod: PaymentMethod }> {
  requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  if (!managesPayments(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  const { code, currency, isActive, minimum, maximum, feePercentage, feeFixed, expiresInMinutes } = validate(
    updatePaymentMethodRules,
    input,
  );
  const changes = {
    ...(isActive != null && { isActive }),
    ...(minimum != null && { minimumMinor: toMinorUnits(minimum, currency, "input.minimum") }),
    ...(maximum != null && { maximumMinor: toMinorUnits(maximum, currency, "input.maximum") }),
    ...(feePercentage != null && { feeBasisPoints: Math.round(feePercentage * 100) }),
    ...(feeFixed != null && { feeFixedMinor: toMinorUnits(feeFixed, currency, "input.feeFixed") }),
    ...(expiresInMinutes != null && { expiresInMinutes }),
  };
  const updated = await ctx.transaction(async (tx) => {
    const before = await store.findMethod(tx, code, currency);
    if (before === null) throw new LenteraError("NOT_FOUND");
    const wanted = { ...before, ...changes };
    if (wanted.minimumMinor <= 0n || wanted.minimumMinor > wanted.maximumMinor)
      throw invalidField("input.minimum", "INVALID_FORMAT", "The minimum is above zero and not above the maximum.");
    const after = await store.updateMethod(tx, before, changes);
    const entry = { action: "payment_method.updated", entityType: "PaymentMethod", entityId: `${code}:${currency}` };
    await audit(tx, ctx.identity, { ...entry, oldValues: plain(before), newValues: plain(after) });
    return after;
  });
  return { paymentMethod: asMethod(updated, ctx.identity.language, null) };
}

function asMethod(row: MethodRow, language: Language, amountMinor: bigint | null): PaymentMethod {
  const { code, currency, iconUrl, isActive, minimumMinor, maximumMinor, expiresInMinutes } = row;
  return {
    code,
    currency,
    iconUrl,
    isActive,
    expiresInMinutes,
    name: language === "id" ? row.nameId : row.nameEn,
    description: language === "id" ? row.descriptionId : row.descriptionEn,
    minimum: toMoney(minimumMinor, currency),
    maximum: toMoney(maximumMinor, currency),
    processingFee: {
      percentage: row.feeBasisPoints / 100,
      fixed: toMoney(row.feeFixedMinor, currency),
      total: amountMinor === null ? null : toMoney(processingFee(row, amountMinor), currency),
    },
  };
}

function plain(row: MethodRow): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === "bigint" ? String(value) : value]),
  );
}
