import { createLogger } from "@lentera/kit";
import { readGateway } from "./env.js";
import { PersistedDocuments } from "./persisted-documents.js";
import { quotasFor } from "./quotas.js";
import { runProgram } from "./program.js";
import { startGateway } from "./server.js";
import { HttpSource } from "./sources/http.js";
import { readSupergraph } from "./supergraph.js";
import { startStandalone } from "./standalone.js";

/** The gateway alone; the subgraphs run elsewhere. It listens at once and is ready when they are. */
await runProgram(async ({ stack }) => {
  const environment = readGateway();
  const { HOST: host, PORT: port, TRUSTED_PROXIES: trustedProxies } = environment;
  const logger = createLogger(environment.LOG_LEVEL);
  const options = {
    host,
    port,
    trustedProxies,
    logger,
    hasLimits: environment.LIMITS === "on",
    hidesSchema: environment.INTROSPECTION === "off",
    corsOrigins: environment.CORS_ORIGINS,
  };
  if ("SUPERGRAPH_FILE" in environment) {
    const gateway = await startStandalone(environment.SUPERGRAPH_FILE, {
      ...options,
      sharesFetches: environment.DEDUPE === "on",
    });
    stack.defer(() => gateway.stop());
    logger.info({ host, port: gateway.port }, "the gateway listens");
    return;
  }
  const viewerSecret = environment.VIEWER_SECRET;
  const urls = {
    organization: environment.ORGANIZATION_URL,
    learning: environment.LEARNING_URL,
    marketplace: environment.MARKETPLACE_URL,
    finance: environment.FINANCE_URL,
    community: environment.COMMUNITY_URL,
  };
  const gateway = await startGateway({
    ...options,
    supergraphSdl: await readSupergraph(),
    sources: Object.entries(urls).map(([name, url]) => new HttpSource({ name, url, viewerSecret })),
    quotas: quotasFor({ factor: environment.QUOTA_FACTOR, isDemo: false }),
    redisUrl: environment.REDIS_URL,
    persisted: await PersistedDocuments.read(environment.DOCUMENTS === "trusted"),
  });
  stack.defer(() => gateway.stop());
  logger.info({ host, port: gateway.port }, "the gateway listens");
});
