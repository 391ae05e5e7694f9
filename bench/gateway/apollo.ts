/** Plain Apollo Server with @apollo/gateway, as its documentation starts it. */
import { readFileSync } from "node:fs";
import { ApolloGateway } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";

const { SUPERGRAPH_FILE = "", PORT } = process.env;
const gateway = new ApolloGateway({ supergraphSdl: readFileSync(SUPERGRAPH_FILE, "utf8") });
await startStandaloneServer(new ApolloServer({ gateway }), { listen: { port: Number(PORT), host: "127.0.0.1" } });
