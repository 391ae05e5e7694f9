import type { PageQuery } from "@lentera/kit";
import type { LoanProduct, PartnerBank, Prisma } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";

export function findBanks(tx: Transaction, ids: readonly string[]): Promise<PartnerBank[]> {
  return tx.partnerBank.findMany({ where: { id: { in: [...ids] } } });
}

export function saveBank(
  tx: Transaction,
  { code, ...data }: Pick<PartnerBank, "code" | "name" | "organizationId" | "isActive">,
): Promise<PartnerBank> {
  return tx.partnerBank.upsert({ where: { code }, create: { code, ...data }, update: data });
}

export function saveProduct(
  tx: Transaction,
  { bankId, name, ...data }: Prisma.LoanProductUncheckedCreateInput,
): Promise<LoanProduct> {
  return tx.loanProduct.upsert({
    where: { bankId_name: { bankId, name } },
    create: { bankId, name, ...data },
    update: data,
  });
}

/** A wish as far as products are concerned. */
export interface ProductFilter {
  readonly currency?: string;
  readonly amountMinor?: bigint;
  readonly months?: number;
}

function offered({ currency, amountMinor, months }: ProductFilter): Prisma.LoanProductWhereInput {
  return {
    isActive: true,
    bank: { isActive: true },
    ...(currency !== undefined && { currency }),
    ...(amountMinor !== undefined && { minimumMinor: { lte: amountMinor }, maximumMinor: { gte: amountMinor } }),
    ...(months !== undefined && { minimumMonths: { lte: months }, maximumMonths: { gte: months } }),
  };
}

export function findProductPage(tx: Transaction, filter: ProductFilter, page: PageQuery): Promise<LoanProduct[]> {
  return tx.loanProduct.findMany({ ...page, where: { AND: [offered(filter), page.where] } });
}

export function countProducts(tx: Transaction, filter: ProductFilter): Promise<number> {
  return tx.loanProduct.count({ where: offered(filter) });
}

/** Also those that are no longer offered. */
export function findProducts(tx: Transaction, ids: readonly string[]): Promise<LoanProduct[]> {
  return tx.loanProduct.findMany({ where: { id: { in: [...ids] } } });
}

export function findOfferedProduct(tx: Transaction, id: string): Promise<LoanProduct | null> {
  return tx.loanProduct.findFirst({ where: { AND: [offered({}), { id }] } });
}
