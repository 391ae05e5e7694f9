/**
 * Many listeners: `npm run bench -- sockets`.
 *
 * 10,000 WebSockets of one gateway subscribe to one topic, over which events go out whose user's name comes from another
 * subgraph. Latency is from publishing to the arrival at each client, which all live in a process of their own. As a ratio
 * to a bare `ws` server that sends the same bytes to as many sockets, in turns in the same run.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { startTestGateway } from "@lentera/gateway/testing";
import { WebSocket, WebSocketServer } from "ws";

const SOCKETS = 10_000;
const EVENTS = 20;
const ROUNDS = 3;
/** An event that has not reached everybody by then never will. */
const TIMEOUT_MS = 60_000;
/** Between the last subscription and the first event. */
const SETTLING_MS = 500;
const WANTED_RATIO = 3;
const WANTED_GROWTH_MB = 600;
const QUERY = "subscription { scored { number user { fullName } } }";

/** What the process of the clients is told and tells. */
interface Order {
  readonly url: string;
  readonly protocol: string | null;
  /** Microseconds are counted from here, as a GraphQL Int holds no more than half an hour of them. */
  readonly epochMs: number;
}
interface Report {
  readonly kind: "open" | "heard";
  readonly latenciesMs: readonly number[];
  readonly text: string;
}

const now = (): number => performance.timeOrigin + performance.now();
const EPOCH_MS = now();

/** Opens the sockets, and reports each time every socket has heard an event. The event says when it was published. */
async function beClients({ url, protocol, epochMs }: Order): Promise<void> {
  const tell = (report: Report): void => void process.send?.(report);
  let latenciesMs: number[] = [];
  const open = async (): Promise<void> => {
    const socket = new WebSocket(url, protocol ?? []);
    await once(socket, "open");
    if (protocol !== null) {
      socket.send(JSON.stringify({ type: "connection_init" }));
      await once(socket, "message");
      socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query: QUERY } }));
      // Messages of one socket are begun in order: the subscription is under way when the pong comes.
      socket.send(JSON.stringify({ type: "ping" }));
      await once(socket, "message");
    }
    socket.on("message", (data: Buffer) => {
      const text = data.toString();
      latenciesMs.push(now() - epochMs - Number(/"number":(\d+)/.exec(text)?.[1]) / 1000);
      if (latenciesMs.length < SOCKETS) return;
      tell({ kind: "heard", latenciesMs, text });
      latenciesMs = [];
    });
  };
  for (let opened = 0; opened < SOCKETS; opened += 100) await Promise.all(Array.from({ length: 100 }, open));
  tell({ kind: "open", latenciesMs: [], text: "" });
}

/** A server that knows nothing but its sockets, in a process of its own: one process may not hold the sockets of both. */
async function beBareServer({ epochMs }: Pick<Order, "epochMs">): Promise<void> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  const address = server.address();
  process.on("message", (text: string) => {
    const micros = Math.round((now() - epochMs) * 1000);
    const message = text.replace(/"number":\d+/, `"number":${micros}`);
    for (const socket of server.clients) socket.send(message);
  });
  process.send?.(typeof address === "object" && address !== null ? address.port : 0);
}

async function startClients(order: Order): Promise<ChildProcess> {
  const clients = fork(import.meta.filename, ["clients", JSON.stringify(order)]);
  await once(clients, "message");
  return clients;
}

async function hear(clients: ChildProcess, publish: (micros: number) => void): Promise<Report> {
  const heard = once(clients, "message", { signal: AbortSignal.timeout(TIMEOUT_MS) });
  publish(Math.round((now() - EPOCH_MS) * 1000));
  const [report] = (await heard) as [Report];
  return report;
}

const sorted = (values: readonly number[]): readonly number[] => values.toSorted((one, other) => one - other);
const quantile = (values: readonly number[], share: number): number =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
const megabytes = (): number => process.memoryUsage().rss / 1_000_000;

async function main(): Promise<void> {
  const gateway = await startTestGateway("in process", { connectionLimits: { perViewer: 20_000, perAddress: 20_000 } });
  const bare = fork(import.meta.filename, ["bare", JSON.stringify({ epochMs: EPOCH_MS })]);
  const [barePort] = (await once(bare, "message")) as [number];
  const before = megabytes();
  const own = await startClients({
    url: `ws://127.0.0.1:${gateway.port}/graphql`,
    protocol: "graphql-transport-ws",
    epochMs: EPOCH_MS,
  });
  await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
  await hear(own, (micros) => gateway.world.score(micros));
  const upstreams = gateway.world.openSubscriptions;
  const whileOpen = megabytes();
  const others = await startClients({ url: `ws://127.0.0.1:${barePort}`, protocol: null, epochMs: EPOCH_MS });

  let text = "";
  const ofGateway: number[][] = [];
  const ofBare: number[][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const gatewayRound: number[] = [];
    const bareRound: number[] = [];
    for (let event = 0; event < EVENTS; event++) {
      const report = await hear(own, (micros) => gateway.world.score(micros));
      text = report.text;
      gatewayRound.push(...report.latenciesMs);
    }
    for (let event = 0; event < EVENTS; event++) {
      const report = await hear(others, () => bare.send(text));
      bareRound.push(...report.latenciesMs);
    }
    ofGateway.push(gatewayRound);
    ofBare.push(bareRound);
  }
  const grown = megabytes() - before;
  const middle = (rounds: readonly number[][], share: number): number =>
    quantile(
      rounds.map((round) => quantile(round, share)),
      0.5,
    );
  const ratio = middle(ofGateway, 0.99) / middle(ofBare, 0.99);
  const isReached = ratio <= WANTED_RATIO && upstreams === 1 && grown <= WANTED_GROWTH_MB;
  const line = (name: string, rounds: readonly number[][]): string =>
    `  ${name}  p50 ${middle(rounds, 0.5).toFixed(0)} ms, p99 ${middle(rounds, 0.99).toFixed(0)} ms`;
  console.log(
    `${SOCKETS} sockets on one topic, ${text.length} bytes an event, medians of ${ROUNDS} rounds of ${EVENTS}`,
  );
  console.log(line("bare ws broadcast", ofBare));
  console.log(`${line("gateway          ", ofGateway)}, p99 ${ratio.toFixed(2)} times the bare one`);
  console.log(`  subscriptions at the subgraph ${upstreams}`);
  console.log(
    `  resident memory ${before.toFixed(0)} MB before, ${whileOpen.toFixed(0)} MB with the sockets, grown by ${grown.toFixed(0)} MB after all events`,
  );
  console.log(
    `  wanted: at most ${WANTED_RATIO} times, 1 subscription, ${WANTED_GROWTH_MB} MB: ${isReached ? "reached" : "MISSED"}`,
  );
  own.kill();
  others.kill();
  bare.kill();
  if (!isReached) process.exitCode = 1;
  await gateway.stop();
}

const [role, order] = process.argv.slice(2);
if (role === "clients" && order !== undefined) await beClients(JSON.parse(order) as Order);
else if (role === "bare" && order !== undefined) await beBareServer(JSON.parse(order) as Order);
else await main();
