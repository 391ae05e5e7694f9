import {
  type Subgraph,
  type SubgraphConfiguration,
  createEventTransport,
  createLogger,
  createPubSub,
} from "@lentera/kit";
import { SUBGRAPHS, type SubgraphName } from "@lentera/prisma/migrate";
import { openDatabases } from "./databases.js";
import { readAllInOne, surroundings } from "./env.js";
import { PersistedDocuments } from "./persisted-documents.js";
import { quotasFor } from "./quotas.js";
import { runProgram, seconds, unlessAborted } from "./program.js";
import { loadSecrets } from "./secrets.js";
import { startGateway } from "./server.js";
import { InProcessSource } from "./sources/in-process.js";
import { assertPortIsFree } from "./start-error.js";
import { readSupergraph } from "./supergraph.js";
import { originOf, welcome } from "./welcome.js";

/** Loaded while the databases start. */
const SUBGRAPH_PACKAGES: Record<
  SubgraphName,
  () => Promise<{ readonly createSubgraph: (configuration: SubgraphConfiguration) => Promise<Subgraph> }>
> = {
  organization: () => import("@lentera/organization"),
  learning: () => import("@lentera/learning"),
  marketplace: () => import("@lentera/marketplace"),
  finance: () => import("@lentera/finance"),
  community: () => import("@lentera/community"),
};

/** Everything in one process: embedded PostgreSQL, five subgraphs with their workers, the gateway, the dashboards. */
await runProgram(async (step) => {
  const { stack, signal, progress } = step;
  const startedAt = performance.now();
  const environment = readAllInOne();
  const { HOST: host, PORT: port, REDIS_URL: redisUrl, TRUSTED_PROXIES: trustedProxies } = environment;
  await assertPortIsFree(host, port);
  const logger = createLogger(environment.LOG_LEVEL);
  const secrets = await loadSecrets(environment);
  const packages = Promise.all(SUBGRAPHS.map(async (name) => ({ name, ...(await SUBGRAPH_PACKAGES[name]()) })));
  const { connections, isNewWorld } = await openDatabases(environment, secrets.appPassword, step);

  progress("Starting the subgraphs and the gateway");
  const events = stack.adopt(createEventTransport({ redisUrl, logger }), (transport) => transport.close());
  const pubSub = stack.adopt(createPubSub({ redisUrl, logger }), (target) => target.close());
  const simulated = await startSimulators(environment);
  stack.defer(() => simulated.stop());
  const subgraphs: Subgraph[] = [];
  for (const { name, createSubgraph } of await packages) {
    const subgraph = await createSubgraph({
      databaseUrl: connections[name].appUrl,
      ownerDatabaseUrl: connections[name].ownerUrl,
      encryptionKeys: secrets.encryptionKeys,
      environment: { ...surroundings(), ...simulated.variables },
      logger: logger.child({ subgraph: name }),
      events,
      pubSub,
    });
    subgraphs.push(stack.adopt(subgraph, () => subgraph.stop()));
    signal.throwIfAborted();
  }

  const gateway = await startGateway({
    supergraphSdl: await readSupergraph(),
    sources: subgraphs.map((subgraph) => new InProcessSource(subgraph)),
    host,
    port,
    trustedProxies,
    quotas: quotasFor({ factor: environment.QUOTA_FACTOR, isDemo: environment.LENTERA_DEMO === "on" }),
    redisUrl,
    persisted: await PersistedDocuments.read(environment.DOCUMENTS === "trusted"),
    hidesSchema: environment.INTROSPECTION === "off",
    corsOrigins: environment.CORS_ORIGINS,
    logger,
  });
  stack.defer(() => gateway.stop());
  await Promise.all(subgraphs.map((subgraph) => subgraph.startWorkers()));
  if (isNewWorld) {
    progress("Scoring the attempts of the demo world");
    await unlessAborted(signal, Promise.all(subgraphs.map((subgraph) => subgraph.jobsDone())));
  }
  progress(`Lentera is ready after ${seconds(startedAt)} s.`);
  const { simulators } = simulated;
  console.log(welcome({ host, port: gateway.port, hasDemo: environment.LENTERA_DEMO === "on", simulators }));
});

interface RunningSimulators {
  readonly simulators: readonly { readonly name: string; readonly url: string }[];
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Payment providers for the demo world: none once a real one has its keys, so that nobody pays real things with play money. */
async function startSimulators(environment: ReturnType<typeof readAllInOne>): Promise<RunningSimulators> {
  const { PROVIDER_KEYS, startSimulatedProviders } = await import("@lentera/finance/simulators");
  const variables = surroundings();
  const isReal = PROVIDER_KEYS.some((key) => (variables[key] ?? "") !== "");
  if (isReal || environment.LENTERA_DEMO === "off" || environment.PAYMENT_SIMULATORS === "off")
    return { simulators: [], variables: {}, stop: async () => undefined };
  const origin = originOf(environment.HOST, environment.PORT);
  const running = await startSimulatedProviders({ origin: () => origin });
  const simulators = Object.entries(running.simulators).map(([name, { url }]) => ({ name, url }));
  return { simulators, variables: running.variables, stop: () => running.stop() };
}
