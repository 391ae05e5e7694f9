import { type LookupAddress, lookup as systemLookup } from "node:dns";
import { isIP } from "node:net";
import { Agent, request } from "undici";
import { isPublicAddress } from "./webhook.rules.js";

const TIMEOUT_MS = 10_000;
const MAXIMUM_RESPONSE_BYTES = 64 * 1024;
const KEPT_CHARACTERS = 2_000;

/** Names to addresses, all of them. */
export type Resolve = (host: string) => Promise<LookupAddress[]>;

/** What came back. `error` is set when nothing did, or too much. */
export interface SendResult {
  readonly responseCode: number | null;
  /** The first 2,000 characters. */
  readonly responseBody: string | null;
  readonly durationMs: number;
  readonly error: string | null;
}

export interface WebhookSender {
  /** In development: may reach this very machine and its neighbours. */
  readonly allowsPrivate: boolean;
  /** Sends one POST. Never throws; never follows a redirect; gives up after 10 s and after 64 KB of answer. */
  send(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<SendResult>;
  close(): Promise<void>;
}

const resolveBySystem: Resolve = (host) =>
  new Promise((resolve, reject) =>
    systemLookup(host, { all: true }, (error, addresses) => (error === null ? resolve(addresses) : reject(error))),
  );

/**
 * Sends webhooks to public addresses only. A name is resolved while connecting and the connection is made to the very
 * addresses that were checked, so a name that changes its address between two look-ups gains nothing.
 */
export function createWebhookSender(options: { allowsPrivate: boolean; resolve?: Resolve }): WebhookSender {
  const { allowsPrivate, resolve = resolveBySystem } = options;
  const isAllowed = (address: string): boolean => allowsPrivate || isPublicAddress(address);
  const agent = new Agent({
    connect: {
      timeout: TIMEOUT_MS,
      lookup: (host, { all }, done) => {
        resolve(host).then(
          (addresses) => {
            const [first] = addresses;
            if (first === undefined || !addresses.every(({ address }) => isAllowed(address)))
              done(new ForbiddenAddress(), []);
            else if (all === true) done(null, addresses);
            else done(null, first.address, first.family);
          },
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), []),
        );
      },
    },
  });
  return {
    allowsPrivate,
    send: async (url, headers, body) => {
      const startedAt = performance.now();
      const result = await attempt(agent, { url, headers, body, isAllowed }).catch((error: unknown) => ({
        responseCode: null,
        responseBody: null,
        error: reasonOf(error),
      }));
      return { ...result, durationMs: Math.round(performance.now() - startedAt) };
    },
    close: () => agent.destroy(),
  };
}

class ForbiddenAddress extends Error {
  override readonly name = "ForbiddenAddress";
}

async function attempt(
  dispatcher: Agent,
  {
    url,
    headers,
    body,
    isAllowed,
  }: { url: string; headers: Readonly<Record<string, string>>; body: string; isAllowed: (address: string) => boolean },
): Promise<Omit<SendResult, "durationMs">> {
  // A connection to an address, unlike one to a name, asks no resolver.
  const host = new URL(url).hostname.replaceAll(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !isAllowed(host)) throw new ForbiddenAddress();
  const response = await request(url, {
    dispatcher,
    method: "POST",
    headers: { "content-type": "application/json", "user-agent": "Lentera-Webhooks/1", ...headers },
    body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const { statusCode: responseCode } = response;
  const { text, isWhole } = await readSome(response.body);
  const responseBody = text.replaceAll("\u0000", "").slice(0, KEPT_CHARACTERS);
  return { responseCode, responseBody, error: isWhole ? null : "The answer was larger than 64 KB." };
}

async function readSome(stream: AsyncIterable<Uint8Array>): Promise<{ text: string; isWhole: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > MAXIMUM_RESPONSE_BYTES) return { text: Buffer.concat(chunks).toString(), isWhole: false };
    chunks.push(chunk);
  }
  return { text: Buffer.concat(chunks).toString(), isWhole: true };
}

/** For the integrator: why there was no answer, without saying what our network looks like. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "The connection failed.";
  if (error instanceof ForbiddenAddress) return "This address cannot be reached from the internet.";
  if (error.name === "TimeoutError" || error.name === "ConnectTimeoutError") return "No answer came within 10 seconds.";
  const code = "code" in error && typeof error.code === "string" ? ` (${error.code})` : "";
  return `The connection failed${code}.`;
}
