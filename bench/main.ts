/** Runs one benchmark: `npm run bench -- <name>`. Without a name it lists them. Each exits with 1 when it misses its aim. */
import { readdirSync } from "node:fs";

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && file !== "main.ts")
  .map((file) => file.slice(0, -".ts".length))
  .toSorted();
const [name] = process.argv.slice(2);
if (name !== undefined && names.includes(name)) {
  await import(`./${name}.ts`);
} else {
  if (name !== undefined) console.error(`There is no benchmark "${name}".`);
  console.log(`Usage: npm run bench -- <name>, where the name is one of: ${names.join(", ")}.`);
  process.exitCode = name === undefined ? 0 : 1;
}
