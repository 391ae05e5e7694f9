import { parseArgs } from "node:util";
import { readTourAddress } from "./env.js";
import { runTour } from "./tour/journey.js";

/** A newcomer's first look, and the smoke test of every deployment. Exit code 1 when anything is not as it should be. */
const { values } = parseArgs({ options: { url: { type: "string" } } });
process.exitCode = await runTour(values.url ?? readTourAddress(), (line) => console.log(line));
