import { readFile } from "node:fs/promises";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { describe, expect, inject, it } from "vitest";
import { z } from "zod";

const url = inject("lenteraUrl");
const PASSWORD = "lentera-demo";

async function post(
  query: string,
  options: { variables?: object; token?: string } = {},
): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
    },
    body: JSON.stringify({ query, variables: options.variables }),
  });
  return { status: answer.status, body: await answer.json() };
}

const signedIn = z.object({ data: z.object({ signIn: z.object({ accessToken: z.string() }) }) });

async function signIn(email: string): Promise<string> {
  const { body } = await post("mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }", {
    variables: { input: { email, password: PASSWORD } },
  });
  return signedIn.parse(body).data.signIn.accessToken;
}

describe("a running Lentera", () => {
  it("is ready, with all five subgraphs", async () => {
    const answer = await fetch(`${url}/readyz`);
    const ready = { status: "ready", checkedAt: expect.any(String) };
    expect(await answer.json()).toEqual({
      ...ready,
      subgraphs: { organization: ready, learning: ready, marketplace: ready, finance: ready, community: ready },
    });
  });

  it("serves the schema that is committed", async () => {
    const committed = await readFile(new URL("../schema.graphql", import.meta.url), "utf8");
    expect((await (await fetch(`${url}/schema.graphql`)).text()).trimEnd()).toBe(committed.trimEnd());
  });

  it.each(["parent", "school", "admin", "graphiql"])("serves the page of /%s", async (application) => {
    const answer = await fetch(`${url}/${application}`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  });

  it("issues tokens that its own published keys verify", async () => {
    const { status, body } = await post("{ viewer { email role } }", { token: await signIn("student@nusantara.test") });
    expect(status).toBe(200);
    expect(body).toMatchObject({ data: { viewer: { email: "student@nusantara.test", role: "STUDENT" } } });
    const forged = await post("{ viewer { email } }", { token: "e30.e30.e30" });
    expect(forged.status).toBe(401);
  });

  it("carries an event from one member of a conversation to the other, with the author's name from another subgraph", async () => {
    const [student, parent] = await Promise.all([signIn("student@nusantara.test"), signIn("parent@nusantara.test")]);
    const conversations = z.object({
      data: z.object({
        conversations: z.object({ edges: z.array(z.object({ node: z.object({ id: z.string() }) })).min(1) }),
      }),
    });
    const { body } = await post("{ conversations(first: 1) { edges { node { id } } } }", { token: student });
    const conversationId = conversations.parse(body).data.conversations.edges[0]?.node.id;

    let acknowledged: () => void = () => undefined;
    const connected = new Promise<void>((resolve) => (acknowledged = resolve));
    const client = createClient({
      url: `${url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${parent}` },
      on: { connected: () => acknowledged() },
    });
    const events = client.iterate({
      query: "subscription ($id: ID!) { messageAdded(conversationId: $id) { message { text author { fullName } } } }",
      variables: { id: conversationId },
    });
    const event = events.next();
    await connected;
    const me = z.object({ data: z.object({ viewer: z.object({ fullName: z.string() }) }) });
    const { fullName } = me.parse((await post("{ viewer { fullName } }", { token: student })).body).data.viewer;
    const texts: string[] = [];
    const arrived = event.then((next) => (next.done === true ? undefined : next.value.data));
    // The subscription is live a moment after it was sent: what is said before that is not heard.
    await expect
      .poll(
        async () => {
          const text = `Halo ${texts.length}`;
          texts.push(text);
          await post("mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }", {
            token: student,
            variables: { input: { conversationId, text, idempotencyKey: crypto.randomUUID() } },
          });
          return Promise.race([
            arrived.then(() => "arrived"),
            new Promise((resolve) => setImmediate(resolve, "not yet")),
          ]);
        },
        { timeout: 20_000, interval: 200 },
      )
      .toBe("arrived");
    expect(await arrived).toMatchObject({
      messageAdded: { message: { author: { fullName } } },
    });
    await events.return?.();
    await client.dispose();
  });
});
