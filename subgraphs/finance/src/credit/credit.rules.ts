import type { CreditChannel } from "@lentera/prisma/finance";

/** The ledger's code of a channel's credits: each channel is a currency of its own. */
export const CREDIT_CURRENCIES: Readonly<Record<CreditChannel, string>> = { SMS: "SMS", WHATSAPP: "WAP", EMAIL: "EML" };
export const CHANNELS = ["SMS", "WHATSAPP", "EMAIL"] as const satisfies readonly CreditChannel[];
/** What credits are bought and sold for. Rates are in it, too. */
export const CREDIT_MONEY = "IDR";

const RATE = /^(\d{1,6})(?:\.(\d{1,4}))?$/;
const RATE_SCALE = 10_000n;

export function isRate(rate: string): boolean {
  return RATE.test(rate) && /[1-9]/.test(rate);
}

/** So many credits at a rate of rupiah with up to 4 decimals, rounded up to whole rupiah. */
export function priceOf(count: bigint, rate: string): bigint {
  const [, whole = "0", fraction = ""] = RATE.exec(rate) ?? [];
  const scaled = BigInt(whole + fraction.padEnd(4, "0")) * count;
  return (scaled + RATE_SCALE - 1n) / RATE_SCALE;
}
