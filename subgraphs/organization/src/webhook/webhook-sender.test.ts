import { createServer } from "node:http";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type WebhookSender, createWebhookSender } from "./webhook-sender.js";

let port = 0;
let hits: string[] = [];
const senders: WebhookSender[] = [];
const server = createServer((request, response) => {
  hits.push(`${request.headers.host} ${request.url}`);
  if (request.url === "/redirect") response.writeHead(302, { location: `http://127.0.0.1:${port}/target` }).end();
  else if (request.url === "/large") response.end("x".repeat(200_000));
  else if (request.url !== "/silent") response.end("ok");
});
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
});
afterAll(async () => {
  for (const sender of senders) await sender.close();
  server.closeAllConnections();
  server.close();
});

function sender(options: Parameters<typeof createWebhookSender>[0]): WebhookSender {
  const created = createWebhookSender(options);
  senders.push(created);
  return created;
}
const LOCAL = [{ address: "127.0.0.1", family: 4 }];
const FORBIDDEN = "This address cannot be reached from the internet.";

describe("003-74: the sender of webhooks", () => {
  it("connects to the address that was checked, under the name that was asked for", async () => {
    hits = [];
    const asked: string[] = [];
    const resolve = async (host: string) => {
      asked.push(host);
      return LOCAL;
    };
    const result = await sender({ allowsPrivate: true, resolve }).send(`http://hook.example.test:${port}/`, {}, "{}");
    expect(result).toMatchObject({ responseCode: 200, responseBody: "ok", error: null });
    expect([asked, hits]).toEqual([["hook.example.test"], [`hook.example.test:${port} /`]]);
  });

  it("refuses a name that leads to a private address, also beside a public one, and makes no connection", async () => {
    hits = [];
    for (const addresses of [
      LOCAL,
      [{ address: "93.184.215.14", family: 4 }, ...LOCAL],
      [{ address: "::1", family: 6 }],
      [],
    ]) {
      const guarded = sender({ allowsPrivate: false, resolve: async () => addresses });
      const result = await guarded.send(`http://hook.example.test:${port}/`, {}, "{}");
      expect(result).toMatchObject({ responseCode: null, error: FORBIDDEN });
    }
    expect(hits).toEqual([]);
  });

  it("is not fooled by a name that changes its address (DNS rebinding): it asks once for each connection", async () => {
    hits = [];
    let answers = 0;
    const resolve = async () => {
      answers += 1;
      return answers === 1 ? [{ address: "192.0.2.1", family: 4 }] : LOCAL;
    };
    const guarded = sender({ allowsPrivate: false, resolve });
    for (let index = 0; index < 3; index += 1)
      expect(await guarded.send(`http://rebind.example.test:${port}/`, {}, "{}")).toMatchObject({ error: FORBIDDEN });
    expect(hits).toEqual([]);
  });

  it("refuses private addresses as they are, however they are written", async () => {
    hits = [];
    const guarded = sender({ allowsPrivate: false });
    for (const host of [
      "127.0.0.1",
      "2130706433",
      "0x7f.1",
      "[::1]",
      "[::ffff:127.0.0.1]",
      "localhost",
      "169.254.169.254",
    ])
      expect(await guarded.send(`http://${host}:${port}/`, {}, "{}")).toMatchObject({ error: FORBIDDEN });
    expect(hits).toEqual([]);
  });

  it("does not follow a redirect", async () => {
    hits = [];
    const result = await sender({ allowsPrivate: true }).send(`http://127.0.0.1:${port}/redirect`, {}, "{}");
    expect(result.responseCode).toBe(302);
    expect(hits).toEqual([`127.0.0.1:${port} /redirect`]);
  });

  it("reads 64 KB of an answer and no more", async () => {
    const result = await sender({ allowsPrivate: true }).send(`http://127.0.0.1:${port}/large`, {}, "{}");
    expect(result).toMatchObject({ responseCode: 200, error: "The answer was larger than 64 KB." });
    expect(result.responseBody).toHaveLength(2000);
  });

  it("gives up after 10 seconds", async () => {
    const result = await sender({ allowsPrivate: true }).send(`http://127.0.0.1:${port}/silent`, {}, "{}");
    expect(result).toMatchObject({ responseCode: null, error: "No answer came within 10 seconds." });
    expect(result.durationMs).toBeLessThan(12_000);
  });

  it("says when nobody listens", async () => {
    const result = await sender({ allowsPrivate: true }).send("http://127.0.0.1:1/", {}, "{}");
    expect(result).toMatchObject({ responseCode: null, error: "The connection failed (ECONNREFUSED)." });
  });
});
