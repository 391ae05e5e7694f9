import {
  type ConnectionArguments,
  LenteraError,
  type Page,
  type RequestIdentity,
  audit,
  emit,
  invalidField,
  mapPage,
  paginate,
  refuseWhileImpersonating,
  requireSignedIn,
  system,
  toMinorUnits,
  validate,
} from "@lentera/kit";
import type { FinanceContext, Transaction } from "../context.js";
import { escrowSettled } from "../events.js";
import { escrowOf, platformAccount, walletOf } from "../ledger-account/account-key.js";
import { type NewTransfer, postTransfers } from "../transfer/post-transfer.js";
import { type DecideEscrowInput, decideEscrowRules } from "./escrow.input.js";
import { canDecideEscrow, visibleTo } from "./escrow.policy.js";
import { type Decision, type EscrowTerms, decide, settled, totalOf } from "./escrow.rules.js";
import * as store from "./escrow.store.js";
import { type DecideEscrowPayload, type Escrow, escrowFrom } from "./escrow.type.js";

const FINAL = new Set(["RELEASED", "REFUNDED", "SPLIT"]);
const OURSELVES: RequestIdentity = { viewer: system, requestId: "event", language: "id" };

/**
 * Keeps what has become known about a booking and moves the money that this allows. The first fact of a kind counts; a
 * settled escrow stays as it is.
 */
export async function noteFact(tx: Transaction, bookingId: string, facts: store.NewFacts): Promise<void> {
  const before = await store.lockEscrow(tx, bookingId);
  const known = new Map<string, unknown>(Object.entries(before));
  const news = Object.fromEntries(Object.entries(facts).filter(([name]) => (known.get(name) ?? null) === null));
  const escrow = Object.keys(news).length === 0 ? before : await store.updateEscrow(tx, before.id, news);
  const terms = store.termsOf(escrow);
  if (terms === null || FINAL.has(escrow.status)) return;
  const decision = decide({ ...escrow, terms });
  if (decision.status !== escrow.status) await move(tx, escrow, terms, decision, OURSELVES);
}

/**
 * Ends a dispute: so much of the price goes back to the payer, the rest to the tutor without the commission on it.
 * @throws INSUFFICIENT_PERMISSIONS unless the viewer is a platform administrator with `payments:refund`, themselves
 * @throws NOT_FOUND for an escrow that does not exist
 * @throws ILLEGAL_STATE for one that is not in dispute
 * @throws VALIDATION_ERROR for more than the price
 */
export async function decideEscrow(ctx: FinanceContext, input: DecideEscrowInput): Promise<DecideEscrowPayload> {
  requireSignedIn(ctx.viewer);
  refuseWhileImpersonating(ctx);
  if (!canDecideEscrow(ctx.viewer)) throw new LenteraError("INSUFFICIENT_PERMISSIONS");
  const { bookingId, refundAmount, idempotencyKey } = validate(decideEscrowRules, input);
  const once = { command: "decideEscrow", key: idempotencyKey, input: { bookingId, refundAmount } };
  await ctx.transactionOnce(once, async (tx) => {
    const [found] = await store.findEscrows(tx, {}, [bookingId]);
    if (found === undefined) throw new LenteraError("NOT_FOUND");
    const escrow = await store.lockEscrow(tx, bookingId);
    const terms = store.termsOf(escrow);
    if (escrow.status !== "DISPUTED" || terms === null) throw new LenteraError("ILLEGAL_STATE");
    const refundMinor = toMinorUnits(refundAmount, terms.currency, "input.refundAmount");
    if (refundMinor < 0n || refundMinor > terms.priceMinor)
      throw invalidField("input.refundAmount", "INVALID_FORMAT", "Give zero up to the price.");
    await move(tx, escrow, terms, settled(terms, refundMinor), ctx.identity);
    return null;
  });
  return { escrow: await getEscrow(ctx, bookingId) };
}

/** @throws NOT_FOUND for an escrow in which the viewer has no part */
export async function getEscrow(ctx: FinanceContext, bookingId: string): Promise<Escrow> {
  const [row] = await store.findEscrows(ctx.db, visibleTo(ctx.viewer), [bookingId]);
  if (row === undefined) throw new LenteraError("NOT_FOUND");
  return escrowFrom(row);
}

