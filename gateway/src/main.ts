import { createLogger } from "@lentera/kit";
import { readGateway } from "./env.js";
import { runProgram } from "./program.js";
import { startGateway } from "./server.js";
import { HttpSource } from "./sources/http.js";
import { readSupergraph } from "./supergraph.js";

/** The gateway alone; the subgraphs run elsewhere. It listens at once and is ready when they are. */
await runProgram(async ({ stack }) => {
  const environment = readGateway();
  const { VIEWER_SECRET: viewerSecret, HOST: host, PORT: port, TRUSTED_PROXIES: trustedProxies } = environment;
  const urls = {
    organization: environment.ORGANIZATION_URL,
    learning: environment.LEARNING_URL,
    marketplace: environment.MARKETPLACE_URL,
    finance: environment.FINANCE_URL,
    community: environment.COMMUNITY_URL,
  };
  const logger = createLogger(environment.LOG_LEVEL);
  const gateway = await startGateway({
    supergraphSdl: await readSupergraph(),
    sources: Object.entries(urls).map(([name, url]) => new HttpSource({ name, url, viewerSecret })),
    host,
    port,
    trustedProxies,
    logger,
  });
  stack.defer(() => gateway.stop());
  logger.info({ host, port: gateway.port }, "the gateway listens");
});
