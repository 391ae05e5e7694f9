import { z } from "zod";

/** What a subgraph that runs alone needs to know. The only reader of the environment in the subgraphs. */
export interface SubgraphEnvironment {
  readonly databaseUrl: string;
  readonly ownerDatabaseUrl: string;
  readonly viewerSecret: string;
  readonly encryptionKeys: readonly string[];
  readonly redisUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  /** All of them, for what one subgraph alone wants to know. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, "is not a postgresql:// URL");

function variables(defaultPort: number) {
  return z.object({
    DATABASE_URL: postgresUrl,
    OWNER_DATABASE_URL: postgresUrl,
    VIEWER_SECRET: z.string().min(32, "has fewer than 32 characters"),
    ENCRYPTION_KEYS: z
      .string()
      .min(1, "is empty")
      .transform((keys) => keys.split(",")),
    REDIS_URL: z
      .string()
      .regex(/^rediss?:\/\//, "is not a redis:// URL")
      .optional(),
    HOST: z.string().default("127.0.0.1"),
    PORT: z.coerce.number().int().min(0).max(65_535).default(defaultPort),
    LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  });
}

/** @throws Error with one sentence for each variable that is missing or wrong */
export function readSubgraphEnvironment(defaultPort: number): SubgraphEnvironment {
  const parsed = variables(defaultPort).safeParse(process.env);
  if (!parsed.success)
    throw new Error(parsed.error.issues.map((issue) => `Set ${issue.path.join(".")}: ${issue.message}.`).join("\n"));
  const { data } = parsed;
  return {
    databaseUrl: data.DATABASE_URL,
    ownerDatabaseUrl: data.OWNER_DATABASE_URL,
    viewerSecret: data.VIEWER_SECRET,
    encryptionKeys: data.ENCRYPTION_KEYS,
    redisUrl: data.REDIS_URL,
    host: data.HOST,
    port: data.PORT,
    logLevel: data.LOG_LEVEL,
    environment: process.env,
  };
}
