import type { AnyVariables, CombinedError, TypedDocumentNode } from "@urql/core";
import { useCallback, useEffect, useRef, useState } from "react";
import { useQuery } from "urql";
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
  readonly key: string;
  readonly data: Data;
  readonly time: Date;
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
  options: { pause?: boolean } = {},
): View<Data> {
  const pause = options.pause ?? false;
  const key = JSON.stringify(variables);
  const [result, execute] = useQuery({ query, variables, pause, requestPolicy: "cache-and-network" });
  const [received, setReceived] = useState<Received<Data>>();
  const time = useRef<Date>(undefined);

  const data = usable(result.data, result.error);
  const arrived = !pause && !result.fetching && !result.stale && !result.error;
  useEffect(() => {
    if (!arrived || !data) return;
    time.current = new Date();
    setReceived({ key, data, time: time.current });
  }, [arrived, data, key]);

  const reload = useCallback(() => {
    if (!pause) execute({ requestPolicy: "network-only" });
  }, [execute, pause]);

  useEffect(() => {
    const renewWhenOld = () => {
      const age = Date.now() - (time.current?.getTime() ?? 0);
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
  }, [reload]);

  const last = received?.key === key ? received : undefined;
  return {
    // A renewal that failed, even in part, takes nothing away from what is on screen.
    data: (result.error && last?.data) ?? data ?? last?.data,
    error: result.fetching ? undefined : result.error,
    fetching: result.fetching || result.stale,
    dataTime: last?.time,
    reload,
  };
}
