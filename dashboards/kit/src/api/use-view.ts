import { type AnyVariables, type CombinedError, createRequest, type TypedDocumentNode } from "@urql/core";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useQuery } from "urql";
import { answeredAt, policyFor } from "./api.js";
import { onReconnect } from "./connection.js";

/** Data older than this is renewed when the reader comes back to the page. */
const STALE_AFTER_MS = 60_000;

/** What a screen knows of one query. Old data stays while newer data is on its way or failed to come. */
export interface View<Data> {
  readonly data: Data | undefined;
  readonly error: CombinedError | undefined;
  readonly fetching: boolean;
  /** When the API last answered in full; `data` is from then whenever there is an error. */
  readonly dataTime: Date | undefined;
  readonly reload: () => void;
}

interface Received<Data> {
  readonly key: number;
  readonly data: Data;
}

/** A failure that left nothing at the top is no data, only a failure. */
function usable<Data>(data: Data | undefined, error: CombinedError | undefined): Data | undefined {
  if (!data || !error) return data;
  const empty = Object.entries(data).every(([name, value]) => name === "__typename" || value === null);
  return empty ? undefined : data;
}

/** Runs a query and keeps it fresh: after an outage, when the reader returns, and on `reload`. */
export function useView<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): View<Data> {
  const { key } = createRequest(query, variables);
  const requestPolicy = useMemo(() => policyFor(key), [key]);
  const [result, execute] = useQuery({ query, variables, requestPolicy });
  const [received, setReceived] = useState<Received<Data>>();

  const data = usable(result.data, result.error);
  const arrived = data !== undefined && !result.fetching && !result.stale && !result.error;
  if (arrived && (received?.data !== data || received.key !== key)) setReceived({ key, data });

  const reload = useCallback(() => execute({ requestPolicy: "network-only" }), [execute]);
  useEffect(() => {
    const renewWhenOld = () => {
      const age = Date.now() - (answeredAt(key)?.getTime() ?? 0);
      if (document.visibilityState === "visible" && age > STALE_AFTER_MS) reload();
    };
    const stopListening = onReconnect(reload);
    document.addEventListener("visibilitychange", renewWhenOld);
    window.addEventListener("online", reload);
    return () => {
      stopListening();
      document.removeEventListener("visibilitychange", renewWhenOld);
      window.removeEventListener("online", reload);
    };
  }, [key, reload]);

  const last = received?.key === key ? received.data : undefined;
  return {
    // A renewal that failed, even in part, takes nothing away from what is on screen.
    data: (result.error && last) ?? data ?? last,
    error: result.fetching ? undefined : result.error,
    fetching: result.fetching || result.stale,
    dataTime: last && answeredAt(key),
    reload,
  };
}
