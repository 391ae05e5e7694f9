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

  constructor(gateway: TestGateway) {
    this.socket = new WebSocket(`ws://127.0.0.1:${gateway.port}/graphql`, "graphql-transport-ws");
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
  const socket = (): RawSocket => {
    const raw = new RawSocket(gateway);
    sockets.push(raw);
    return raw;
  };

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
    expect(raw.messages).toContainEqual({ id: "good", type: "next", payload: { data: { __typename: "Query" } } });
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
