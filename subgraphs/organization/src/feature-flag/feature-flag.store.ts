import type { PageQuery } from "@lentera/kit";
import type { OrganizationPlan } from "@lentera/prisma/organization";
import type { Transaction } from "../context.js";
import { variantRules } from "./feature-flag.input.js";
import type { FeatureFlag } from "./feature-flag.type.js";

export async function findPage(tx: Transaction, page: PageQuery): Promise<FeatureFlag[]> {
  return (await tx.featureFlag.findMany(page)).map(toFlag);
}

export function countAll(tx: Transaction): Promise<number> {
  return tx.featureFlag.count();
}

/** Those that are on for anybody at all, by key. */
export async function findEnabled(tx: Transaction): Promise<FeatureFlag[]> {
  const rows = await tx.featureFlag.findMany({ where: { isEnabled: true }, orderBy: { key: "asc" } });
  return rows.map(toFlag);
}

/** Locks the flag, existing or not, until the transaction ends. */
export async function lockFlag(tx: Transaction, key: string): Promise<FeatureFlag | null> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${`feature_flag:${key}`}))`;
  const row = await tx.featureFlag.findFirst({ where: { key } });
  return row === null ? null : toFlag(row);
}

export async function saveFlag(tx: Transaction, { variants, ...flag }: FeatureFlag): Promise<FeatureFlag> {
  const data = { ...flag, variants: variants.map(({ name, weight }) => ({ name, weight })) };
  return toFlag(await tx.featureFlag.upsert({ where: { key: flag.key }, create: data, update: data }));
}

export async function findPlan(tx: Transaction, organizationId: string): Promise<OrganizationPlan | null> {
  const organization = await tx.organization.findFirst({ where: { id: organizationId }, select: { plan: true } });
  return organization?.plan ?? null;
}

function toFlag(row: Omit<FeatureFlag, "variants"> & { variants: unknown }): FeatureFlag {
  return { ...row, variants: variantRules.parse(row.variants) };
}
