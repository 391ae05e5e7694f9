import { serveSubgraph } from "@lentera/kit";
import { type TestSubgraph, startTestSubgraph } from "@lentera/kit/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSubgraph } from "../subgraph.js";

let test: TestSubgraph;
let server: Awaited<ReturnType<typeof serveSubgraph>>;

beforeAll(async () => {
  test = await startTestSubgraph("organization", createSubgraph);
  server = await serveSubgraph(test.subgraph, { port: 0, viewerSecret: "a secret of at least thirty-two characters" });
});
afterAll(async () => {
  await server.close();
  await test.stop();
});

const link = (id: string) => `http://127.0.0.1:${server.port}/files/${id}?expires=1&signature=x`;

describe("files behind HTTP", () => {
  it.each(["GET", "PUT"])("%s answers a link that we did not sign as one that leads nowhere", async (method) => {
    const body = method === "PUT" ? { body: "hello" } : {};
    const answer = await fetch(link("0190f5f0-0000-7000-8000-000000000000"), { method, ...body });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: "NOT_FOUND" } }] });
  });

  it("takes no more than 10 MB", async () => {
    const answer = await fetch(link("0190f5f0-0000-7000-8000-000000000000"), {
      method: "PUT",
      body: new Uint8Array(10 * 1024 * 1024 + 1),
    });
    expect(answer.status).toBe(413);
  });
});
