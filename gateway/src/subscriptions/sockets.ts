import type { IncomingMessage, Server } from "node:http";
import type { Logger } from "@lentera/kit";
import { handleProtocols } from "graphql-ws";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import type { Metrics } from "../metrics.js";
import { CLOSE } from "./close.js";
import { Connection } from "./connection.js";
import { type Services, answerPing, createProtocol } from "./protocol.js";

/** Bytes of one message from a client. */
const MAX_MESSAGE_BYTES = 1_000_000;
const PING_INTERVAL_MS = 12_000;

/** The WebSocket side of the gateway, on `/graphql` of its HTTP server. */
export interface Sockets {
  /** Takes no new sockets; the open ones are the clients'. */
  close(): void;
}

export function serveSockets(
  server: Server,
  services: Services,
  options: { readonly trustedProxies: number; readonly logger: Logger; readonly metrics: Metrics },
): Sockets {
  const { trustedProxies, logger, metrics } = options;
  const connections = new Set<Connection>();
  const socketServer = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: (offered) => handleProtocols(offered),
  });
  let isClosing = false;

  const protocol = createProtocol(services);

  function open(socket: WebSocket, request: IncomingMessage): void {
    const connection = new Connection(socket, request, trustedProxies, logger);
    connections.add(connection);
    if (!services.clients.arrive(connection)) connection.close(CLOSE.tooManyConnections);
    metrics.sockets.set(connections.size);
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (data) => connection.send(data),
        close: (code = CLOSE.failed.code, reason = "") => connection.close({ code, reason }),
        onMessage: (handle) => socket.on("message", (data) => void receive(connection, handle, data)),
        onPing: async (payload) => {
          const answer = await answerPing(services, connection, payload);
          await connection.send(JSON.stringify({ type: "pong", ...(answer !== undefined && { payload: answer }) }));
        },
      },
      connection,
    );
    socket.on("error", (error) => logger.debug({ err: error }, "a socket broke"));
    socket.once("close", (code) => {
      connections.delete(connection);
      metrics.sockets.set(connections.size);
      metrics.socketCloses.inc({ code });
    });
    void connection.closing
      .then(({ code, reason }) => closed(code, reason))
      .catch((error: unknown) => logger.error({ err: error }, "a subscription could not be ended"));
  }

  async function receive(
    connection: Connection,
    handle: (data: string) => Promise<void>,
    data: RawData,
  ): Promise<void> {
    if (!connection.isOpen) return;
    try {
      await handle(textOf(data));
    } catch (error) {
      logger.error({ err: error }, "a message of a socket failed");
      connection.close(CLOSE.failed);
    }
  }

  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname !== "/graphql") socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
    else if (isClosing) socket.end("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n");
    else socketServer.handleUpgrade(request, socket, head, open);
  });
  const pings = setInterval(() => connections.forEach((connection) => connection.checkAlive()), PING_INTERVAL_MS);

  return {
    close: () => {
      isClosing = true;
      clearInterval(pings);
    },
  };
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString();
}
