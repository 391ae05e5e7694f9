import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";

/** Where the connection of a call breaks. */
export type Cut = "BEFORE_REQUEST" | "BEFORE_RESPONSE" | "MID_RESPONSE" | null;

export interface CuttingProxy {
  readonly url: string;
  /** How many calls have come in, cut ones too. */
  readonly calls: number;
  /** Which cut the n-th call from now on gets, from 0. */
  plan(cutOf: (call: number) => Cut): void;
  close(): Promise<void>;
}

/** A network that breaks where the test says: passes calls on to `upstream` or drops the connection. */
export async function startCuttingProxy(upstream: string): Promise<CuttingProxy> {
  let cutOf: (call: number) => Cut = () => null;
  let calls = 0;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const cut = cutOf(calls++);
    if (cut === "BEFORE_REQUEST") return void request.socket.destroy();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { "content-type": contentType = "", "x-lentera-viewer": viewer = "" } = request.headers;
    const answered = await fetch(upstream, {
      method: "POST",
      headers: { "content-type": contentType, "x-lentera-viewer": String(viewer) },
      body: Buffer.concat(chunks),
    });
    const body = Buffer.from(await answered.arrayBuffer());
    if (cut === "BEFORE_RESPONSE") return void request.socket.destroy();
    response.writeHead(answered.status, { "content-type": "application/json", "content-length": body.length });
    if (cut === null) return void response.end(body);
    response.write(body.subarray(0, body.length / 2), () => request.socket.destroy());
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    get calls() {
      return calls;
    },
    plan: (next) => {
      calls = 0;
      cutOf = next;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
