import ipaddr from "ipaddr.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long after the first, second, … failed attempt the next one is made (Standard Webhooks' recommendation). */
const RETRY_DELAYS_MS: readonly number[] = [
  5_000,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  10 * HOUR_MS,
];
/** An endpoint that has answered nothing well for this long is disabled. */
export const DISABLE_AFTER_MS = 120 * HOUR_MS;
/** After a rotation both secrets sign for this long. */
export const ROTATION_OVERLAP_MS = 24 * HOUR_MS;
/** Events that one replay may send again. */
export const MAXIMUM_REPLAY = 10_000;

/** What an attempt leads to: the time of the next one, or null when it was the last. */
export function nextAttemptAt(attempts: number, now: Date): Date | null {
  const delay = RETRY_DELAYS_MS[attempts - 1];
  return delay === undefined ? null : new Date(now.getTime() + delay);
}

/** Whether an endpoint that has just failed again has failed for too long. */
export function mustDisable(failingSince: Date, now: Date): boolean {
  return now.getTime() - failingSince.getTime() >= DISABLE_AFTER_MS;
}

/**
 * Whether an address is out in the internet: not private, loopback, link-local, shared (CGNAT), multicast, reserved,
 * and not one that stands for an IPv4 address (mapped, 6to4, NAT64, Teredo), behind which any of those can hide.
 */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === "unicast";
}

/** What is wrong with a URL as a webhook's, in a sentence; undefined when nothing is. Names are resolved when connecting. */
export function urlProblem(text: string, allowsPrivate: boolean): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["https:", "http:"].includes(url.protocol)) return "This is not an https:// address.";
  if (text.length > 2000) return "An address has at most 2000 characters.";
  if (url.username !== "" || url.password !== "") return "An address must not contain a password.";
  if (allowsPrivate) return undefined;
  if (url.protocol !== "https:") return "Webhooks are sent over https:// only.";
  const host = url.hostname.replaceAll(/^\[|\]$/g, "");
  const isOurs =
    host === "localhost" || host.endsWith(".localhost") || (ipaddr.isValid(host) && !isPublicAddress(host));
  return isOurs ? "This address cannot be reached from the internet." : undefined;
}
