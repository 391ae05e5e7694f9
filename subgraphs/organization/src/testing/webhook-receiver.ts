import { once } from "node:events";
import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";

/** A message as the receiver got it; verify it with the secret that the endpoint was given. */
export interface Received {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** An integrator's server, over real HTTP. */
export interface WebhookReceiver {
  readonly url: string;
  readonly received: Received[];
  /** What it answers from now on. */
  status: number;
  stop(): Promise<void>;
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      received.push({ headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(receiver.status).end(`answered ${receiver.status}`);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    status: 200,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return receiver;
}

/** The message's content. @throws when the signature is not of this secret */
export function verified(secret: string, { headers, body }: Received): unknown {
  return new Webhook(secret).verify(body, headers);
}
