/** Writes every generated and committed file: each subgraph's SDL, the gateway's supergraph and public schema, the dashboards' operations. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generate } from "@graphql-codegen/cli";
import { createSubgraph as createCommunity } from "@lentera/community";
import { createSubgraph as createFinance } from "@lentera/finance";
import { createEventTransport, createLogger, createPubSub, type SubgraphConfiguration } from "@lentera/kit";
import { createSubgraph as createLearning } from "@lentera/learning";
import { createSubgraph as createMarketplace } from "@lentera/marketplace";
import { createSubgraph as createOrganization } from "@lentera/organization";
import configuration from "../codegen.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);

const logger = createLogger("silent");
/** Connections open with the first query, and printing a schema asks none. */
const nowhere: SubgraphConfiguration = {
  databaseUrl: "postgresql://nobody@127.0.0.1:1/none",
  ownerDatabaseUrl: "postgresql://nobody@127.0.0.1:1/none",
  environment: {},
  encryptionKeys: ["no secret is read or written"],
  logger,
  events: createEventTransport({ logger }),
  pubSub: createPubSub(),
};

for (const create of [createOrganization, createLearning, createMarketplace, createFinance, createCommunity]) {
  const subgraph = await create(nowhere);
  writeFileSync(join(root, "subgraphs", subgraph.name, "schema.graphql"), subgraph.sdl);
  await subgraph.stop();
}
execFileSync(process.execPath, ["gateway/dist/compose.js"], { stdio: "inherit" });
await generate({ ...configuration, silent: true, errorsOnly: true }, true);
execFileSync(process.execPath, ["dashboards/kit/persist-documents.ts"], { stdio: "inherit" });
