import { Client, fetchExchange, subscriptionExchange } from "@urql/core";
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

/** A client with an empty cache, for one signed-in person. */
export function createApi(): Client {
  const socket = createSocket();
  return new Client({
    url: ENDPOINT,
    preferGetMethod: false,
    fetchOptions: () => ({ headers: { "accept-language": getLocale() } }),
    exchanges: [
      cacheExchange({ keys }),
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
}
