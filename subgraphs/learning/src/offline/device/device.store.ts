import type { PageQuery } from "@lentera/kit";
import type { Transaction } from "../../context.js";
import type { OfflineDevice } from "./device.type.js";

/** The person's devices, held still: registrations of one person queue up behind each other. */
export async function countDevicesLocked(tx: Transaction, userId: string): Promise<number> {
  await tx.$queryRaw`select 1 from pg_advisory_xact_lock(hashtextextended(${`offline_devices:${userId}`}, 0))`;
  return tx.offlineDevice.count({ where: { userId, revokedAt: null } });
}

export function findDeviceByKey(tx: Transaction, userId: string, publicKey: string): Promise<OfflineDevice | null> {
  return tx.offlineDevice.findFirst({ where: { userId, publicKey } });
}

export function insertDevice(
  tx: Transaction,
  device: Pick<OfflineDevice, "userId" | "name" | "publicKey" | "registeredAt">,
): Promise<OfflineDevice> {
  return tx.offlineDevice.create({ data: device });
}

export function findOwnDevice(tx: Transaction, userId: string, id: string): Promise<OfflineDevice | null> {
  return tx.offlineDevice.findFirst({ where: { id, userId } });
}

export async function revokeDevice(tx: Transaction, id: string, revokedAt: Date): Promise<void> {
  await tx.offlineDevice.updateMany({ where: { id, revokedAt: null }, data: { revokedAt } });
}

export function findDevicePage(tx: Transaction, userId: string, page: PageQuery): Promise<OfflineDevice[]> {
  return tx.offlineDevice.findMany({ ...page, where: { AND: [{ userId }, page.where] } });
}

export function countDevices(tx: Transaction, userId: string): Promise<number> {
  return tx.offlineDevice.count({ where: { userId } });
}
