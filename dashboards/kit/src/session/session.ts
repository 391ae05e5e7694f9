import { CombinedError } from "@urql/core";
import { post } from "../api/post.js";
import {
  RefreshSessionDocument,
  SignInDocument,
  SignOutDocument,
  type SignInInput,
  type SignInMutation,
} from "../gql/graphql.js";

/** Shared by the three dashboards, which are one origin: signed in to one is signed in to all. */
const REFRESH_TOKEN = "lentera.refresh";
/** Set when the reader did not ask to be remembered: the session then ends with the browser. */
const ENDS_WITH_BROWSER = "lentera.endsWithBrowser";
const BROWSER_IS_OPEN = "lentera_open=1";
/**
 * Which refresh token is the newest, by a number that tells nothing of it. A cookie is the same for all tabs at once, while
 * a value that another tab has put into local storage can arrive after the lock under which it was put there.
 */
const NEWEST_TOKEN = "lentera_newest";
/** Of the exchange under way. It outlives the page, so that a lost answer can be asked for again. */
const EXCHANGE_KEY = "lentera.refreshKey";
const NEWEST_TOKEN_ARRIVES_WITHIN_MS = 2_000;
/** A token this close to its end is renewed before it is used. */
const RENEW_BEFORE_MS = 30_000;

type Tokens = SignInMutation["signIn"];

interface Access {
  readonly token: string;
  readonly expiresAtMs: number;
  readonly userId: string;
}

let access: Access | undefined;
let renewal: Promise<void> | undefined;
let epoch = 0;
const listeners = new Set<() => void>();

function notify(): void {
  epoch += 1;
  for (const listener of listeners) listener();
}

function endsWithBrowser(remember: boolean): void {
  if (remember) return localStorage.removeItem(ENDS_WITH_BROWSER);
  localStorage.setItem(ENDS_WITH_BROWSER, "yes");
  document.cookie = `${BROWSER_IS_OPEN}; path=/; samesite=strict`;
}

function keep(tokens: Tokens): void {
  const before = access?.userId;
  access = {
    token: tokens.accessToken,
    expiresAtMs: Date.parse(tokens.expiresAt),
    userId: tokens.user.id,
  };
  localStorage.setItem(REFRESH_TOKEN, tokens.refreshToken);
  localStorage.removeItem(EXCHANGE_KEY);
  document.cookie = `${NEWEST_TOKEN}=${numberOf(tokens.refreshToken)}; path=/; samesite=strict`;
  // Another tab signed in as somebody else: nothing of the first person may stay on screen.
  if (before !== undefined && before !== access.userId) window.location.reload();
}

function forget(): void {
  access = undefined;
  localStorage.removeItem(REFRESH_TOKEN);
  localStorage.removeItem(EXCHANGE_KEY);
  document.cookie = `${NEWEST_TOKEN}=; path=/; samesite=strict; max-age=0`;
  notify();
}

/** 32 bits (FNV-1a) of a token of 256. */
function numberOf(token: string): string {
  let hash = 0x811c9dc5;
  for (const character of token) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return String(hash >>> 0);
}

function isNewest(token: string): boolean {
  const newest = document.cookie.split("; ").find((cookie) => cookie.startsWith(`${NEWEST_TOKEN}=`));
  return newest === undefined || newest === `${NEWEST_TOKEN}=${numberOf(token)}`;
}

/** The refresh token, once what the tab before put into storage has arrived; null when nobody is signed in. */
async function newestRefreshToken(): Promise<string | null> {
  const waiting = new AbortController();
  const timeout = setTimeout(() => waiting.abort(), NEWEST_TOKEN_ARRIVES_WITHIN_MS);
  try {
    for (;;) {
      const token = localStorage.getItem(REFRESH_TOKEN);
      if (token === null || isNewest(token) || waiting.signal.aborted) return token;
      await new Promise<unknown>((resolve) => {
        window.addEventListener("storage", resolve, { once: true, signal: waiting.signal });
        waiting.signal.addEventListener("abort", resolve, { once: true });
      });
    }
  } finally {
    clearTimeout(timeout);
  }
}

function refused(error: unknown): boolean {
  return error instanceof CombinedError && error.graphQLErrors.length > 0 && !error.networkError;
}

/** Refresh tokens work once. The lock, shared by all tabs, makes the next tab read the token this one received. */
async function oneTabAtATime(work: () => Promise<void>): Promise<void> {
  // Pages on a plain-HTTP address other than localhost have no locks.
  if (!("locks" in navigator)) return work();
  return navigator.locks.request(REFRESH_TOKEN, work);
}

function exchangeKey(): string {
  const kept = localStorage.getItem(EXCHANGE_KEY);
  if (kept !== null) return kept;
  // `crypto.randomUUID` is missing on plain-HTTP pages.
  const key = crypto.getRandomValues(new Uint32Array(8)).join("-");
  localStorage.setItem(EXCHANGE_KEY, key);
  return key;
}

async function renew(): Promise<void> {
  await oneTabAtATime(async () => {
    const refreshToken = await newestRefreshToken();
    if (refreshToken === null) return;
    try {
      const input = { refreshToken, idempotencyKey: exchangeKey() };
      keep((await post(RefreshSessionDocument, { input })).refreshSession);
    } catch (error) {
      if (!refused(error)) throw error;
      forget();
    }
  });
}

/** The signed-in person's tokens: the access token lives in memory only, the refresh token outlives the page. */
export const session = {
  /** Whether there is a session to use or to renew. */
  get signedIn(): boolean {
    return localStorage.getItem(REFRESH_TOKEN) !== null;
  },

  /** The access token at hand, fresh or not; undefined before the first renewal. */
  get token(): string | undefined {
    return access?.token;
  },

  /** Whether the access token must be renewed before use. */
  get needsRenewal(): boolean {
    return session.signedIn && (access === undefined || access.expiresAtMs - RENEW_BEFORE_MS <= Date.now());
  },

  /** Changes when somebody signs in or out, never when a token is renewed. */
  get epoch(): number {
    return epoch;
  },

  subscribe(this: void, listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },

  /**
   * Exchanges the refresh token; simultaneous callers share one exchange. A refused token ends the session.
   * @throws CombinedError when the API cannot be reached
   */
  async renew(): Promise<void> {
    renewal ??= renew().finally(() => {
      renewal = undefined;
    });
    await renewal;
  },

  /**
   * @param remember false ends the session with the browser
   * @throws CombinedError with the API's refusal
   */
  async signIn(input: SignInInput, remember: boolean): Promise<void> {
    const { signIn } = await post(SignInDocument, { input });
    endsWithBrowser(remember);
    keep(signIn);
    notify();
  },

  /** Ends the session here at once and on the server as soon as it can be reached. */
  async signOut(): Promise<void> {
    const refreshToken = localStorage.getItem(REFRESH_TOKEN);
    forget();
    if (refreshToken !== null) await post(SignOutDocument, { input: { refreshToken } }).catch(() => undefined);
  },
};

if (localStorage.getItem(ENDS_WITH_BROWSER) !== null && !document.cookie.includes(BROWSER_IS_OPEN)) {
  localStorage.removeItem(REFRESH_TOKEN);
  localStorage.removeItem(ENDS_WITH_BROWSER);
}

window.addEventListener("storage", ({ key, oldValue, newValue }) => {
  if (key !== REFRESH_TOKEN) return;
  if (newValue === null) access = undefined;
  if (newValue === null || oldValue === null) notify();
});
