import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError } from "graphql";
import { z } from "zod";
import type { RequestScope } from "./request.js";

/** The committed documents of the dashboards by their hash; `npm run codegen` writes it. */
const PERSISTED_DOCUMENTS_FILE = new URL("../persisted-documents.json", import.meta.url);

const manifest = z.record(z.string().regex(/^[0-9a-f]{64}$/), z.string());
const named = z.object({ persistedQuery: z.object({ sha256Hash: z.string() }) });

/** A document as a request brings it: as text, or by its hash in `extensions.persistedQuery.sha256Hash`. */
interface Asked {
  readonly query?: string | undefined;
  readonly extensions?: Record<string, unknown> | null | undefined;
}

/**
 * Documents that need not be sent: their SHA-256 names them. They are known before the gateway starts, and no request adds
 * one.
 */
export class PersistedDocuments {
  constructor(
    private readonly textOf: ReadonlyMap<string, string>,
    /** Whether all other documents are refused, before they are read. */
    private readonly isTrustedOnly: boolean,
  ) {}

  static async read(isTrustedOnly: boolean): Promise<PersistedDocuments> {
    const texts = manifest.parse(JSON.parse(await readFile(PERSISTED_DOCUMENTS_FILE, "utf8")));
    return new PersistedDocuments(new Map(Object.entries(texts)), isTrustedOnly);
  }

  /** The text of what is asked, or the refusal of a document that has to be known and is not. */
  find(asked: Asked): string | GraphQLError {
    const hash = this.#hashOf(asked);
    if (hash === undefined) return asked.query ?? "";
    // The sentence is the one by which clients of this protocol know that they have to send the text.
    return (
      this.textOf.get(hash) ??
      new GraphQLError("PersistedQueryNotFound", { extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } })
    );
  }

  /** What Apollo Server looks documents up in. */
  get cache(): { get(hash: string): Promise<string | undefined>; set(): Promise<void>; delete(): Promise<void> } {
    return {
      get: (key) => Promise.resolve(this.textOf.get(key.slice(key.indexOf(":") + 1))),
      set: () => Promise.resolve(),
      delete: () => Promise.resolve(),
    };
  }

  /** Makes Apollo Server look up what has to be known, and only that. */
  get plugin(): ApolloServerPlugin<RequestScope> {
    return {
      requestDidStart: ({ request }) => {
        const { persistedQuery: _, ...extensions } = request.extensions ?? {};
        const sha256Hash = this.#hashOf(request);
        if (sha256Hash !== undefined) delete request.query;
        request.extensions =
          sha256Hash === undefined ? extensions : { ...extensions, persistedQuery: { version: 1, sha256Hash } };
        return Promise.resolve();
      },
    };
  }

  /** The hash of what must be known; undefined for what may be any text. */
  #hashOf({ query = "", extensions }: Asked): string | undefined {
    if (query === "") return named.safeParse(extensions).data?.persistedQuery.sha256Hash;
    return this.isTrustedOnly ? createHash("sha256").update(query).digest("hex") : undefined;
  }
}
