import { once } from "node:events";
import { WebSocket } from "ws";
import { z } from "zod";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type TestGateway, startTestGateway } from "../testing/gateway.js";
import { BOARD, BUDI, SITI } from "../testing/world.js";

const WATCH = `subscription { leaderboardChanged(leaderboardId: "${BOARD}") { id } }`;
/** No two of these are equal. */
const watch = (number: number): string =>
  `subscription { leaderboardChanged(leaderboardId: "${BOARD}", padding: ${number}) { id } }`;

const message = z.record(z.string(), z.unknown());

/** A socket whose every message can be seen. */
class RawSocket {
  readonly messages: Record<string, unknown>[] = [];
  readonly socket: WebSocket;
  readonly closed: Promise<{ code: number; reason: string }>;

  constructor(gateway: TestGateway, protocols: string[] = ["graphql-transport-ws"]) {
    this.socket = new WebSocket(`ws://127.0.0.1:${gateway.port}/graphql`, protocols);
    this.socket.on("message", (data: Buffer) => this.messages.push(message.parse(JSON.parse(data.toString()))));
    this.closed = once(this.socket, "close").then(([code, reason]) => ({ code: Number(code), reason: String(reason) }));
  }

  async open(payload?: Record<string, unknown>): Promise<this> {
    if (this.socket.readyState !== WebSocket.OPEN) await once(this.socket, "open");
    this.send({ type: "connection_init", ...(payload !== undefined && { payload }) });
    return this;
  }

  async acknowledged(payload?: Record<string, unknown>): Promise<this> {
    await this.open(payload);
    await this.until({ type: "connection_ack" });
    return this;
  }

  send(content: Record<string, unknown>): void {
    this.socket.send(JSON.stringify(content));
  }

  subscribe(id: string, query: string, variables?: Record<string, unknown>): void {
    this.send({ id, type: "subscribe", payload: { query, variables } });
  }

  async until(expected: Record<string, unknown>): Promise<void> {
    const hasArrived = (): boolean =>
      this.messages.some((one) => Object.entries(expected).every(([key, value]) => one[key] === value));
    await vi.waitUntil(hasArrived, { timeout: 5_000 });
  }
}

