/** The operations of the API that the client needs, over any `fetch`. */
import { z } from "zod";

export interface ApiOptions {
  /** Of GraphQL, e.g. `https://lentera.example/graphql`. */
  readonly endpoint: string;
  /** Sent along with each request, e.g. the access token; asked for each time. */
  readonly headers: () => Promise<Record<string, string>> | Record<string, string>;
  readonly fetch?: typeof globalThis.fetch;
  /** After how long a request counts as lost; 30 s unless said otherwise. */
  readonly timeoutMs?: number;
}

/** The network failed, or the server did for now: try again later. Whether the server did anything is unknown. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";
}

/** The server understood and refused. `code` is of the API's catalogue. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  constructor(readonly code: string) {
    super(code);
  }
}

/** Runs an operation; never twice by itself. @throws UnreachableError, RefusedError */
export type RunOperation = <Data>(schema: z.ZodType<Data>, query: string, variables: object) => Promise<Data>;

/** Codes that say nothing about the request. */
const TEMPORARY = ["SERVER_ERROR", "SERVICE_UNAVAILABLE", "DATABASE_ERROR", "RATE_LIMITED"];

const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.object({ extensions: z.object({ code: z.string() }).optional() })).optional(),
});

export function createApi(options: ApiOptions): RunOperation {
  const { endpoint, fetch = globalThis.fetch.bind(globalThis), timeoutMs = 30_000 } = options;

  const post = async (body: object): Promise<z.output<typeof answerSchema>> => {
    try {
      const response = await fetch(endpoint, {
        method: "POST",
        headers: { "content-type": "application/json", ...(await options.headers()) },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(timeoutMs),
      });
      return answerSchema.parse(await response.json());
    } catch (cause) {
      throw new UnreachableError("Lentera cannot be reached.", { cause });
    }
  };

  return async (schema, query, variables) => {
    const { data, errors } = await post({ query, variables });
    if (errors === undefined) return schema.parse(data);
    const code = errors[0]?.extensions?.code ?? "SERVER_ERROR";
    throw TEMPORARY.includes(code) ? new UnreachableError(code) : new RefusedError(code);
  };
}

export const REGISTER_DEVICE = `mutation RegisterOfflineDevice($input: RegisterOfflineDeviceInput!) {
  registerOfflineDevice(input: $input) { device { id } }
}`;
export const CREATE_PACKAGE = `mutation CreateOfflinePackage($input: CreateOfflinePackageInput!) {
  createOfflinePackage(input: $input) { package { manifest content } }
}`;
export const SIGNING_KEYS = `query OfflineSigningKeys { offlineSigningKeys { id publicKey } }`;
export const SYNC = `mutation SyncOffline($input: SyncOfflineInput!) {
  syncOffline(input: $input) {
    results { clientId status reason }
    receipts { sittingId token }
  }
}`;

export const signingKeySchema = z.object({ id: z.string(), publicKey: z.string() });
export type SigningKey = z.output<typeof signingKeySchema>;

export const itemResultSchema = z.object({
  clientId: z.string(),
  status: z.enum(["HELD", "PENDING", "REJECTED", "DEAD"]),
  reason: z.string().nullable(),
});
export type ItemResult = z.output<typeof itemResultSchema>;

export const registeredAnswer = z.object({
  registerOfflineDevice: z.object({ device: z.object({ id: z.string() }) }),
});
export const signingKeysAnswer = z.object({ offlineSigningKeys: z.array(signingKeySchema) });
export const createdAnswer = z.object({
  createOfflinePackage: z.object({ package: z.object({ manifest: z.string(), content: z.string() }) }),
});
export const syncAnswer = z.object({
  syncOffline: z.object({
    results: z.array(itemResultSchema),
    receipts: z.array(z.object({ sittingId: z.string(), token: z.string() })),
  }),
});
export type SyncAnswer = z.output<typeof syncAnswer>;
