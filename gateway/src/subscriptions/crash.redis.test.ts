import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createPubSub, serveSubgraph } from "@lentera/kit";
import { startRedis } from "@lentera/kit/testing";
import { WebSocket } from "ws";
import { expect, it, vi } from "vitest";
import { World } from "../testing/world.js";

const VIEWER_SECRET = "a secret between gateway and subgraphs, for tests";
const PROCESS = fileURLToPath(new URL("../../dist/testing/gateway-process.js", import.meta.url));
const EVENTS = 600;

interface Message {
  readonly type: string;
  readonly payload?: {
    readonly data?: { scored: { number: number } } | null;
    readonly extensions?: { cursor: string };
  };
}

/** A client as anybody would write one: whatever happens, it comes back with the cursor of the last event that it has. */
class Client {
  readonly numbers: number[] = [];
  readonly problems: unknown[] = [];
  connections = 0;
  #cursor: string | undefined;
  #socket: WebSocket | undefined;
  #isDone = false;

  constructor(private readonly ports: () => readonly number[]) {
    this.#connect();
  }

  /** As when the client's machine loses its network, or the client is killed and had written down where it was. */
  break(): void {
    this.#socket?.terminate();
  }

  stop(): void {
    this.#isDone = true;
    this.break();
  }

  #connect(): void {
    const ports = this.ports();
    const socket = new WebSocket(
      `ws://127.0.0.1:${ports[this.connections % ports.length]}/graphql`,
      "graphql-transport-ws",
    );
    this.connections += 1;
    this.#socket = socket;
    socket.on("open", () => socket.send(JSON.stringify({ type: "connection_init" })));
    socket.on("error", () => undefined);
    socket.on("close", () => void (!this.#isDone && setTimeout(() => this.#connect(), 20)));
    socket.on("message", (data: Buffer) => this.#receive(socket, JSON.parse(data.toString()) as Message));
  }

  #receive(socket: WebSocket, { type, payload }: Message): void {
    if (type === "connection_ack") {
      const extensions = this.#cursor === undefined ? {} : { resumeFrom: this.#cursor };
      const query = "subscription { scored { number user { fullName } } }";
      socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query, extensions } }));
    } else if (type === "next" && payload?.data != null) {
      this.#cursor = payload.extensions?.cursor;
      this.numbers.push(payload.data.scored.number);
    } else {
      if (type === "next" || type === "error") this.problems.push(payload);
      if (type !== "pong") socket.terminate();
    }
  }
}

it("loses nothing and doubles nothing when a gateway, Redis and the client are killed in the middle of a burst", async () => {
  const directory = await mkdtemp(join(tmpdir(), "lentera-redis-"));
  const redis = await startRedis(directory);
  const pubSub = createPubSub({ redisUrl: redis.url });
  const world = new World(pubSub);
  const servers = await Promise.all(
    [world.organization, world.learning].map((subgraph) =>
      serveSubgraph(subgraph, { port: 0, viewerSecret: VIEWER_SECRET }),
    ),
  );
  const gateways: { process: ChildProcess; port: number }[] = [];
  const startGateway = async (): Promise<void> => {
    const process = fork(PROCESS, [VIEWER_SECRET, ...servers.map(({ port }) => `http://127.0.0.1:${port}`)], {
      // The test runs from sources, the process as it is built.
      execArgv: [],
      env: {},
    });
    const [port] = await once(process, "message");
    gateways.push({ process, port: Number(port) });
  };
  await Promise.all([startGateway(), startGateway()]);
  const client = new Client(() => gateways.map(({ port }) => port));
  await vi.waitFor(
    () => {
      world.score(-1);
      expect(client.numbers.length).toBeGreaterThan(0);
    },
    { timeout: 10_000 },
  );

  let crashed: Promise<void> | undefined;
  for (let number = 0; number < EVENTS; number++) {
    world.score(number);
    if (number === 150) gateways[0]?.process.kill("SIGKILL");
    if (number === 300) crashed = redis.crash();
    if (number === 450) client.break();
    await delay(2);
  }
  await crashed;
  await vi.waitFor(() => expect(client.numbers.at(-1)).toBe(EVENTS - 1), { timeout: 20_000 });
  const heard = client.numbers.filter((number) => number !== -1);
  expect(client.connections).toBeGreaterThan(2);
  expect(heard).toEqual(Array.from({ length: EVENTS }, (_, number) => number));

  client.stop();
  for (const { process } of gateways) process.kill("SIGKILL");
  await Promise.all(servers.map((server) => server.close()));
  await pubSub.close();
  await redis.stop();
  await rm(directory, { recursive: true, force: true });
});