/** Those in which the viewer pays or earns, newest first. */
export async function listEscrows(ctx: FinanceContext, args: ConnectionArguments): Promise<Page<Escrow>> {
  const visible = visibleTo(ctx.viewer);
  const page = await paginate<store.EscrowRow>({
    args,
    orderBy: [{ field: "id", direction: "desc" }],
    rows: (query) => store.findEscrowPage(ctx.db, visible, query),
    count: () => store.countEscrows(ctx.db, visible),
  });
  return mapPage(page, escrowFrom);
}

/** The change of state with the money, the audit entry and the event, in one transaction. */
async function move(
  tx: Transaction,
  escrow: store.EscrowRow,
  terms: EscrowTerms,
  decision: Decision,
  identity: RequestIdentity,
): Promise<void> {
  const funding = escrow.status === "AWAITING_PAYMENT" ? await fundingOf(tx, escrow.bookingId, terms) : [];
  const split = "split" in decision ? decision.split : null;
  const transfers = split === null ? funding : [...funding, ...settlementOf(escrow.bookingId, terms, decision)];
  if (transfers.length > 0) await postTransfers(tx, transfers);
  await store.updateEscrow(tx, escrow.id, {
    status: decision.status,
    ...(split !== null && {
      refundedMinor: split.refundMinor,
      releasedMinor: split.payeeMinor,
      feeMinor: split.feeMinor,
      settledAt: new Date(),
    }),
  });
  const entry = { action: `escrow.${decision.status.toLowerCase()}`, entityType: "Escrow", entityId: escrow.id };
  const amounts = split && Object.fromEntries(Object.entries(split).map(([name, value]) => [name, String(value)]));
  await audit(tx, identity, {
    ...entry,
    organizationId: null,
    oldValues: { status: escrow.status },
    newValues: amounts,
  });
  if (split !== null)
    await emit(tx, escrowSettled, {
      bookingId: escrow.bookingId,
      payerId: terms.payerId,
      payeeId: terms.payeeId,
      currency: terms.currency,
      refundedMinor: String(split.refundMinor),
      releasedMinor: String(split.payeeMinor),
    });
}

/** A payment for a booking lands in its escrow at once; what is missing there comes from the payer's wallet. */
async function fundingOf(tx: Transaction, bookingId: string, terms: EscrowTerms): Promise<NewTransfer[]> {
  const escrow = escrowOf(bookingId, terms.currency);
  const missing = totalOf(terms) - (await store.balanceOf(tx, escrow));
  if (missing <= 0n) return [];
  const postings = [
    { account: walletOf(terms.payerId, terms.currency), amountMinor: -missing },
    { account: escrow, amountMinor: missing },
  ];
  const facts = { kind: "ESCROW_HOLD", description: "Lesson paid", reference: `booking:${bookingId}` } as const;
  return [{ ...facts, idempotencyKey: `escrow.held:${bookingId}`, postings }];
}

function settlementOf(bookingId: string, terms: EscrowTerms, decision: Decision): NewTransfer[] {
  if (!("split" in decision)) return [];
  const { refundMinor, payeeMinor, feeMinor } = decision.split;
  const { payerId, payeeId, currency } = terms;
  const parts = [
    ["REFUND", "Lesson refunded", walletOf(payerId, currency), refundMinor],
    ["RELEASE_TO_TUTOR", "Lesson earned", walletOf(payeeId, currency), payeeMinor],
    ["PLATFORM_FEE", "Commission and fee", platformAccount("FEES", currency), feeMinor],
  ] as const;
  return parts
    .filter(([, , , amountMinor]) => amountMinor > 0n)
    .map(([kind, description, account, amountMinor]) => ({
      kind,
      description,
      reference: `booking:${bookingId}`,
      idempotencyKey: `escrow.${kind}:${bookingId}`,
      postings: [
        { account: escrowOf(bookingId, currency), amountMinor: -amountMinor },
        { account, amountMinor },
      ],
    }));
}
