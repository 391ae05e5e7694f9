import {
  LenteraError,
  asSystem,
  audit,
  emit,
  invalidField,
  refuseWhileImpersonating,
  requireSignedIn,
  toMoney,
  validate,
} from "@lentera/kit";
import type { CreditChannel } from "@lentera/prisma/finance";
import type { FinanceContext, Transaction } from "../context.js";
import { creditsLow } from "../events.js";
import { placeHold, releaseHold } from "../hold/hold.js";
import { organizationWallet, platformAccount } from "../ledger-account/account-key.js";
import { postTransfer } from "../transfer/post-transfer.js";
import * as rules from "./credit.input.js";
import { canBuyCredits, canSeeCredits, canSpendCredits } from "./credit.policy.js";
import { CHANNELS, CREDIT_CURRENCIES, CREDIT_MONEY, priceOf } from "./credit.rules.js";
import * as store from "./credit.store.js";
import type {
  CreditReservation,
  CreditReservationPayload,
  CreditUsage,
  CreditWallet,
  CreditWalletPayload,
} from "./credit.type.js";

const DAY_MS = 86_400_000;

/** None for an organization whose credits the viewer may not see: whatever else is asked about it is still answered. */
export async function listWallets(ctx: FinanceContext, organizationId: string): Promise<CreditWallet[]> {
  if (!canSeeCredits(ctx.viewer, organizationId)) return [];
  const rows = await asSystem(() => store.findWallets(ctx.db, organizationId));
  return rows.map(({ spentMinor, ...row }) => ({
    ...row,
    organizationId,
    available: row.balance - row.reserved,
    totalSpent: toMoney(spentMinor, CREDIT_MONEY),
  }));
}

export async function getWallet(
  ctx: FinanceContext,
  organizationId: string,
  channel: CreditChannel,
): Promise<CreditWallet> {
  const wallet = (await listWallets(ctx, organizationId)).find((one) => one.channel === channel);
  if (wallet === undefined) throw new LenteraError("NOT_FOUND");
  return wallet;
}

/**
 * Buys credits with the organization's money, at once or not at all.
 * @throws INSUFFICIENT_PERMISSIONS unless the viewer may spend the organization's money, themselves
 * @throws NOT_FOUND for an unknown package
 * @throws INSUFFICIENT_BALANCE when the organization has less money, or the platform fewer credits
 */
