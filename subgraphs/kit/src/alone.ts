import { once } from "node:events";
import { type SubgraphEnvironment, readSubgraphEnvironment } from "./env.js";
import { createEventTransport } from "./events.js";
import { createLogger } from "./log.js";
import { createPubSub } from "./pubsub.js";
import { serveSubgraph } from "./server.js";
import type { Subgraph, SubgraphConfiguration } from "./subgraph.js";

/** Runs one subgraph as its own process with its own workers, until SIGINT or SIGTERM. */
export async function runAlone(
  createSubgraph: (configuration: SubgraphConfiguration) => Promise<Subgraph>,
  defaultPort: number,
): Promise<void> {
  try {
    await serveUntilStopped(createSubgraph, readSubgraphEnvironment(defaultPort));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

async function serveUntilStopped(
  createSubgraph: (configuration: SubgraphConfiguration) => Promise<Subgraph>,
  environment: SubgraphEnvironment,
): Promise<void> {
  const { redisUrl, logLevel, host, port, viewerSecret } = environment;
  const logger = createLogger(logLevel);
  const pubSub = createPubSub({ redisUrl, logger });
  const events = createEventTransport({ redisUrl, logger });
  const subgraph = await createSubgraph({ ...environment, logger, pubSub, events });
  await subgraph.health();
  await subgraph.startWorkers();
  const server = await serveSubgraph(subgraph, { host, port, viewerSecret });
  logger.info({ subgraph: subgraph.name, port: server.port }, "serving");

  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await server.close();
  await subgraph.stop();
  await events.close();
  await pubSub.close();
}
