/**
 * Checks who imports whom against .dependency-cruiser.mjs, and that every source file was really read: without a parser for
 * today's TypeScript dependency-cruiser finds nothing, and nothing has no violations.
 */
import { globSync } from "node:fs";
import { cruise, type ICruiseOptions, type IForbiddenRuleType } from "dependency-cruiser";
import configuration from "../.dependency-cruiser.mjs";

const FEWEST_MODULES = 20;
const parts = ["prisma", "subgraphs", "gateway", "dashboards", "bench", "tools"];
const options: ICruiseOptions = configuration.options;
const forbidden: IForbiddenRuleType[] = configuration.forbidden;

const { output } = await cruise(parts, { ...options, validate: true, ruleSet: { forbidden } });
if (typeof output === "string")
  throw new TypeError("dependency-cruiser answered with text where a result was asked for.");

const problems = output.summary.violations.map(({ from, to, rule, cycle }) => {
  const path = cycle === undefined ? to : cycle.map(({ name }) => name).join(" -> ");
  const comment = forbidden.find(({ name }) => name === rule.name)?.comment ?? "";
  return `${from} -> ${path}\n  ${rule.name}: ${comment}`;
});

const read = new Set(
  output.modules.filter(({ dependencies }) => dependencies !== undefined).map(({ source }) => source),
);
const { exclude, doNotFollow } = configuration.options;
const excluded = new RegExp(`${exclude.path}|${doNotFollow.path}`);
const unread = globSync(
  parts.map((part) => `${part}/**/*.{ts,tsx}`),
  { exclude: ["**/node_modules/**", "**/dist/**"] },
).filter((file) => !excluded.test(file) && !read.has(file));
if (unread.length > 0) problems.push(`${unread.length} source files were not read, the first is ${unread[0]}.`);
if (read.size < FEWEST_MODULES || output.summary.totalDependenciesCruised === 0) {
  problems.push(`Only ${read.size} modules and ${output.summary.totalDependenciesCruised} imports were read.`);
}

for (const problem of problems) console.error(problem);
console.log(
  `${read.size} modules and ${output.summary.totalDependenciesCruised} imports read, ${problems.length} problems.`,
);
process.exitCode = problems.length > 0 ? 1 : 0;
