import { parseExact } from "./json.js";
import { ProviderError, type ProviderName } from "./provider.js";

export interface ProviderCall {
  readonly provider: ProviderName;
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly timeoutMs: number;
}

export interface ProviderAnswer {
  readonly httpStatus: number;
  /** Parsed by `parseExact`; undefined when it was not JSON. */
  readonly body: unknown;
}

/** Long enough for a bank behind the provider, shorter than a payer's patience. */
export const DEFAULT_TIMEOUT_MS = 10_000;
const LONGEST_ANSWER_BYTES = 4 * 1024 * 1024;
/** Errors before a byte of the request went out. */
const NEVER_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);
/** Client errors after which the work may still be done: too slow, a conflict with work under way, too early. */
const UNSURE_CLIENT_ERRORS = new Set([406, 408, 409, 425]);

/**
 * One call over HTTP. @throws ProviderError REFUSED when no connection came about, UNKNOWN when the answer did not come
 */
export async function callProvider(call: ProviderCall): Promise<ProviderAnswer> {
  try {
    const response = await fetch(call.url, {
      method: call.method,
      headers: { accept: "application/json", "content-type": "application/json", ...call.headers },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      redirect: "error",
      signal: AbortSignal.timeout(call.timeoutMs),
    });
    return { httpStatus: response.status, body: parseExact(await readText(response)) };
  } catch (error) {
    const outcome = NEVER_SENT.has(connectionError(error)) ? "REFUSED" : "UNKNOWN";
    throw new ProviderError(call.provider, outcome, `no answer to ${call.method} ${new URL(call.url).pathname}`, {
      cause: error,
    });
  }
}

/** What a failed status means: certainly not done for the client's errors, possibly done for all others. */
export function outcomeOf(httpStatus: number): "REFUSED" | "UNKNOWN" {
  const refused = httpStatus >= 400 && httpStatus < 500 && !UNSURE_CLIENT_ERRORS.has(httpStatus);
  return refused ? "REFUSED" : "UNKNOWN";
}

export function basicAuthorization(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

/** @throws ProviderError REFUSED when a key that the call needs is not set */
export function requireKey(provider: ProviderName, ...keys: string[]): void {
  if (keys.includes("")) throw new ProviderError(provider, "REFUSED", "the API key is not set");
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const stream: AsyncIterable<Uint8Array> | null = response.body;
  for await (const chunk of stream ?? []) {
    bytes += chunk.byteLength;
    if (bytes > LONGEST_ANSWER_BYTES) throw new RangeError("The answer is too long.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function connectionError(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}
