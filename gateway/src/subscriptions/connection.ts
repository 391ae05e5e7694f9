import type { IncomingMessage } from "node:http";
import { randomUUID } from "node:crypto";
import { type Language, type Logger, type Viewer, anonymous } from "@lentera/kit";
import { WebSocket } from "ws";
import { clientAddress, languageFrom, type RequestScope, userAgentFrom } from "../request.js";
import { CLOSE, type CloseReason } from "./close.js";
import type { LiveClient } from "./clients.js";

/** While more bytes than this wait to be read by one client, the streams to it wait, too. */
const PAUSE_BYTES = 64_000;
/** A client for which more than this waits gets nothing more: it never makes us grow. */
const MAX_BUFFERED_BYTES = 1_000_000;
/** A client that does not answer our close is cut off after this long. */
const CLOSE_GRACE_MS = 5_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** One client's WebSocket. */
export class Connection implements LiveClient {
  viewer: Viewer = anonymous;
  language: Language;
  readonly ip: string;
  readonly #userAgent: string | undefined;
  readonly #closing = Promise.withResolvers<CloseReason>();
  /** When either side begins to close. What runs for the client ends then: it may take its time to answer, or never do. */
  readonly closing = this.#closing.promise;
  #isAlive = true;
  #expiry: NodeJS.Timeout | undefined;

  constructor(
    readonly socket: WebSocket,
    { headers, socket: { remoteAddress } }: IncomingMessage,
    trustedProxies: number,
    private readonly logger: Logger,
  ) {
    this.ip = clientAddress({ headers, remoteAddress }, trustedProxies);
    this.language = languageFrom(headers["accept-language"]);
    this.#userAgent = userAgentFrom(headers["user-agent"]);
    socket.on("pong", () => (this.#isAlive = true));
    socket.once("close", (code, reason) => {
      clearTimeout(this.#expiry);
      this.#closing.resolve({ code, reason: reason.toString() });
    });
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  /** A new operation's scope, with a request id of its own. */
  scope(): RequestScope {
    const requestId = randomUUID();
    const { viewer, language, ip } = this;
    return {
      identity: { viewer, requestId, language, ip, userAgent: this.#userAgent },
      logger: this.logger.child({ requestId }),
    };
  }

  /** @returns when the client is ready for more of a stream */
  send(data: string): Promise<void> | void {
    if (!this.isOpen) return;
    if (this.socket.bufferedAmount > MAX_BUFFERED_BYTES) return this.close(CLOSE.tooSlow);
    if (this.socket.bufferedAmount <= PAUSE_BYTES) return this.socket.send(data);
    return new Promise((resolve) => this.socket.send(data, () => resolve()));
  }

  close({ code, reason }: CloseReason): void {
    this.socket.close(code, reason);
    this.#closing.resolve({ code, reason });
    const cutOff = setTimeout(() => this.socket.terminate(), CLOSE_GRACE_MS);
    this.socket.once("close", () => clearTimeout(cutOff));
  }

  /** Closes the socket when its present token expires (milliseconds since 1970; null for never). */
  closeAt(expiresAt: number | null): void {
    clearTimeout(this.#expiry);
    if (expiresAt === null) return;
    const delay = Math.min(Math.max(expiresAt - Date.now(), 0), LONGEST_TIMER_MS);
    this.#expiry = setTimeout(() => this.close(CLOSE.tokenExpired), delay);
  }

  /** Called at intervals: a client that has not answered the last ping is gone. */
  checkAlive(): void {
    if (!this.#isAlive) return this.socket.terminate();
    this.#isAlive = false;
    this.socket.ping();
  }
}
