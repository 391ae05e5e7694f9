/** Hive Gateway's runtime with its planner in Rust, on Node's HTTP server as its command line tool runs it. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createGatewayRuntime } from "@graphql-hive/gateway-runtime";
import { unifiedGraphHandler } from "@graphql-hive/router-runtime";

const { SUPERGRAPH_FILE = "", PORT, DEDUPE } = process.env;
const gateway = createGatewayRuntime({
  supergraph: readFileSync(SUPERGRAPH_FILE, "utf8"),
  unifiedGraphHandler,
  logging: false,
  transportEntries: { "*": { options: { deduplicateInflightRequests: DEDUPE !== "off" } } },
  inboundInflightRequestDeduplication: DEDUPE === "on",
});
createServer((request, response) => void gateway(request, response)).listen(Number(PORT), "127.0.0.1");
