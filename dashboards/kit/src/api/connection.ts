import { createClient } from "graphql-ws";
import { useSyncExternalStore } from "react";
import { ENDPOINT } from "./post.js";
import { getLocale } from "../i18n/locale.js";
import { session } from "../session/session.js";

/** "idle": nothing on screen is live; the others speak for what is. */
export type Connection = "idle" | "connecting" | "live" | "offline";

let socketState: Exclude<Connection, "offline"> = "idle";
const listeners = new Set<() => void>();
const reconnectListeners = new Set<() => void>();

function change(next: typeof socketState): void {
  socketState = next;
  for (const listener of listeners) listener();
}

for (const type of ["online", "offline"]) {
  window.addEventListener(type, () => {
    for (const listener of listeners) listener();
  });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function current(): Connection {
  return navigator.onLine ? socketState : "offline";
}

/** How live the page is right now. */
export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, current);
}

/** Calls back after a lost socket is back, because it does not replay what was missed. */
export function onReconnect(listener: () => void): () => void {
  reconnectListeners.add(listener);
  return () => reconnectListeners.delete(listener);
}

/** The one socket of the page: opened with the first subscription, closed a while after the last. */
export function createSocket() {
  let lost = false;
  return createClient({
    url: () => `${window.location.origin.replace(/^http/, "ws")}${ENDPOINT}`,
    lazy: true,
    lazyCloseTimeout: 5_000,
    keepAlive: 20_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => session.signedIn,
    connectionParams: async () => {
      if (session.needsRenewal) await session.renew();
      return { authorization: `Bearer ${session.token ?? ""}`, language: getLocale() };
    },
    on: {
      connecting: () => change("connecting"),
      connected: () => {
        change("live");
        if (lost) for (const listener of reconnectListeners) listener();
        lost = false;
      },
      closed: (event) => {
        const clean = event instanceof CloseEvent && event.wasClean && event.code === 1000;
        lost ||= !clean;
        change(clean ? "idle" : "connecting");
      },
    },
  });
}
