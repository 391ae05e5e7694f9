import {
  type AnyVariables,
  Client,
  fetchExchange,
  mapExchange,
  type RequestPolicy,
  subscriptionExchange,
  type TypedDocumentNode,
} from "@urql/core";
import { authExchange } from "@urql/exchange-auth";
import { cacheExchange } from "@urql/exchange-graphcache";
import { retryExchange } from "@urql/exchange-retry";
import { createSocket } from "./connection.js";
import { needsSignIn } from "./errors.js";
import { ENDPOINT } from "./post.js";
import { getLocale } from "../i18n/locale.js";
import { session } from "../session/session.js";

const embedded = () => null;

/** Types without an id: they live inside the object that holds them. */
const keys = {
  ClassPerformance: embedded,
  DailyAttempts: embedded,
  GuardianPermissions: embedded,
  MessageAdded: embedded,
  PlatformOverview: embedded,
  Score: embedded,
  ScoreBucket: embedded,
  ScoreInterval: embedded,
  SubtestScore: embedded,
  TryoutSubtest: embedded,
  ViewerAccess: embedded,
};

const auth = authExchange(async (utilities) => ({
  addAuthToOperation: (operation) =>
    session.token === undefined
      ? operation
      : utilities.appendHeaders(operation, { authorization: `Bearer ${session.token}` }),
  willAuthError: () => session.needsRenewal,
  didAuthError: (error) => session.signedIn && needsSignIn(error),
  refreshAuth: async () => {
    // Without a network the operation itself fails next, and says so.
    await session.renew().catch(() => undefined);
  },
}));

/** A question answered this recently, as by `prefetch`, is not asked again by the screen that comes next. */
const FRESH_MS = 10_000;

const answers = new Map<number, Date>();

/** When the API last answered a query in full. */
export function answeredAt(key: number): Date | undefined {
  return answers.get(key);
}

/** How a screen begins with a query: with what is at hand, and with the API unless that has just answered. */
export function policyFor(key: number): RequestPolicy {
  return Date.now() - (answeredAt(key)?.getTime() ?? 0) < FRESH_MS ? "cache-first" : "cache-and-network";
}

const noteAnswers = mapExchange({
  onResult: ({ operation, error }) => {
    if (operation.kind === "query" && !error) answers.set(operation.key, new Date());
  },
});

let current: Client | undefined;

/** A client with an empty cache, for one signed-in person. */
export function createApi(): Client {
  const socket = createSocket();
  answers.clear();
  current = new Client({
    url: ENDPOINT,
    preferGetMethod: false,
    fetchOptions: () => ({ headers: { "accept-language": getLocale() } }),
    exchanges: [
      cacheExchange({ keys }),
      noteAnswers,
      retryExchange({
        maxNumberAttempts: 3,
        retryIf: (error, operation) => operation.kind === "query" && Boolean(error.networkError) && navigator.onLine,
      }),
      auth,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (request) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe({ ...request, query: request.query ?? "" }, sink),
          }),
        }),
      }),
    ],
  });
  return current;
}

/** Asks before the screen that needs the answer is there. */
export function prefetch<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): void {
  if (session.signedIn) void current?.query(query, variables).toPromise();
}
