import { LenteraError } from "@lentera/kit";

/** What the database raises when the ledger refuses (see its migration), by a part of the message. */
const REFUSALS = [
  [/ledger_accounts_balance_check/, "INSUFFICIENT_BALANCE"],
  [/\bLN001\b/, "IDEMPOTENCY_CONFLICT"],
  [/\bLN002\b|\bLN003\b|transfers_reverses_id_key/, "ILLEGAL_STATE"],
  [/there is no account/, "NOT_FOUND"],
] as const;

/** Runs `work` and says the ledger's refusals in the words of the catalogue. */
export async function ledgerErrorsOf<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : "";
    const refusal = REFUSALS.find(([pattern]) => pattern.test(message));
    throw refusal === undefined ? cause : new LenteraError(refusal[1], { cause });
  }
}
