import { randomUUID } from "node:crypto";
import type { ApolloServerPlugin } from "@apollo/server";
import { LenteraError, type Logger, type Viewer, anonymous, system } from "@lentera/kit";
import { type DocumentNode, type GraphQLSchema, TypeInfo, parse, visit, visitWithTypeInfo } from "graphql";
import { z } from "zod";
import type { RequestScope } from "./request.js";
import type { SubgraphResponse, SubgraphSource } from "./sources/source.js";

/** A key that was good is asked about again after this long: so long can a revoked one work. */
const KNOWN_MS = 30_000;
/** A key that was not good is asked about again after this long. */
const UNKNOWN_MS = 5_000;
const REMEMBERED_KEYS = 10_000;
const FLUSH_MS = 10_000;

const AUTHENTICATE = `query ($secret: String!) {
  authenticateApiKey(secret: $secret) { apiKeyId organizationId permissions isTest }
}`;
const RECORD = `mutation ($input: RecordApiUsageInput!) { recordApiUsage(input: $input) }`;
const documents = { authenticate: parse(AUTHENTICATE), record: parse(RECORD) };

const authenticated = z.object({
  authenticateApiKey: z
    .object({
      apiKeyId: z.uuid(),
      organizationId: z.uuid(),
      permissions: z.array(z.string()),
      isTest: z.boolean(),
    })
    .nullable(),
});

interface UsageEntry {
  readonly apiKeyId: string;
  readonly day: string;
  requests: number;
  errors: number;
  readonly deprecatedFields: Map<string, number>;
}
type Batch = readonly { readonly idempotencyKey: string; readonly entries: readonly object[] }[];

/** Whether a bearer's token is an API key. */
export function isApiKey(token: string): boolean {
  return token.startsWith("lnt_");
}

/** Who the bearers of API keys are, as organization knows them, and what they do. */
export class ApiKeys {
  readonly #known = new Map<string, { readonly viewer: Promise<Viewer | null>; until: number }>();
  #usage = new Map<string, UsageEntry>();
  #unsent: Batch = [];
  #flushing: Promise<void> = Promise.resolve();
  readonly #timer: NodeJS.Timeout;

  /** `now` in milliseconds since 1970. */
  constructor(
    private readonly organization: Pick<SubgraphSource, "fetch">,
    private readonly logger: Logger,
    private readonly now: () => number = Date.now,
  ) {
    this.#timer = setInterval(() => void this.flush(), FLUSH_MS).unref();
  }

  /** @throws INVALID_TOKEN for a key that is not good, SERVICE_UNAVAILABLE when nobody can tell. */
  async authenticate(secret: string): Promise<Viewer> {
    const viewer = await this.#lookUp(secret);
    if (viewer === null) throw new LenteraError("INVALID_TOKEN");
    return viewer;
  }

  /** Counts one request. Written down every 10 s; a kill loses what was counted since. */
  count(apiKeyId: string, outcome: { readonly hasErrors: boolean; readonly deprecatedFields: Iterable<string> }): void {
    const day = new Date(this.now()).toISOString().slice(0, 10);
    const key = `${apiKeyId}:${day}`;
    const fresh: UsageEntry = { apiKeyId, day, requests: 0, errors: 0, deprecatedFields: new Map() };
    const entry = this.#usage.get(key) ?? fresh;
    this.#usage.set(key, entry);
    entry.requests += 1;
    if (outcome.hasErrors) entry.errors += 1;
    for (const field of outcome.deprecatedFields)
      entry.deprecatedFields.set(field, (entry.deprecatedFields.get(field) ?? 0) + 1);
  }

  /** Sends what was counted. What cannot be sent is kept, and counts once however often it is sent. */
  flush(): Promise<void> {
    this.#flushing = this.#flushing.then(() => this.#send());
    return this.#flushing;
  }