describe("the gateway's WebSocket", () => {
  let gateway: TestGateway;
  const sockets: RawSocket[] = [];
  beforeEach(async () => {
    gateway = await startTestGateway("in process");
  });
  afterEach(async () => {
    for (const { socket } of sockets.splice(0)) socket.terminate();
    await gateway.stop();
  });
  const socket = (protocols?: string[]): RawSocket => {
    const raw = new RawSocket(gateway, protocols);
    sockets.push(raw);
    return raw;
  };

  it.each([
    ["what is not JSON", "nonsense"],
    ["a message of no known type", JSON.stringify({ type: "hello" })],
    ["a subscribe without an id", JSON.stringify({ type: "subscribe", payload: { query: "{ __typename }" } })],
  ])("closes with 4400 on %s", async (_what, text) => {
    const raw = await socket().acknowledged();
    raw.socket.send(text);
    expect(await raw.closed).toEqual({ code: 4400, reason: "Invalid message received" });
  });

  it("closes with 4401 on a subscribe before connection_init", async () => {
    const raw = socket();
    await once(raw.socket, "open");
    raw.subscribe("1", WATCH);
    expect(await raw.closed).toEqual({ code: 4401, reason: "Unauthorized" });
    expect(gateway.world.openSubscriptions).toBe(0);
  });

  it("closes with 4406 without the subprotocol", async () => {
    expect(await socket([]).closed).toEqual({ code: 4406, reason: "Subprotocol not acceptable" });
  });

  it("closes with 4408 without a connection_init", async () => {
    expect(await socket().closed).toEqual({ code: 4408, reason: "Connection initialisation timeout" });
  });

  it("closes with 4409 on an id that is in use, and takes one that is free again", async () => {
    const raw = await socket().acknowledged();
    raw.subscribe("1", "{ __typename }");
    await raw.until({ id: "1", type: "complete" });
    raw.subscribe("1", WATCH);
    await vi.waitFor(() => expect(gateway.world.openSubscriptions).toBe(1));
    raw.subscribe("1", WATCH);
    expect(await raw.closed).toEqual({ code: 4409, reason: "Subscriber for 1 already exists" });
    await vi.waitFor(() => expect(gateway.world.openSubscriptions).toBe(0));
  });

  it("closes with 4429 on a second connection_init", async () => {
    const raw = await socket().acknowledged();
    await raw.open();
    expect(await raw.closed).toEqual({ code: 4429, reason: "Too many initialisation requests" });
  });

  it("answers a ping with its payload", async () => {
    const raw = await socket().acknowledged();
    raw.send({ type: "ping", payload: { at: 7 } });
    raw.send({ type: "ping" });
    await vi.waitFor(() => expect(raw.messages).toHaveLength(3));
    expect(raw.messages.slice(1)).toEqual([{ type: "pong", payload: { at: 7 } }, { type: "pong" }]);
  });

  it("takes a new token in a ping before the old one expires, and keeps what runs", async () => {
    const { issuer } = gateway.world;
    const seconds = Math.ceil(Date.now() / 1000);
    const raw = await socket().acknowledged({ authorization: await issuer.bearer(BUDI, { expiresAt: seconds + 1 }) });
    raw.subscribe("1", WATCH);
    await vi.waitFor(() => expect(gateway.world.openSubscriptions).toBe(1));
    raw.send({ type: "ping", payload: { authorization: "Bearer nonsense" } });
    await raw.until({ type: "pong" });
    expect(raw.messages.at(-1)).toMatchObject({ payload: { authorization: { code: "INVALID_TOKEN" } } });
    const authorization = await issuer.bearer(BUDI, { expiresAt: seconds + 900 });
    raw.send({ type: "ping", payload: { authorization } });
    await vi.waitFor(() =>
      expect(raw.messages.at(-1)).toEqual({
        type: "pong",
        payload: { authorization: { expiresAt: new Date((seconds + 900) * 1000).toISOString() } },
      }),
    );
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan((seconds + 1) * 1000 + 200), { timeout: 5_000 });
    gateway.world.addPoints(BUDI, 0);
    await raw.until({ id: "1", type: "next" });
  });

  it("closes with 4410 on a new token with other rights, or of somebody else", async () => {
    const { issuer } = gateway.world;
    for (const other of [await issuer.bearer(BUDI, { claims: { permissions: [] } }), await issuer.bearer(SITI)]) {
      const raw = await socket().acknowledged({ authorization: await issuer.bearer(BUDI) });
      raw.send({ type: "ping", payload: { authorization: other } });
      expect(await raw.closed).toEqual({ code: 4410, reason: "Access changed" });
    }
  });

  it("closes with 4403 on a token that is not sound", async () => {
    const invalid = await socket().open({ authorization: "Bearer nonsense" });
    expect(await invalid.closed).toEqual({ code: 4403, reason: "Invalid token" });
    const expired = await socket().open({ authorization: await gateway.world.issuer.bearer(BUDI, { expiresAt: 1 }) });
    expect(await expired.closed).toEqual({ code: 4403, reason: "Token expired" });
  });

  it("closes with 4403 when the token expires, and ends what was running", async () => {
    const expiresAt = Math.ceil(Date.now() / 1000) + 1;
    const raw = await socket().acknowledged({ authorization: await gateway.world.issuer.bearer(BUDI, { expiresAt }) });
    raw.subscribe("1", WATCH);
    await vi.waitFor(() => expect(gateway.world.openSubscriptions).toBe(1));
    expect(await raw.closed).toEqual({ code: 4403, reason: "Token expired" });
    expect(Date.now()).toBeGreaterThanOrEqual(expiresAt * 1000 - 5);
    await vi.waitFor(() => expect(gateway.world.openSubscriptions).toBe(0));
  });

  it("answers an error for a bad document and keeps the socket", async () => {
    const raw = await socket().acknowledged({ language: "en" });
    raw.subscribe("syntax", "subscription { ");
    raw.subscribe("invalid", "subscription { nothing }");
    raw.subscribe("unnamed", "query A { __typename } query B { __typename }");
    raw.subscribe("good", "{ __typename }");
    await raw.until({ id: "good", type: "complete" });
    for (const id of ["syntax", "invalid", "unnamed"]) {
      const payload = [{ extensions: { code: "VALIDATION_ERROR", number: 2001, details: [] } }];
      const error = raw.messages.find((message) => message["id"] === id);
      expect(error).toMatchObject({ type: "error", payload });
    }
    const payload = expect.objectContaining({ data: { __typename: "Query" } });
    expect(raw.messages).toContainEqual({ id: "good", type: "next", payload });
  });

  it("answers an error for variables that do not fit", async () => {
    const raw = await socket().acknowledged();
    raw.subscribe("1", "subscription ($id: ID!) { leaderboardChanged(leaderboardId: $id) { id } }");
    await raw.until({ id: "1", type: "complete" });
    expect(raw.messages[1]).toMatchObject({
      type: "next",
      payload: { errors: [{ extensions: { code: "VALIDATION_ERROR" } }] },
    });
    expect(gateway.world.openSubscriptions).toBe(0);
  });

  it("ends a subscription that the client completes, without another event", async () => {
    const raw = await socket().acknowledged();
    raw.subscribe("1", WATCH);
    await vi.waitFor(() => expect(gateway.world.openSubscriptions).toBe(1));
    raw.send({ id: "1", type: "complete" });
    await vi.waitFor(() => expect(gateway.world.openSubscriptions).toBe(0));
  });

  it("ends all subscriptions of a client that vanishes", async () => {
    const raw = await socket().acknowledged();
    for (let id = 0; id < 5; id++) raw.subscribe(String(id), watch(id));
    await vi.waitFor(() => expect(gateway.world.openSubscriptions).toBe(5));
    raw.socket.terminate();
    await vi.waitFor(() => expect(gateway.world.openSubscriptions).toBe(0));
  });

  it("runs 50 operations on a socket and refuses the next", async () => {
    const raw = await socket().acknowledged({ language: "en" });
    for (let id = 1; id <= 51; id++) raw.subscribe(String(id), watch(id));
    await raw.until({ id: "51", type: "error" });
    expect(raw.messages.at(-1)).toMatchObject({
      payload: [{ message: "The limit has been reached.", extensions: { code: "LIMIT_EXCEEDED" } }],
    });
    await vi.waitFor(() => expect(gateway.world.openSubscriptions).toBe(50));
  });

  it("opens 200 sockets for a viewer and refuses the next, until one closes", async () => {
    const authorization = await gateway.world.issuer.bearer(BUDI);
    const open = await Promise.all(Array.from({ length: 200 }, () => socket().acknowledged({ authorization })));
    const refused = await socket().open({ authorization });
    expect(await refused.closed).toEqual({ code: 4429, reason: "Too many connections" });
    await socket().acknowledged({ authorization: await gateway.world.issuer.bearer(SITI) });
    open[0]?.socket.close();
    await open[0]?.closed;
    await vi.waitFor(() => socket().acknowledged({ authorization }), { timeout: 5_000 });
  });

  it("drops a client that reads too slowly with 4413", async () => {
    const raw = await socket().acknowledged();
    raw.subscribe("1", "subscription { scored { number padding(length: 500000) } }");
    await vi.waitFor(() => expect(gateway.world.openSubscriptions).toBe(1));
    raw.socket.pause();
    for (let events = 0; events < 200 && gateway.world.openSubscriptions > 0; events++) {
      gateway.world.score(events);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    raw.socket.resume();
    expect(await raw.closed).toEqual({ code: 4413, reason: "Reading too slowly" });
    await vi.waitFor(() => expect(gateway.world.openSubscriptions).toBe(0));
  });

  it("closes with 1001 when the server stops", async () => {
    const raw = await socket().acknowledged();
    raw.subscribe("1", WATCH);
    await vi.waitFor(() => expect(gateway.world.openSubscriptions).toBe(1));
    await Promise.all([gateway.stop(), raw.closed]);
    expect(await raw.closed).toEqual({ code: 1001, reason: "The server is shutting down" });
    expect(gateway.world.openSubscriptions).toBe(0);
  });

  it("upgrades on /graphql only", async () => {
    const elsewhere = new WebSocket(`ws://127.0.0.1:${gateway.port}/elsewhere`, "graphql-transport-ws");
    const refused = new Promise<Error>((resolve) => elsewhere.once("error", resolve));
    expect((await refused).message).toContain("404");
  });
});
