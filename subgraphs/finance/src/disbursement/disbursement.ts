import type { WebhookDelivery } from "../provider/provider.js";

/** Money to a bank account, as a provider is asked for it. */
export interface DisbursementRequest {
  /** Ours, never used twice: it is what keeps a repeated request from paying twice. */
  readonly reference: string;
  /** What the bank account gets, in minor units. */
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly bankCode: string;
  readonly holderName: string;
  readonly accountNumber: string;
  readonly description: string;
}

/** RETURNED: it was paid, and the bank has sent it back. ABSENT: the provider has never heard of it. */
export interface DisbursementAnswer {
  readonly status: "PENDING" | "PAID" | "FAILED" | "RETURNED" | "ABSENT";
  readonly ref: string | null;
  readonly reason: string | null;
}

export interface DisbursementProvider {
  readonly name: string;
  /**
   * Safe to repeat with the same reference.
   * @throws ProviderError REFUSED when it has certainly not been accepted, UNKNOWN when it may have been
   */
  create(request: DisbursementRequest): Promise<DisbursementAnswer>;
  /** @throws ProviderError when the question was not answered */
  find(reference: string): Promise<DisbursementAnswer>;
  /** @returns our reference of what an authentic delivery is about; null for anything else. The delivery proves no state. */
  readWebhook(delivery: WebhookDelivery): string | null;
}
