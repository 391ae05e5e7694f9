import { createHash } from "node:crypto";
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import { BoundedCache } from "./bounded-cache.js";
import { withoutSuggestion } from "./errors.js";
import { parseOptions, validationRules } from "./limits.js";

/** Characters of source text whose documents are kept. */
const KEPT_CHARACTERS = 4_000_000;

/** Parses and validates what arrives over WebSockets; Apollo Server does the same for HTTP. */
export class Documents {
  /** A document is sound for one schema. */
  readonly #knownOf = new WeakMap<GraphQLSchema, BoundedCache<DocumentNode>>();

  /** With `hidesSchema` the schema cannot be asked for, and no error names what is in it. */
  constructor(
    private readonly federation: { readonly schema: GraphQLSchema },
    private readonly hidesSchema = false,
  ) {}

  /** @returns the document, or what is wrong with it. */
  read(query: string): DocumentNode | readonly GraphQLError[] {
    const key = createHash("sha256").update(query).digest("base64");
    const { schema } = this.federation;
    const documents = this.#knownOf.get(schema) ?? new BoundedCache<DocumentNode>(KEPT_CHARACTERS);
    this.#knownOf.set(schema, documents);
    const known = documents.get(key);
    if (known !== undefined) return known;
    const document = this.#parse(query);
    if (document instanceof GraphQLError) return [asValidationError(document)];
    const errors = validate(schema, document, [
      ...specifiedRules,
      ...validationRules,
      ...(this.hidesSchema ? [NoSchemaIntrospectionCustomRule] : []),
    ]);
    if (errors.length > 0)
      return errors.map((error) =>
        asValidationError(error, this.hidesSchema ? withoutSuggestion(error.message) : error.message),
      );
    documents.set(key, document, query.length);
    return document;
  }

  #parse(query: string): DocumentNode | GraphQLError {
    try {
      return parse(query, parseOptions);
    } catch (error) {
      if (error instanceof GraphQLError) return error;
      throw error;
    }
  }
}

function asValidationError(error: GraphQLError, message = error.message): GraphQLError {
  const { nodes, source, positions } = error;
  return new GraphQLError(message, { nodes, source, positions, extensions: { code: "VALIDATION_ERROR" } });
}
