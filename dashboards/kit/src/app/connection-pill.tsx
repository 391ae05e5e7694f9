import clsx from "clsx";
import { m } from "../messages.js";
import { useConnection, type Connection } from "../api/connection.js";

const LOOK: Record<Exclude<Connection, "idle">, { text: () => string; dot: string }> = {
  live: { text: m.connection_live, dot: "bg-success" },
  connecting: { text: m.connection_connecting, dot: "bg-warning animate-pulse" },
  offline: { text: m.connection_offline, dot: "bg-danger" },
};

/** Whether what is on screen moves by itself; silent while nothing on screen is live. */
export function ConnectionPill() {
  const connection = useConnection();
  const look = connection === "idle" ? undefined : LOOK[connection];
  return (
    <p role="status" className="text-xs font-medium text-muted">
      {look && (
        <span className="inline-flex items-center gap-2 rounded-full border border-line px-2.5 py-1">
          <span aria-hidden className={clsx("size-2 rounded-full", look.dot)} />
          {look.text()}
        </span>
      )}
    </p>
  );
}
