import { createHash } from "node:crypto";
import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, specifiedRules, validate } from "graphql";
import { BoundedCache } from "./bounded-cache.js";
import { parseOptions, validationRules } from "./limits.js";

/** Characters of source text whose documents are kept. */
const KEPT_CHARACTERS = 4_000_000;

/** Parses and validates what arrives over WebSockets; Apollo Server does the same for HTTP. */
export class Documents {
  readonly #known = new BoundedCache<DocumentNode>(KEPT_CHARACTERS);

  constructor(private readonly schema: GraphQLSchema) {}

  /** @returns the document, or what is wrong with it. */
  read(query: string): DocumentNode | readonly GraphQLError[] {
    const key = createHash("sha256").update(query).digest("base64");
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const document = this.#parse(query);
    if (document instanceof GraphQLError) return [asValidationError(document)];
    const errors = validate(this.schema, document, [...specifiedRules, ...validationRules]);
    if (errors.length > 0) return errors.map(asValidationError);
    this.#known.set(key, document, query.length);
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

function asValidationError(error: GraphQLError): GraphQLError {
  const { message, nodes, source, positions } = error;
  return new GraphQLError(message, { nodes, source, positions, extensions: { code: "VALIDATION_ERROR" } });
}
