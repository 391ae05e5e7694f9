import { once } from "node:events";
import { type SubgraphServer, anonymous, serveSubgraph, signRequest } from "@lentera/kit";
import { type TestSubgraph, buildViewer, startTestSubgraph } from "@lentera/kit/testing";
import { buildTryout, connectLearning } from "@lentera/prisma/factories";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "./subgraph.js";

const viewerSecret = "a secret of at least thirty-two characters";
let test: TestSubgraph;
let server: SubgraphServer;

beforeAll(async () => {
  test = await startTestSubgraph("learning", createSubgraph);
  server = await serveSubgraph(test.subgraph, { port: 0, viewerSecret });
  const db = connectLearning(test.ownerUrl);
  await buildTryout(db, { title: "Latihan" });
  await db.$disconnect();
});
afterAll(async () => {
  await server.close();
  await test.stop();
});

const query = "{ tryouts { edges { node { title } } } }";

async function post(
  headers: Record<string, string>,
  body: object = { query },
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`http://127.0.0.1:${server.port}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}
const tokenFor = (viewer = buildViewer()) => signRequest(viewerSecret, { viewer, requestId: "r1", language: "id" });

describe("a subgraph behind HTTP", () => {
  it("answers the gateway's signed viewer", async () => {
    const { status, body } = await post({ "x-lentera-viewer": await tokenFor() });
    expect({ status, body }).toEqual({
      status: 200,
      body: { data: { tryouts: { edges: [{ node: { title: "Latihan" } }] } } },
    });
  });

  it("refuses everybody else", async () => {
    const forged = await signRequest(`another ${viewerSecret}`, {
      viewer: buildViewer(),
      requestId: "r1",
      language: "id",
    });
    for (const headers of [{}, { "x-lentera-viewer": forged }]) {
      const { status, body } = await post(headers as Record<string, string>);
      expect(status).toBe(401);
      expect(body).toMatchObject({ errors: [{ extensions: { code: "UNAUTHORIZED" } }] });
    }
  });

  it("speaks the reader's language", async () => {
    const { body } = await post({ "x-lentera-viewer": await tokenFor({ ...buildViewer(), ...anonymous } as never) });
    expect(body).toMatchObject({ errors: [{ message: "Silakan masuk terlebih dahulu." }] });
  });

  it.each([
    ["no GraphQL", { nothing: true }],
    ["a syntax error", { query: "{" }],
    ["an unknown field", { query: "{ nothing }" }],
  ])("answers %s with 400", async (_name, body) => {
    expect((await post({ "x-lentera-viewer": await tokenFor() }, body)).status).toBe(400);
  });

  it("is healthy while its database answers", async () => {
    expect((await fetch(`http://127.0.0.1:${server.port}/healthz`)).status).toBe(200);
  });

  it("refuses a subscription without a signed viewer, and keeps the socket", async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/graphql`, "graphql-transport-ws");
    const received: { type: string; payload?: unknown }[] = [];
    const inbox = new EventTarget();
    socket.addEventListener("message", ({ data }) => {
      received.push(JSON.parse(String(data)));
      inbox.dispatchEvent(new Event("message"));
    });
    const message = async (type: string) => {
      while (!received.some((one) => one.type === type)) await once(inbox, "message");
      return received.find((one) => one.type === type);
    };
    await once(socket, "open");
    socket.send(JSON.stringify({ type: "connection_init" }));
    await message("connection_ack");
    const payload = { query: `subscription { leaderboardChanged(leaderboardId: "x") { id } }` };
    socket.send(JSON.stringify({ type: "subscribe", id: "1", payload }));
    expect(await message("error")).toBeDefined();
    socket.send(
      JSON.stringify({ type: "subscribe", id: "2", payload: { query, extensions: { viewer: await tokenFor() } } }),
    );
    expect(await message("next")).toMatchObject({ payload: { data: { tryouts: {} } } });
    socket.close();
  });
});
