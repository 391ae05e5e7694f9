import { once } from "node:events";
import { connect } from "node:net";
import { jobsDone } from "@lentera/kit";
import { SUBGRAPHS } from "@lentera/prisma/migrate";
import { Child } from "./child.js";
import { openDatabases } from "./databases.js";
import { readDistributed } from "./env.js";
import { DEMO_FACTOR } from "./quotas.js";
import { runProgram, seconds, unlessAborted } from "./program.js";
import { loadSecrets } from "./secrets.js";
import { StartError, assertPortIsFree } from "./start-error.js";
import { welcome } from "./welcome.js";

const REDIS_TIMEOUT_MS = 3_000;

/** Everything on one machine in processes of their own: five subgraphs on the ports after the gateway's, and the gateway. */
await runProgram(async (step) => {
  const { stack, signal, progress } = step;
  const startedAt = performance.now();
  const environment = readDistributed();
  const { HOST: host, PORT: port, LOG_LEVEL, REDIS_URL, TRUSTED_PROXIES } = environment;
  await assertRedisAnswers(new URL(REDIS_URL));
  await assertPortIsFree(host, port);
  for (const index of SUBGRAPHS.keys()) await assertPortIsFree("127.0.0.1", port + 1 + index);
  const secrets = await loadSecrets(environment);
  const { viewerSecret: VIEWER_SECRET } = secrets;
  const { connections, isNewWorld } = await openDatabases(environment, secrets.appPassword, step);

  progress("Starting the subgraphs");
  const subgraphs = SUBGRAPHS.map((name, index) => {
    const subgraphPort = port + 1 + index;
    return Child.start(stack, {
      name,
      script: new URL(`../../subgraphs/${name}/dist/main.js`, import.meta.url),
      readyUrl: `http://127.0.0.1:${subgraphPort}/healthz`,
      variables: {
        PORT: String(subgraphPort),
        HOST: "127.0.0.1",
        DATABASE_URL: connections[name].appUrl,
        OWNER_DATABASE_URL: connections[name].ownerUrl,
        ENCRYPTION_KEYS: secrets.encryptionKeys.join(","),
        VIEWER_SECRET,
        REDIS_URL,
        LOG_LEVEL,
      },
    });
  });
  await Promise.all(subgraphs.map((subgraph) => subgraph.ready(signal)));
  if (isNewWorld) {
    progress("Scoring the attempts of the demo world");
    await unlessAborted(signal, Promise.all(SUBGRAPHS.map((name) => jobsDone(connections[name].ownerUrl))));
  }

  progress("Starting the gateway");
  const gateway = Child.start(stack, {
    name: "gateway",
    script: new URL("main.js", import.meta.url),
    readyUrl: `http://${host}:${port}/readyz`,
    variables: {
      PORT: String(port),
      HOST: host,
      TRUSTED_PROXIES: String(TRUSTED_PROXIES),
      VIEWER_SECRET,
      REDIS_URL,
      LOG_LEVEL,
      DOCUMENTS: environment.DOCUMENTS,
      INTROSPECTION: environment.INTROSPECTION,
      QUOTA_FACTOR: String(environment.QUOTA_FACTOR ?? (environment.LENTERA_DEMO === "on" ? DEMO_FACTOR : 1)),
      CORS_ORIGINS: environment.CORS_ORIGINS?.join(",") ?? "",
      ...Object.fromEntries(
        SUBGRAPHS.map((name, index) => [`${name.toUpperCase()}_URL`, `http://127.0.0.1:${port + 1 + index}`]),
      ),
    },
  });
  await gateway.ready(signal);
  progress(`Lentera is ready after ${seconds(startedAt)} s.`);
  console.log(welcome({ host, port, hasDemo: environment.LENTERA_DEMO === "on" }));
  await unlessAborted(signal, Promise.race([gateway, ...subgraphs].map((child) => child.failed)));
});

async function assertRedisAnswers({ hostname, port }: URL): Promise<void> {
  const socket = connect({ host: hostname, port: Number(port || 6379), timeout: REDIS_TIMEOUT_MS });
  socket.once("timeout", () => socket.destroy(new Error("No answer in time.")));
  try {
    await once(socket, "connect");
  } catch (cause) {
    throw new StartError(
      `No Redis answers at ${hostname}:${port || 6379}; start one there or set REDIS_URL to one that runs.`,
      { cause },
    );
  } finally {
    socket.destroy();
  }
}
