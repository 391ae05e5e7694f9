import { type ConnectionArguments, LenteraError, type Page, audit, paginate, validate, wholePage } from "@lentera/kit";
import { requirePersonThemselves } from "../account/account.policy.js";
import { accountEntry } from "../account/account.service.js";
import type { OrganizationContext, Transaction } from "../context.js";
import {
  type AddAddressInput,
  type AddressValues,
  type UpdateAddressInput,
  addAddressRules,
  updateAddressRules,
} from "./address.input.js";
import * as store from "./address.store.js";
import type { AddAddressPayload, Address, RemoveAddressPayload, UpdateAddressPayload } from "./address.type.js";

const MOST_ADDRESSES = 20;

/** Oldest first. Empty unless `userId` is the viewer. */
export async function listOwnAddresses(
  ctx: OrganizationContext,
  userId: string,
  args: ConnectionArguments,
): Promise<Page<Address>> {
  if (ctx.viewer.userId !== userId) return wholePage<Address>([]);
  return paginate<Address>({
    args,
    orderBy: [
      { field: "createdAt", direction: "asc" },
      { field: "id", direction: "asc" },
    ],
    rows: (page) => store.findAddressPage(ctx.db, userId, page),
    count: () => store.countAddresses(ctx.db, userId),
  });
}

/**
 * Adds an address of the caller's; the first one is the primary one.
 * @throws VALIDATION_ERROR with every bad field, LIMIT_EXCEEDED after 20, IDEMPOTENCY_CONFLICT
 */
export async function addAddress(ctx: OrganizationContext, input: AddAddressInput): Promise<AddAddressPayload> {
  const { userId } = requirePersonThemselves(ctx.viewer);
  const { idempotencyKey: key, ...values } = validate(addAddressRules, input);
  const id = await ctx.transactionOnce({ command: "addAddress", key, input: values }, async (tx) => {
    await store.lockAddresses(tx, userId);
    const count = await store.countAddresses(tx, userId);
    if (count >= MOST_ADDRESSES) throw new LenteraError("LIMIT_EXCEEDED");
    const isPrimary = await makeRoom(tx, userId, values.isPrimary || count === 0);
    const addressId = await store.insertAddress(tx, userId, { ...values, isPrimary });
    await audit(tx, ctx.identity, entryOf(userId, addressId, "address.added"));
    return addressId;
  });
  return { address: await getOwnAddress(ctx.db, userId, id) };
}

/** @throws NOT_FOUND for an address that is not the caller's, VALIDATION_ERROR with every bad field */
export async function updateAddress(
  ctx: OrganizationContext,
  input: UpdateAddressInput,
): Promise<UpdateAddressPayload> {
  const { userId } = requirePersonThemselves(ctx.viewer);
  const { addressId, ...values } = validate(updateAddressRules, input);
  return ctx.transaction(async (tx) => {
    await store.lockAddresses(tx, userId);
    await getOwnAddress(tx, userId, addressId);
    await changeAddress(tx, userId, addressId, values);
    await audit(tx, ctx.identity, entryOf(userId, addressId, "address.updated"));
    return { address: await getOwnAddress(tx, userId, addressId) };
  });
}

/** @throws NOT_FOUND for an address that is not the caller's */
export async function removeAddress(ctx: OrganizationContext, addressId: string): Promise<RemoveAddressPayload> {
  const { userId } = requirePersonThemselves(ctx.viewer);
  return ctx.transaction(async (tx) => {
    if (!(await store.deleteAddress(tx, userId, addressId))) throw new LenteraError("NOT_FOUND");
    await audit(tx, ctx.identity, entryOf(userId, addressId, "address.removed"));
    return { addressId };
  });
}

async function changeAddress(tx: Transaction, userId: string, id: string, values: AddressValues): Promise<void> {
  await makeRoom(tx, userId, values.isPrimary);
  await store.updateAddress(tx, id, values);
}

/** There is one primary address: a new one takes the old one's place. */
async function makeRoom(tx: Transaction, userId: string, isPrimary: boolean): Promise<boolean> {
  if (isPrimary) await store.clearPrimary(tx, userId);
  return isPrimary;
}

async function getOwnAddress(tx: Transaction, userId: string, id: string): Promise<Address> {
  const address = await store.findAddress(tx, userId, id);
  if (address === null) throw new LenteraError("NOT_FOUND");
  return address;
}

function entryOf(userId: string, addressId: string, action: string) {
  return { ...accountEntry(userId, action), entityType: "Address", entityId: addressId };
}
