import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import { text } from "node:stream/consumers";
import { type GraphQLSchema, graphql } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { z } from "zod";

const body = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).optional() });

/** A GraphQL server that is no part of Lentera, with subscriptions at the same address. */
export interface Peer {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startPeer(schema: GraphQLSchema, path: string): Promise<Peer> {
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { query, variables } = body.parse(JSON.parse(await text(request)));
    const result = await graphql({ schema, source: query, variableValues: variables });
    response.setHeader("content-type", "application/json").end(JSON.stringify(result));
  }
  const server = createServer((request, response) => void answer(request, response));
  const sockets = new WebSocketServer({ server, path });
  const subscriptions = useServer({ schema }, sockets);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}${path}`,
    stop: async () => {
      await subscriptions.dispose();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
