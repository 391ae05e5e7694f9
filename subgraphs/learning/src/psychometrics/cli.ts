import { text } from "node:stream/consumers";
import { runCommand } from "./cli-commands.js";
import { InvalidInputError } from "./model.js";

try {
  const result = await runCommand(process.argv[2], () => text(process.stdin));
  process.stdout.write(`${JSON.stringify(result)}\n`);
} catch (error) {
  if (!(error instanceof InvalidInputError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
