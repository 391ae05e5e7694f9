import { LenteraError, type SignedInViewer, invalidField } from "@lentera/kit";
import type { PaymentPurpose } from "@lentera/prisma/finance";
import type { Transaction } from "../context.js";
import type { AccountOwner } from "./payment.ledger.js";

/** What is asked for a thing, and where the money goes. */
export interface Price {
  readonly amountMinor: bigint;
  readonly currency: string;
  /** For people; 1 to 200 characters. */
  readonly description: string;
  /** For whom the payment is made, where that is an organization. */
  readonly organizationId: string | null;
  readonly destination: AccountOwner;
}

/** How a feature says what its things cost: the payer never does. */
export interface PurposeDefinition {
  /** Whether a thing can be paid only once. */
  readonly isSingle: boolean;
  /**
   * @param wished what the payer wants to pay, in minor units; null when nothing was said
   * @throws NOT_FOUND for a thing that is not this payer's to pay
   */
  price(
    tx: Transaction,
    payer: SignedInViewer,
    wish: { readonly referenceId: string; readonly amountMinor: bigint | null; readonly currency: string },
  ): Promise<Price>;
}

/** A payer's own wallet takes what the payer wants to put in. */
const topUp: PurposeDefinition = {
  isSingle: false,
  price: async (_tx, payer, { referenceId, amountMinor, currency }) => {
    if (referenceId !== payer.userId) throw new LenteraError("NOT_FOUND");
    if (amountMinor === null)
      throw invalidField("input.amount", "REQUIRED_FIELD_MISSING", "Say how much to put into the wallet.");
    const destination = { ownerKind: "USER", ownerId: payer.userId, purpose: "WALLET" } as const;
    return { amountMinor, currency, description: "Isi saldo / wallet top-up", organizationId: null, destination };
  },
};

/** What can be paid for. A feature adds its purpose here when its things have prices. */
export const PURPOSES: Readonly<Partial<Record<PaymentPurpose, PurposeDefinition>>> = { TOP_UP: topUp };