export async function buyCredits(ctx: FinanceContext, input: rules.BuyCreditsInput): Promise<CreditWalletPayload> {
  requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  const { organizationId } = ctx.viewer;
  if (organizationId === null || !canBuyCredits(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  const { idempotencyKey, ...wish } = validate(rules.buyCreditsRules, input);
  const facts = { ...wish, count: wish.count == null ? null : String(wish.count), organizationId };
  const once = { command: "buyCredits", key: idempotencyKey, input: facts };
  const channel = await asSystem(() =>
    ctx.transactionOnce(once, async (tx) => {
      const wanted = await wantedOf(tx, organizationId, wish);
      const code = CREDIT_CURRENCIES[wanted.channel];
      const { id } = await postTransfer(tx, {
        kind: "CREDIT_SALE",
        description: "Messaging credits",
        idempotencyKey: `buyCredits:${organizationId}:${ctx.viewer.userId}:${idempotencyKey}`,
        postings: [
          { account: organizationWallet(organizationId, CREDIT_MONEY), amountMinor: -wanted.priceMinor },
          { account: platformAccount("REVENUE", CREDIT_MONEY), amountMinor: wanted.priceMinor },
          { account: platformAccount("WALLET", code), amountMinor: -wanted.count },
          { account: organizationWallet(organizationId, code), amountMinor: wanted.count },
        ],
      });
      await store.insertSale(tx, { organizationId, ...wanted, currency: CREDIT_MONEY, transferId: id });
      await alertWhenLow(tx, organizationId, wanted.channel);
      const entry = { action: "credits.bought", entityType: "Transfer", entityId: id, organizationId };
      await audit(tx, ctx.identity, { ...entry, newValues: { ...facts, priceMinor: String(wanted.priceMinor) } });
      return wanted.channel;
    }),
  );
  return { wallet: await getWallet(ctx, organizationId, channel) };
}

async function wantedOf(
  tx: Transaction,
  organizationId: string,
  {
    packageId,
    channel,
    count,
  }: {
    packageId?: string | null | undefined;
    channel?: CreditChannel | null | undefined;
    count?: bigint | null | undefined;
  },
): Promise<{ channel: CreditChannel; count: bigint; priceMinor: bigint }> {
  if (packageId == null) {
    if (channel == null || count == null) throw new LenteraError("VALIDATION_ERROR");
    return { channel, count, priceMinor: priceOf(count, await store.findRate(tx, organizationId, channel)) };
  }
  const offer = await store.findPackage(tx, packageId);
  if (offer === null) throw new LenteraError("NOT_FOUND");
  return { channel: offer.channel, count: offer.count, priceMinor: offer.priceMinor };
}

/** When to be warned. @throws INSUFFICIENT_PERMISSIONS unless the viewer may spend the organization's money */
export async function updateAlert(
  ctx: FinanceContext,
  input: rules.UpdateCreditAlertInput,
): Promise<CreditWalletPayload> {
  const { organizationId } = ctx.viewer;
  if (organizationId === null || !canBuyCredits(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  const { channel, lowBalanceThreshold, autoAlertEnabled } = validate(rules.updateCreditAlertRules, input);
  await asSystem(() =>
    ctx.transaction(async (tx) => {
      const changes = { lowBalanceThreshold: BigInt(lowBalanceThreshold), autoAlertEnabled };
      await store.updateAlert(tx, organizationId, channel, changes);
      const entry = { action: "credit_alert.updated", entityType: "CreditWallet", entityId: organizationId };
      await audit(tx, ctx.identity, { ...entry, newValues: { channel, lowBalanceThreshold, autoAlertEnabled } });
    }),
  );
  return { wallet: await getWallet(ctx, organizationId, channel) };
}

/**
 * Keeps credits back for a bulk send, before its first message: so no two sends spend the same credit. They free
 * themselves after a day.
 * @throws INSUFFICIENT_PERMISSIONS unless the viewer sends messages for the organization
 * @throws INSUFFICIENT_BALANCE when fewer are available
 */
export async function reserveCredits(
  ctx: FinanceContext,
  input: rules.ReserveCreditsInput,
): Promise<CreditReservationPayload> {
  const organizationId = requireSender(ctx);
  const { idempotencyKey, channel, count } = validate(rules.reserveCreditsRules, input);
  const once = {
    command: "reserveCredits",
    key: idempotencyKey,
    input: { organizationId, channel, count: String(count) },
  };
  const id = await asSystem(() =>
    ctx.transactionOnce(once, async (tx) => {
      const hold = await placeHold(tx, {
        account: organizationWallet(organizationId, CREDIT_CURRENCIES[channel]),
        amountMinor: count,
        reason: "Bulk send",
        idempotencyKey: `reserveCredits:${organizationId}:${ctx.viewer.userId}:${idempotencyKey}`,
        expiresAt: new Date(ctx.now().getTime() + DAY_MS),
      });
      await alertWhenLow(tx, organizationId, channel);
      return hold.id;
    }),
  );
  return { reservation: await getReservation(ctx, organizationId, id) };
}

/**
 * Spends reserved credits on messages that were sent.
 * @throws NOT_FOUND for a reservation of another organization
 * @throws ILLEGAL_STATE when it has ended or keeps fewer back
 */
export async function consumeCredits(
  ctx: FinanceContext,
  input: rules.ConsumeCreditsInput,
): Promise<CreditReservationPayload> {
  const organizationId = requireSender(ctx);
  const { idempotencyKey, reservationId, count } = validate(rules.consumeCreditsRules, input);
  const { channel } = await getReservation(ctx, organizationId, reservationId);
  const code = CREDIT_CURRENCIES[channel];
  const once = { command: "consumeCredits", key: idempotencyKey, input: { reservationId, count: String(count) } };
  await asSystem(() =>
    ctx.transactionOnce(once, async (tx) => {
      const { id } = await postTransfer(tx, {
        kind: "CREDIT_USE",
        description: "Messages sent",
        reference: `credit-reservation:${reservationId}`,
        idempotencyKey: `consumeCredits:${reservationId}:${idempotencyKey}`,
        postings: [
          { account: organizationWallet(organizationId, code), amountMinor: -count },
          { account: platformAccount("USAGE", code), amountMinor: count },
        ],
        captures: [{ holdId: reservationId, amountMinor: count, endsHold: false }],
      });
      return id;
    }),
  );
  return { reservation: await getReservation(ctx, organizationId, reservationId) };
}

/** Sets free what is still reserved; none left is no error. @throws NOT_FOUND for a reservation of another organization */
export async function releaseCredits(
  ctx: FinanceContext,
  { reservationId }: rules.ReleaseCreditsInput,
): Promise<CreditReservationPayload> {
  const organizationId = requireSender(ctx);
  const { channel } = await getReservation(ctx, organizationId, reservationId);
  await asSystem(() =>
    ctx.transaction(async (tx) => {
      await releaseHold(tx, reservationId);
      await alertWhenLow(tx, organizationId, channel);
    }),
  );
  return { reservation: await getReservation(ctx, organizationId, reservationId) };
}

/** Credits spent by day and channel, at most 366 days; none for who may not see them. @throws VALIDATION_ERROR */
export async function reportUsage(
  ctx: FinanceContext,
  organizationId: string,
  from: string,
  to: string,
): Promise<CreditUsage[]> {
  if (!canSeeCredits(ctx.viewer, organizationId)) return [];
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
  if (days < 0 || days > 366) throw invalidField("to", "INVALID_FORMAT", "Give 1 to 366 days.");
  return asSystem(() => store.findUsage(ctx.db, organizationId, from, to));
}

/** Tells once for each crossing that few credits are left. */
export async function alertWhenLow(tx: Transaction, organizationId: string, channel: CreditChannel): Promise<void> {
  const crossed = await store.noteLevel(tx, organizationId, channel);
  if (crossed !== null) {
    const { available, threshold } = crossed;
    await emit(tx, creditsLow, { organizationId, channel, available, threshold });
  }
}

function requireSender(ctx: FinanceContext): string {
  const { organizationId } = ctx.viewer;
  refuseWhileImpersonating(ctx);
  if (organizationId === null || !canSpendCredits(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  return organizationId;
}

async function getReservation(ctx: FinanceContext, organizationId: string, id: string): Promise<CreditReservation> {
  const hold = await asSystem(() => store.findReservation(ctx.db, id));
  const channel = CHANNELS.find((one) => CREDIT_CURRENCIES[one] === hold?.account.currency);
  if (hold === null || channel === undefined || hold.account.ownerId !== organizationId)
    throw new LenteraError("NOT_FOUND");
  return { id, channel, remaining: Number(hold.remainingMinor), consumed: Number(hold.capturedMinor) };
}
