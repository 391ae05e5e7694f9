/**
 * The gateway: `npm run bench -- gateway`.
 *
 * The deep query of the public scenario "graphql-gateways-benchmark", on four subgraphs of our own: processor time of the
 * gateway's process for each request, beside plain Apollo Server with `@apollo/gateway` and Hive Gateway with its planner in
 * Rust, in the same run. Every gateway is asked in turn, several times; medians, because a shared machine is never equally
 * busy. All have to give the same answer, byte for byte.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { composeServices } from "@apollo/composition";
import { parse } from "graphql";
import { Pool } from "undici";
import { QUERY, SCHEMAS } from "./gateway/shop.ts";

const CONNECTIONS = 50;
const WARM_UP = 250;
const REQUESTS = 200;
const ROUNDS = 3;
const READY_TIMEOUT_MS = 30_000;

const VARIANTS = [
  { name: "Apollo", script: "gateway/apollo.ts", shares: "nothing", variables: {} },
  { name: "Lentera", script: "../gateway/dist/main.js", shares: "nothing", variables: { DEDUPE: "off" } },
  { name: "Hive", script: "gateway/hive.ts", shares: "nothing", variables: { DEDUPE: "off" } },
  { name: "Hive", script: "gateway/hive.ts", shares: "fetches", variables: { DEDUPE: "fetches" } },
  { name: "Lentera", script: "../gateway/dist/main.js", shares: "fetches and requests", variables: { DEDUPE: "on" } },
  { name: "Hive", script: "gateway/hive.ts", shares: "fetches and requests", variables: { DEDUPE: "on" } },
] as const;
/** How many times less processor time Lentera has to need than another, when it shares what is in the first column. */
const AIMS = [
  { shares: "nothing", other: "Apollo", otherShares: "nothing", factor: 4 },
  { shares: "fetches and requests", other: "Apollo", otherShares: "nothing", factor: 8 },
  { shares: "nothing", other: "Hive", otherShares: "nothing", factor: 1 },
  { shares: "fetches and requests", other: "Hive", otherShares: "fetches and requests", factor: 1 },
] as const;

interface Contestant {
  readonly name: string;
  readonly shares: string;
  readonly process: ChildProcess;
  readonly pool: Pool;
  readonly cpuMs: number[];
}

const BODY = JSON.stringify({ query: QUERY });
const HEADERS = { "content-type": "application/json", accept: "application/json" };
const folder = mkdtempSync(join(tmpdir(), "lentera-bench-"));
const supergraphFile = join(folder, "supergraph.graphql");
const children: ChildProcess[] = [];

function start(script: string, variables: Record<string, string>): ChildProcess {
  const child = fork(join(import.meta.dirname, script), {
    execArgv: ["--import", join(import.meta.dirname, "gateway/usage.ts")],
    env: { ...process.env, NODE_ENV: "production", LOG_LEVEL: "warn", ...variables },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  children.push(child);
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function ask(pool: Pool, path: string): Promise<string> {
  const { body } = await pool.request({ method: "POST", path, headers: HEADERS, body: BODY });
  return body.text();
}

/** Sends `count` requests, {@link CONNECTIONS} at a time. */
async function load({ pool, name }: Contestant, count: number, path = "/graphql"): Promise<void> {
  let left = count;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (left-- > 0) {
        const answer = await ask(pool, path);
        if (answer.length < 10_000) throw new Error(`${name} answered ${answer.slice(0, 500)}`);
      }
    }),
  );
}

async function cpuMs({ process: child }: Contestant): Promise<number> {
  child.send("usage");
  const [{ cpuUsage }] = await once(child, "message");
  return (cpuUsage.user + cpuUsage.system) / 1_000;
}

async function contestant({ name, script, shares, variables }: (typeof VARIANTS)[number]): Promise<Contestant> {
  const port = await freePort();
  const process = start(script, {
    ...variables,
    SUPERGRAPH_FILE: supergraphFile,
    PORT: String(port),
    HOST: "127.0.0.1",
    AUTH: "off",
    LIMITS: "off",
  });
  return { name, shares, process, pool: new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS }), cpuMs: [] };
}

/** The data of the answer to the query, once the gateway is ready. */
async function dataOf({ pool, name }: Contestant): Promise<string> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  for (;;) {
    try {
      const { data, errors } = JSON.parse(await ask(pool, "/graphql"));
      if (errors === undefined) return JSON.stringify(data);
      throw new Error(`${name} answered ${JSON.stringify(errors).slice(0, 500)}`);
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

try {
  const [{ port }] = await once(start("gateway/subgraphs.ts", {}), "message");
  const { supergraphSdl, errors } = composeServices(
    [...SCHEMAS].map(([name, { sdl }]) => ({ name, typeDefs: parse(sdl), url: `http://127.0.0.1:${port}/${name}` })),
  );
  if (supergraphSdl === undefined) throw new AggregateError(errors ?? []);
  writeFileSync(supergraphFile, supergraphSdl);

  const contestants: Contestant[] = [];
  for (const variant of VARIANTS) contestants.push(await contestant(variant));
  const answers: string[] = [];
  for (const one of contestants) answers.push(await dataOf(one));
  const areEqual = answers.every((answer) => answer === answers[0]);
  for (const one of contestants) await load(one, WARM_UP);
  for (let round = 0; round < ROUNDS; round++)
    for (const one of contestants) {
      const before = await cpuMs(one);
      await load(one, REQUESTS);
      one.cpuMs.push(((await cpuMs(one)) - before) / REQUESTS);
    }

  console.log(
    `Processor time of the gateway's process for each request, ${CONNECTIONS} connections, median of ${ROUNDS} x ${REQUESTS} requests:`,
  );
  for (const { name, shares, cpuMs: samples } of contestants)
    console.log(`  ${name.padEnd(8)} sharing ${shares.padEnd(21)} ${median(samples).toFixed(2).padStart(6)} ms`);
  console.log(`Answers of ${answers[0]?.length} bytes, ${areEqual ? "byte for byte the same" : "NOT the same"}.`);
  if (!areEqual) process.exitCode = 1;
  const timeOf = (name: string, shares: string): number =>
    median(contestants.find((one) => one.name === name && one.shares === shares)?.cpuMs ?? []);
  for (const { shares, other, otherShares, factor } of AIMS) {
    const ratio = timeOf(other, otherShares) / timeOf("Lentera", shares);
    const isMet = ratio >= factor;
    console.log(
      `Lentera sharing ${shares}: ${ratio.toFixed(1)} times less than ${other} sharing ${otherShares}, wanted ${factor}: ${isMet ? "met" : "MISSED"}`,
    );
    if (!isMet) process.exitCode = 1;
  }
} finally {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
process.exit();
