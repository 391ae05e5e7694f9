import { resolve } from "node:path";
import { z } from "zod";
import { StartError } from "./start-error.js";

/** The description of each variable completes "… has to be". */
const secret = z.string().min(32);
const LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
const logLevel = (level: (typeof LEVELS)[number]) =>
  z
    .enum(LEVELS)
    .default(level)
    .describe(`one of ${LEVELS.join(", ")}`);
const redisUrl = z.url({ protocol: /^rediss?$/ });
const REDIS_URL = "a URL such as redis://localhost:6379";
const subgraphUrl = (port: number) =>
  z
    .url({ protocol: /^https?$/ })
    .default(`http://127.0.0.1:${port}`)
    .describe("the address of a subgraph, such as http://127.0.0.1:4001");

const onOrOff = z.enum(["on", "off"]).default("on").describe("on or off");
const documents = z.enum(["any", "trusted"]).default("any").describe("any or trusted");

/** An origin as browsers send it: without a path. */
const origin = z.url({ protocol: /^https?$/ }).refine((url) => URL.canParse(url) && new URL(url).origin === url);

const listening = z.object({
  INTROSPECTION: onOrOff,
  PORT: z.coerce.number().int().min(1).max(65_535).default(4000).describe("a whole number from 1 to 65535"),
  HOST: z.string().default("localhost").describe("a host name or an address of this machine"),
  TRUSTED_PROXIES: z.coerce
    .number()
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe("the number of proxies in front of Lentera, such as 0 or 1"),
  CORS_ORIGINS: z
    .string()
    .transform((list) => list.split(","))
    .pipe(z.array(origin))
    .optional()
    .describe("origins such as https://app.example.test, separated by commas"),
});

const quotaFactor = z.coerce
  .number()
  .positive()
  .optional()
  .describe("a number by which the requests that everybody may make in a minute are multiplied, such as 1");

/** What both ways of running everything share. Secrets that are not set are made once and kept in the data directory. */
const hosting = listening.extend({
  LENTERA_DATA_DIR: z
    .string()
    .default(".lentera")
    .transform((path) => resolve(path))
    .describe("a directory"),
  LENTERA_DEMO: z.enum(["on", "off"]).default("on").describe("on or off"),
  QUOTA_FACTOR: quotaFactor,
  DOCUMENTS: documents,
  DATABASE_ADMIN_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe("a URL such as postgresql://owner:password@host:5432/postgres"),
  DATABASE_APP_PASSWORD: secret.optional().describe("a password of at least 32 characters"),
  VIEWER_SECRET: secret.optional().describe("a secret of at least 32 characters"),
  ENCRYPTION_KEYS: z
    .string()
    .transform((list) => list.split(","))
    .pipe(z.array(secret))
    .optional()
    .describe("secrets of at least 32 characters, newest first, separated by commas"),
});

const allInOne = hosting.extend({
  LOG_LEVEL: logLevel("warn"),
  REDIS_URL: redisUrl.optional().describe(REDIS_URL),
  PAYMENT_SIMULATORS: z.enum(["on", "off"]).default("on").describe("on or off"),
});

const distributed = hosting.extend({
  LOG_LEVEL: logLevel("info"),
  REDIS_URL: redisUrl.describe(`${REDIS_URL}, as the processes hear of each other through Redis`),
});

const gateway = listening.extend({
  LOG_LEVEL: logLevel("info"),
  VIEWER_SECRET: secret.describe("the secret of at least 32 characters that the subgraphs have too"),
  LIMITS: onOrOff,
  REDIS_URL: redisUrl.optional().describe(REDIS_URL),
  QUOTA_FACTOR: quotaFactor,
  DOCUMENTS: documents,
  ORGANIZATION_URL: subgraphUrl(4001),
  LEARNING_URL: subgraphUrl(4002),
  MARKETPLACE_URL: subgraphUrl(4003),
  FINANCE_URL: subgraphUrl(4004),
  COMMUNITY_URL: subgraphUrl(4005),
});

/** A gateway over any supergraph: everybody may ask, and its subgraphs are told nothing of who asks. */
const standalone = listening.extend({
  LOG_LEVEL: logLevel("info"),
  SUPERGRAPH_FILE: z
    .string()
    .transform((path) => resolve(path))
    .describe("a file with the supergraph, which names the addresses of its subgraphs"),
  AUTH: z.literal("off").describe("off with SUPERGRAPH_FILE, because such subgraphs issue no tokens"),
  DEDUPE: onOrOff,
  LIMITS: onOrOff,
});

export type HostingEnvironment = z.output<typeof hosting>;
export type Variables = Readonly<Record<string, string | undefined>>;

/** Everything in one process. @throws StartError about the first variable that is wrong. */
export function readAllInOne(variables: Variables = process.env): z.output<typeof allInOne> {
  return read(allInOne, variables);
}

/** Everything, in processes of their own. @throws StartError about the first variable that is wrong. */
export function readDistributed(variables: Variables = process.env): z.output<typeof distributed> {
  return read(distributed, variables);
}

/** The gateway alone. @throws StartError about the first variable that is wrong. */
export function readGateway(
  variables: Variables = process.env,
): z.output<typeof gateway> | z.output<typeof standalone> {
  return read((variables["SUPERGRAPH_FILE"] ?? "") === "" ? gateway : standalone, variables);
}

/** What our own child processes get beside the variables that are meant for them. */
export function surroundings(): Variables {
  return process.env;
}

function read<Schema extends z.ZodObject>(schema: Schema, variables: Variables): z.output<Schema> {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const values = schema.safeParse(set);
  if (values.success) return values.data;
  const name = String(values.error.issues[0]?.path[0]);
  const expected = z.toJSONSchema(schema, { io: "input" }).properties?.[name];
  const description = typeof expected === "object" ? expected.description : undefined;
  throw new StartError(
    `The environment variable ${name} has to be ${description}, but it is ${name in set ? "something else" : "not set"}.`,
  );
}

/** Where the tour goes when it is not told: `LENTERA_URL`, else this machine's `PORT`. */
export function readTourAddress({ LENTERA_URL, PORT }: Variables = process.env): string {
  return LENTERA_URL ?? `http://localhost:${PORT ?? 4000}`;
}
