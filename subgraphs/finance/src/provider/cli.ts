/**
 * `npm run -s payments -- verify < deliveries.json`: an operator's tool for a disputed delivery. Writes nothing but JSON to
 * standard output; what went wrong goes to standard error, with exit code 1.
 */
import { text } from "node:stream/consumers";
import { verifyVectors } from "./verify.js";

try {
  if (process.argv[2] !== "verify") throw new Error("Usage: npm run -s payments -- verify < deliveries.json");
  console.log(JSON.stringify(verifyVectors(await text(process.stdin)), null, 2));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
