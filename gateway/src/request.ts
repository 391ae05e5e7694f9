import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { type Language, LenteraError, type RequestIdentity } from "@lentera/kit";
import type { Logger } from "pino";
import type { Bill } from "./quotas.js";
import type { SubgraphResponse } from "./sources/source.js";

/** What belongs to one operation on its way through the gateway; Apollo Server's context value. */
export interface RequestScope {
  readonly identity: RequestIdentity;
  /** Carries the request id. */
  readonly logger: Logger;
  /** What this operation is charged to; unset where nothing is charged, as for the events of a subscription. */
  readonly bill?: Bill | undefined;
  /** What the client calls itself, when it says so. */
  readonly client?: string | undefined;
  /** Set for one event of a subscription: the answer that the primary subgraph has already given. */
  readonly event?: SubgraphResponse;
  /** Set for the events of a subscription: entity fetches that carry the same one see the same and may travel together. */
  readonly stream?: object;
  /** Set to begin a subscription: the cursor of the last event that was seen. */
  readonly resumeFrom?: string | undefined;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
  /** Set when the answer goes out as text and nobody looks into its data before. */
  readonly takesText?: boolean;
}

/** The scope of the operation being worked on, for code that Apollo Server calls without a context. */
export const currentScope = new AsyncLocalStorage<RequestScope>();

/** @throws when no operation is being worked on. */
export function scopeOrThrow(): RequestScope {
  const scope = currentScope.getStore();
  if (scope === undefined) throw new Error("This happens outside of any request.");
  return scope;
}

const SANE_REQUEST_ID = /^[\w.:-]{1,128}$/;

/** The caller's own id when it is short and plain, otherwise a new one. */
export function requestIdFrom(header: string | readonly string[] | undefined): string {
  return typeof header === "string" && SANE_REQUEST_ID.test(header) ? header : randomUUID();
}

/** The first language of an `accept-language` header that we speak, by its quality; Indonesian otherwise. */
export function languageFrom(header: string | undefined): Language {
  const ranges = (header ?? "").slice(0, 500).split(",").map(parseRange);
  const best = ranges
    .filter(({ language, quality }) => language !== undefined && quality > 0)
    .reduce<{ language: Language; quality: number } | undefined>(
      (first, { language, quality }) =>
        language !== undefined && quality > (first?.quality ?? 0) ? { language, quality } : first,
      undefined,
    );
  return best?.language ?? "id";
}

function parseRange(range: string): { language: Language | undefined; quality: number } {
  const [tag = "", ...parameters] = range.trim().toLowerCase().split(";");
  const primary = tag.split("-")[0];
  const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
  return { language: primary === "id" || primary === "en" ? primary : undefined, quality: Number(quality ?? 1) };
}

/** The address of the client, as the outermost of `trustedProxies` proxies in front of us saw it. */
export function clientAddress(
  {
    headers,
    remoteAddress = "",
  }: { readonly headers: IncomingHttpHeaders; readonly remoteAddress: string | undefined },
  trustedProxies: number,
): string {
  const forwarded = [headers["x-forwarded-for"] ?? []].flat().join(",");
  const hops = [...forwarded.split(","), remoteAddress].map((hop) => hop.trim()).filter((hop) => hop !== "");
  return hops[Math.max(hops.length - 1 - trustedProxies, 0)] ?? "";
}

/** The credentials of a request: `x-api-key` says the same as `Authorization: Bearer`. @throws INVALID_TOKEN for both at once */
export function authorizationFrom({ authorization, "x-api-key": apiKey }: IncomingHttpHeaders): string | undefined {
  if (apiKey === undefined) return authorization;
  if (authorization !== undefined || typeof apiKey !== "string") throw new LenteraError("INVALID_TOKEN");
  return `Bearer ${apiKey}`;
}

const SANE_CLIENT_NAME = /^[\w.:@/ -]{1,64}$/;

/** The header by which clients of GraphQL say what they are called; nothing when it is long or odd. */
export function clientNameFrom(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === "string" && SANE_CLIENT_NAME.test(header) ? header : undefined;
}

const USER_AGENT_LENGTH = 300;

export function userAgentFrom(header: string | undefined): string | undefined {
  return header?.slice(0, USER_AGENT_LENGTH);
}
