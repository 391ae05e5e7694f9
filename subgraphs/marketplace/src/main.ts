import { runAlone } from "@lentera/kit";
import { createSubgraph } from "./subgraph.js";

await runAlone(createSubgraph, 4003);