  /** Sends what was counted, for the last time. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  #lookUp(secret: string): Promise<Viewer | null> {
    const known = this.#known.get(secret);
    if (known !== undefined && known.until > this.now()) return known.viewer;
    this.#known.delete(secret);
    const oldest = this.#known.keys().next();
    if (this.#known.size >= REMEMBERED_KEYS && oldest.done !== true) this.#known.delete(oldest.value);
    const entry = { viewer: this.#ask(secret), until: this.now() + UNKNOWN_MS };
    this.#known.set(secret, entry);
    entry.viewer.then(
      (viewer) => void (viewer !== null && (entry.until = this.now() + KNOWN_MS)),
      () => this.#known.delete(secret),
    );
    return entry.viewer;
  }

  async #ask(secret: string): Promise<Viewer | null> {
    const answer = await this.#fetch(documents.authenticate, AUTHENTICATE, { secret });
    const { success, data } = authenticated.safeParse(answer.data);
    if (!success || answer.errors !== undefined) throw new LenteraError("SERVICE_UNAVAILABLE");
    if (data.authenticateApiKey === null) return null;
    return { ...anonymous, kind: "API_KEY", staff: true, ...data.authenticateApiKey };
  }

  async #send(): Promise<void> {
    const entries = [...this.#usage.values()].map(({ deprecatedFields, ...entry }) => ({
      ...entry,
      deprecatedFields: [...deprecatedFields].map(([field, count]) => ({ field, count })),
    }));
    this.#usage = new Map();
    const batches = entries.length === 0 ? this.#unsent : [...this.#unsent, { idempotencyKey: randomUUID(), entries }];
    const results = await Promise.all(batches.map(async (input) => ({ input, isSent: await this.#isRecorded(input) })));
    this.#unsent = results.filter(({ isSent }) => !isSent).map(({ input }) => input);
  }

  async #isRecorded(input: Batch[number]): Promise<boolean> {
    try {
      const { errors } = await this.#fetch(documents.record, RECORD, { input });
      if (errors === undefined || errors.length === 0) return true;
      this.logger.warn({ errors }, "the usage of API keys was not written down; trying again");
    } catch (error) {
      this.logger.warn({ err: error }, "the usage of API keys could not be sent; trying again");
    }
    return false;
  }

  #fetch(document: DocumentNode, query: string, variables: Record<string, unknown>): Promise<SubgraphResponse> {
    const identity = { viewer: system, requestId: randomUUID(), language: "en" } as const;
    return this.organization.fetch(
      { document, query, operationName: undefined, variables },
      { identity, logger: this.logger },
    );
  }
}

const foundIn = new WeakMap<DocumentNode, readonly string[]>();

/** The deprecated fields (`User.name`) and arguments (`Query.user(id:)`) that a valid document uses, each once. */
export function deprecatedFieldsOf(schema: GraphQLSchema, document: DocumentNode): readonly string[] {
  const known = foundIn.get(document);
  if (known !== undefined) return known;
  const found = new Set<string>();
  const types = new TypeInfo(schema);
  const nameOfField = (): string => `${types.getParentType()?.name ?? ""}.${types.getFieldDef()?.name ?? ""}`;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: () => {
        if (types.getFieldDef()?.deprecationReason != null) found.add(nameOfField());
      },
      Argument: () => {
        const argument = types.getArgument();
        if (argument?.deprecationReason != null) found.add(`${nameOfField()}(${argument.name}:)`);
      },
    }),
  );
  const fields = [...found].toSorted();
  foundIn.set(document, fields);
  return fields;
}

/** Counts what the bearers of API keys do. */
export function apiKeyUsage(apiKeys: ApiKeys): ApolloServerPlugin<RequestScope> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse: ({ contextValue, schema, document, errors = [] }) => {
          const { apiKeyId } = contextValue.identity.viewer;
          if (apiKeyId === null) return Promise.resolve();
          const isSound = document !== undefined && !errors.some(isRefused);
          const deprecatedFields = isSound ? deprecatedFieldsOf(schema, document) : [];
          apiKeys.count(apiKeyId, { hasErrors: errors.length > 0, deprecatedFields });
          return Promise.resolve();
        },
      }),
  };
}

/** A document that was not valid may name anything. */
function isRefused({ extensions }: { readonly extensions?: Record<string, unknown> }): boolean {
  return extensions?.["code"] === "GRAPHQL_VALIDATION_FAILED";
}
