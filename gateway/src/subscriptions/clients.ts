import type { Viewer } from "@lentera/kit";
import type { Ended } from "../ended-access.js";
import { CLOSE, type CloseReason } from "./close.js";

/** Connections that may be open at the same time. */
export interface ConnectionLimits {
  /** Of one signed-in person or one API key. */
  readonly perViewer: number;
  /** Of one address, whoever it is; a school may stand behind one. */
  readonly perAddress: number;
}
export const CONNECTION_LIMITS: ConnectionLimits = { perViewer: 200, perAddress: 2_000 };

/** A shutdown spreads its closes over up to this long, so that the clients do not come back in one moment. */
const DRAIN_MS = 5_000;
/** Closes of a shutdown within a millisecond. */
const DRAIN_PER_MS = 2;

/** Somebody who listens, over whatever transport. */
export interface LiveClient {
  readonly viewer: Viewer;
  readonly ip: string;
  readonly closing: Promise<unknown>;
  close(reason: CloseReason): void;
}

/** Everybody who is connected: how many they may be, and what ends them from outside. */
export class Clients {
  readonly #all = new Set<LiveClient>();
  readonly #byAddress = new Map<string, number>();
  readonly #byViewer = new Map<string, number>();

  constructor(private readonly limits: ConnectionLimits) {}

  /** @returns false when there are too many connections from this address */
  arrive(client: LiveClient): boolean {
    if (!take(this.#byAddress, client.ip, this.limits.perAddress)) return false;
    this.#all.add(client);
    void client.closing.then(() => {
      this.#all.delete(client);
      giveBack(this.#byAddress, client.ip);
    });
    return true;
  }

  /** To be called when it is known who it is. @returns false when this viewer has too many connections */
  identify(client: LiveClient): boolean {
    const key = viewerKey(client);
    if (!take(this.#byViewer, key, this.limits.perViewer)) return false;
    void client.closing.then(() => giveBack(this.#byViewer, key));
    return true;
  }

  /** Ends whoever was let in by what is over. Who may only see less than before comes back and is asked anew. */
  end({ kind, id }: Ended): void {
    for (const client of this.#all) {
      const { sessionId, apiKeyId, userId } = client.viewer;
      if ((kind === "SESSION" && sessionId === id) || (kind === "API_KEY" && apiKeyId === id))
        client.close(CLOSE.accessEnded);
      else if (kind === "USER" && userId === id) client.close(CLOSE.accessChanged);
    }
  }

  /** Sends everybody away, spread over a while, and waits until they are gone. */
  async drain(): Promise<void> {
    const all = [...this.#all];
    const spreadMs = Math.min(all.length / DRAIN_PER_MS, DRAIN_MS);
    await Promise.all(
      all.map(async (client) => {
        if (all.length > 1) await Promise.race([delayed(Math.random() * spreadMs), client.closing]);
        client.close(CLOSE.goingAway);
        await client.closing;
      }),
    );
  }
}

function viewerKey({ viewer, ip }: LiveClient): string {
  return viewer.userId ?? viewer.apiKeyId ?? `anonymous at ${ip}`;
}

function take(counts: Map<string, number>, key: string, limit: number): boolean {
  const count = counts.get(key) ?? 0;
  if (count >= limit) return false;
  counts.set(key, count + 1);
  return true;
}

function giveBack(counts: Map<string, number>, key: string): void {
  const others = (counts.get(key) ?? 1) - 1;
  if (others === 0) counts.delete(key);
  else counts.set(key, others);
}

function delayed(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
