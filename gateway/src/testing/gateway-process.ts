import { createLogger } from "@lentera/kit";
import { compose } from "../composition.js";
import { quotasFor } from "../quotas.js";
import { startGateway } from "../server.js";
import { HttpSource } from "../sources/http.js";
import { World } from "./world.js";

/** A gateway in a process of its own, over a {@link World} whose subgraphs are served elsewhere: it can be killed. */
const [viewerSecret = "", ...urls] = process.argv.slice(2);
const { organization, learning } = new World();
const gateway = await startGateway({
  supergraphSdl: compose([organization, learning]),
  sources: [organization, learning].map(
    ({ name }, index) => new HttpSource({ name, url: urls[index] ?? "", viewerSecret }),
  ),
  host: "127.0.0.1",
  port: 0,
  trustedProxies: 0,
  quotas: quotasFor({ isDemo: true }),
  logger: createLogger("silent"),
});
process.send?.(gateway.port);
