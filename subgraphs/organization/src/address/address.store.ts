import type { PageQuery } from "@lentera/kit";
import type { Prisma } from "@lentera/prisma/organization";
import type { Transaction } from "../context.js";
import type { AddressValues } from "./address.input.js";
import type { Address } from "./address.type.js";

type Row = Omit<Address, "latitude" | "longitude"> & {
  readonly latitude: Prisma.Decimal | null;
  readonly longitude: Prisma.Decimal | null;
};

function addressOf({ latitude, longitude, ...row }: Row): Address {
  return { ...row, latitude: latitude?.toNumber() ?? null, longitude: longitude?.toNumber() ?? null };
}

/** One person's addresses change one after the other. */
export async function lockAddresses(tx: Transaction, userId: string): Promise<void> {
  await tx.$queryRaw`select from users where id = ${userId}::uuid for update`;
}

export async function findAddressPage(tx: Transaction, userId: string, page: PageQuery): Promise<Address[]> {
  const rows = await tx.userAddress.findMany({ ...page, where: { AND: [{ userId }, page.where] } });
  return rows.map(addressOf);
}

export async function countAddresses(tx: Transaction, userId: string): Promise<number> {
  return await tx.userAddress.count({ where: { userId } });
}

export async function findAddress(tx: Transaction, userId: string, id: string): Promise<Address | null> {
  const row = await tx.userAddress.findFirst({ where: { id, userId } });
  return row === null ? null : addressOf(row);
}

export async function clearPrimary(tx: Transaction, userId: string): Promise<void> {
  await tx.userAddress.updateMany({ where: { userId, isPrimary: true }, data: { isPrimary: false } });
}

export async function insertAddress(tx: Transaction, userId: string, values: AddressValues): Promise<string> {
  const { id } = await tx.userAddress.create({ data: { ...values, userId }, select: { id: true } });
  return id;
}

export async function updateAddress(tx: Transaction, id: string, values: AddressValues): Promise<void> {
  await tx.userAddress.update({ where: { id }, data: values, select: { id: true } });
}

/** @returns whether the person had this address */
export async function deleteAddress(tx: Transaction, userId: string, id: string): Promise<boolean> {
  const { count } = await tx.userAddress.deleteMany({ where: { id, userId } });
  return count === 1;
}
