import { z } from "zod";
import { signBankRequest } from "./bank-signature.js";

/** An application as the bank gets it; amounts are digits in minor units. */
export interface BankApplication {
  /** Ours, never used twice: it keeps a repeated request from becoming a second application. */
  readonly reference: string;
  readonly product: string;
  readonly amountMinor: string;
  readonly currency: string;
  readonly months: number;
  readonly purpose: string;
  readonly businessName: string;
  readonly identityNumber: string;
  readonly score: number;
  readonly documents: readonly { readonly kind: string; readonly sha256: string }[];
}

/** What a bank says about an application. */
const BANK_STATUSES = ["RECEIVED", "UNDER_REVIEW", "DOCUMENTS_REQUESTED", "APPROVED", "REJECTED", "DISBURSED"] as const;
const answer = z.object({
  reference: z.string(),
  status: z.enum(BANK_STATUSES),
  reason: z.string().max(500).nullish().default(null),
});
export type BankAnswer = z.output<typeof answer>;

/** REFUSED: the bank certainly does not have it. UNKNOWN: it may have it, so it must be asked before it is told again. */
export class BankError extends Error {
  constructor(
    readonly outcome: "REFUSED" | "UNKNOWN",
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "BankError";
  }
}

export interface BankConnection {
  readonly code: string;
  readonly endpointUrl: string;
  readonly secret: string;
  readonly timeoutMs: number;
}

/** Client errors after which the work may still be done. */
const UNSURE_CLIENT_ERRORS = new Set([408, 409, 425, 429]);

/** Safe to repeat: the bank knows an application by its reference. @throws BankError */
export async function submitToBank(
  bank: BankConnection,
  application: BankApplication,
  nowMs: number,
): Promise<BankAnswer> {
  const { status, body } = await call(bank, "POST", "/v1/applications", JSON.stringify(application), nowMs);
  if (status >= 200 && status < 300) return parsed(body);
  const isRefused = status >= 400 && status < 500 && !UNSURE_CLIENT_ERRORS.has(status);
  throw new BankError(isRefused ? "REFUSED" : "UNKNOWN", `The bank answered ${status}.`);
}

/** @returns null when the bank has never heard of it @throws BankError UNKNOWN when the question was not answered */
export async function findAtBank(bank: BankConnection, reference: string, nowMs: number): Promise<BankAnswer | null> {
  const { status, body } = await call(bank, "GET", `/v1/applications/${reference}`, "", nowMs);
  if (status === 404) return null;
  if (status === 200) return parsed(body);
  throw new BankError("UNKNOWN", `The bank answered ${status}.`);
}

function parsed(body: unknown): BankAnswer {
  const { data } = answer.safeParse(body);
  if (data === undefined) throw new BankError("UNKNOWN", "The bank's answer is not one.");
  return data;
}

async function call(bank: BankConnection, method: "GET" | "POST", path: string, body: string, nowMs: number) {
  const headers = signBankRequest(bank.secret, { audience: "bank", bankCode: bank.code, method, path, body }, nowMs);
  try {
    const response = await fetch(new URL(path, bank.endpointUrl), {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...(method === "POST" && { body }),
      redirect: "error",
      signal: AbortSignal.timeout(bank.timeoutMs),
    });
    const answered: unknown = await response.json().catch(() => null);
    return { status: response.status, body: answered };
  } catch (cause) {
    throw new BankError("UNKNOWN", "The bank did not answer.", { cause });
  }
}
