import { defineConfig, type TestProjectConfiguration } from "vitest/config";

/**
 * Packages of this repository are tested from their sources, everything else as it is installed. Without "module":
 * Node itself gets these conditions too, and would then load files that are meant for bundlers.
 */
const conditions = ["source", "node", "development|production"];
/** Without the alias an import from our sources and one from a dependency would load graphql twice. */
const resolve = { conditions, alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] };

const pure = [
  "{prisma,subgraphs,gateway}/**/*.{rules,policy}.test.ts",
  "prisma/{seed,factories}/**/*.test.ts",
  "tools/**/*.test.ts",
  "dashboards/**/*.test.{ts,tsx}",
];
const needsRedis = "{subgraphs,gateway}/**/*.redis.test.ts";
const wholeSystem = "gateway/e2e/**/*.test.ts";
const browser = "{dashboards,gateway}/**/*.browser.test.ts";
const never = ["**/node_modules/**", "**/dist/**"];

/** One project per step of `npm test`; `exclude` keeps a file from running in two of them. */
function project(
  name: string,
  test: { include: string[]; exclude?: string[]; globalSetup?: string[]; timeoutMs?: number },
): TestProjectConfiguration {
  const timeoutMs = test.timeoutMs ?? 10_000;
  return {
    resolve,
    ssr: { resolve: { conditions } },
    test: {
      name,
      include: test.include,
      exclude: [...never, ...(test.exclude ?? [])],
      globalSetup: test.globalSetup ?? [],
      testTimeout: timeoutMs,
      hookTimeout: Math.max(timeoutMs, 60_000),
    },
  };
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      project("unit", { include: pure, exclude: [browser] }),
      project("integration", {
        include: ["{prisma,subgraphs}/**/*.test.ts"],
        exclude: [...pure, needsRedis],
        globalSetup: ["tools/vitest/postgres.ts"],
        timeoutMs: 30_000,
      }),
      project("redis", { include: [needsRedis], timeoutMs: 30_000 }),
      project("gateway", {
        include: ["gateway/**/*.test.ts"],
        exclude: [...pure, needsRedis, wholeSystem],
        timeoutMs: 30_000,
      }),
      project("all-in-one", {
        include: [wholeSystem],
        exclude: ["**/*.distributed.test.ts", browser],
        globalSetup: ["tools/vitest/all-in-one.ts"],
        timeoutMs: 120_000,
      }),
      project("distributed", {
        include: [wholeSystem],
        exclude: ["**/*.all-in-one.test.ts", browser],
        globalSetup: ["tools/vitest/distributed.ts"],
        timeoutMs: 120_000,
      }),
      project("browser", {
        include: [browser],
        globalSetup: ["tools/vitest/all-in-one.ts"],
        timeoutMs: 120_000,
      }),
    ],
  },
});
