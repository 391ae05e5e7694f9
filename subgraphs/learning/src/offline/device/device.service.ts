import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  asSystem,
  audit,
  paginate,
  refuseWhileImpersonating,
  requireSignedIn,
  validate,
} from "@lentera/kit";
import type { LearningContext } from "../../context.js";
import {
  type RegisterOfflineDeviceInput,
  type RevokeOfflineDeviceInput,
  registerOfflineDeviceRules,
  revokeOfflineDeviceRules,
} from "./device.input.js";
import * as store from "./device.store.js";
import type { OfflineDevice } from "./device.type.js";

/** A phone, a tablet, a school's computer, and some to spare. */
export const MAXIMUM_DEVICES = 5;

/**
 * Registers the device that holds the private half of a key. The same key of the same person is the same device.
 * @throws LIMIT_EXCEEDED beyond five devices that are not revoked
 * @throws ILLEGAL_STATE for a key that was revoked
 */
export async function registerDevice(ctx: LearningContext, input: RegisterOfflineDeviceInput): Promise<OfflineDevice> {
  const { idempotencyKey: key, ...given } = validate(registerOfflineDeviceRules, input);
  const { userId } = requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  return asSystem(async () => {
    const { id } = await ctx.transactionOnce({ command: "registerOfflineDevice", key, input: given }, async (tx) => {
      const active = await store.countDevicesLocked(tx, userId);
      const known = await store.findDeviceByKey(tx, userId, given.publicKey);
      if (known !== null) return { id: usable(known).id };
      if (active >= MAXIMUM_DEVICES) throw new LenteraError("LIMIT_EXCEEDED");
      const device = await store.insertDevice(tx, { ...given, userId, registeredAt: ctx.now() });
      await audit(tx, ctx.identity, {
        action: "offline_device.registered",
        entityType: "OfflineDevice",
        entityId: device.id,
        newValues: { name: device.name, publicKey: device.publicKey },
      });
      return { id: device.id };
    });
    return getOwnDevice(ctx, userId, id);
  });
}

/** What a revoked device signs from now on, or delivers from now on, does not count. @throws NOT_FOUND */
export async function revokeDevice(ctx: LearningContext, input: RevokeOfflineDeviceInput): Promise<OfflineDevice> {
  const { deviceId } = validate(revokeOfflineDeviceRules, input);
  const { userId } = requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  return asSystem(async () => {
    const device = await getOwnDevice(ctx, userId, deviceId);
    if (device.revokedAt !== null) return device;
    await ctx.transaction(async (tx) => {
      await store.revokeDevice(tx, deviceId, ctx.now());
      const entry = { action: "offline_device.revoked", entityType: "OfflineDevice", entityId: deviceId };
      await audit(tx, ctx.identity, entry);
    });
    return getOwnDevice(ctx, userId, deviceId);
  });
}

/** The caller's devices, the newest first. */
export function listDevices(ctx: LearningContext, args: ConnectionArguments): Promise<Page<OfflineDevice>> {
  const { userId } = requireSignedIn(ctx.viewer);
  return paginate<OfflineDevice>({
    args,
    orderBy: [
      { field: "registeredAt", direction: "desc" },
      { field: "id", direction: "desc" },
    ],
    rows: (page) => store.findDevicePage(ctx.db, userId, page),
    count: () => store.countDevices(ctx.db, userId),
  });
}

/** @throws NOT_FOUND for a device that is not the person's own, ILLEGAL_STATE for a revoked one */
export async function getUsableDevice(ctx: LearningContext, userId: string, id: string): Promise<OfflineDevice> {
  return usable(await getOwnDevice(ctx, userId, id));
}

async function getOwnDevice(ctx: LearningContext, userId: string, id: string): Promise<OfflineDevice> {
  const device = await store.findOwnDevice(ctx.db, userId, id);
  if (device === null) throw new LenteraError("NOT_FOUND");
  return device;
}

function usable(device: OfflineDevice): OfflineDevice {
  if (device.revokedAt !== null) throw new LenteraError("ILLEGAL_STATE");
  return device;
}
